import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { listBackends } from '../../support/vscode-host/processes-of-editor.ts';
import { askTool, locateSampleLog, waitFor } from './support/cts-extension.ts';

describe('runs', () => {
  let runId = '';

  it('run an analyzer and tell what it left', async () => {
    const answer = await askTool('cts_run_analyzer', {
      analyzer: 'cruise-control-analyzer',
      path: locateSampleLog().fsPath,
    });
    assert.match(answer, /^Run \S+ of cruise-control-analyzer is completed\./);
    assert.match(answer, /\n- \S+\.html \(text\/html/);
    runId = /^Run (\S+)/.exec(answer)?.[1] ?? '';
  });

  it('are listed', async () => {
    const answer = await askTool('cts_list_runs', {});
    assert.ok(
      answer.includes(`- ${runId}: cruise-control-analyzer on ${locateSampleLog().fsPath}, completed`),
      answer,
    );
  });

  it('open their report', async () => {
    await vscode.commands.executeCommand('cts.openReport', { id: runId });
    const tab = await waitFor(() =>
      listTabs().find(
        ({ input }) => input instanceof vscode.TabInputCustom && input.viewType === 'cts.reportEditor',
      ),
    );
    assert.match(tab.label, /cruise/i);
  });

  it('refuse an analyzer that is not there, and name those that are', async () => {
    const answer = await askTool('cts_run_analyzer', { analyzer: '__proto__', path: '/x' });
    assert.match(answer, /There is no analyzer "__proto__"/);
    assert.match(answer, /- rlog-to-csv: /);
  });

  it('are tasks, too, where a log is in front', async () => {
    await vscode.commands.executeCommand('cts.openSampleLog');
    await waitFor(() => (isLogInFront() ? true : undefined));
    const tasks = await vscode.tasks.fetchTasks({ type: 'cts' });
    assert.ok(tasks.length > 0);
    assert.ok(tasks.every(({ definition }) => typeof definition['tool'] === 'string'));
  });

  it('are there again when the backend was killed', async function () {
    if (process.platform !== 'linux') this.skip();
    const [killed] = listBackends(process.pid);
    assert.ok(killed !== undefined, 'no backend runs');
    process.kill(killed.pid, 'SIGKILL');
    await waitFor(() => listBackends(process.pid).find(({ pid }) => pid !== killed.pid));
    assert.ok((await askTool('cts_list_runs', {})).includes(runId));
  });
});

function listTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
}

function isLogInFront(): boolean {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom && input.viewType === 'cts.logEditor';
}
