import assert from 'node:assert/strict';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { askTool, locateSampleLog, waitFor } from './support/cts-extension.ts';

describe('log editor', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('opens the sample log', async () => {
    await vscode.commands.executeCommand('cts.openSampleLog');
    const { uri } = await waitFor(findLogTab);
    assert.equal(uri.path, locateSampleLog().path);
  });

  for (const name of ['rlog', 'qlog.zst', '0a1b--3--rlog.bz2', 'drive.qlog', 'drive.rlog.bz2']) {
    it(`is what a file named ${name} opens in`, async () => {
      await vscode.commands.executeCommand('vscode.open', await writeFile(name, Buffer.from('not a log')));
      const { uri } = await waitFor(findLogTab);
      assert.ok(uri.path.endsWith(`/${name}`));
    });
  }

  it('leaves other files alone', async () => {
    await vscode.commands.executeCommand('vscode.open', await writeFile('notes.txt', Buffer.from('text')));
    await waitFor(() => vscode.window.activeTextEditor);
    assert.equal(findLogTab(), undefined);
  });

  it('opens a file of 5 GiB at once', async () => {
    const uri = await writeFile('huge.rlog', Buffer.from('x'));
    const file = await open(uri.fsPath, 'r+');
    await file.truncate(5 * 2 ** 30);
    await file.close();
    const before = process.memoryUsage().rss;
    await vscode.commands.executeCommand('vscode.open', uri);
    await waitFor(findLogTab);
    const grownMb = (process.memoryUsage().rss - before) / 1e6;
    assert.ok(grownMb < 64, `the extension host grew by ${grownMb} MB`);
  });
});

describe('cts_inspect_log', () => {
  it('tells what the sample log holds', async () => {
    const answer = await askTool('cts_inspect_log', { path: locateSampleLog().fsPath });
    assert.match(answer, /^Log synthetic-subaru-55mph/);
    assert.match(answer, /Car: SUBARU/);
    assert.match(answer, /\n- can: \d+, /);
  });

  it('says which file is missing', async () => {
    assert.match(await askTool('cts_inspect_log', { path: '/nowhere/rlog' }), /^[A-Z_]+: .*\/nowhere\/rlog/);
  });
});

function findLogTab(): vscode.TabInputCustom | undefined {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  return inputs.find(
    (input): input is vscode.TabInputCustom =>
      input instanceof vscode.TabInputCustom && input.viewType === 'cts.logEditor',
  );
}

async function writeFile(name: string, bytes: Uint8Array): Promise<vscode.Uri> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const uri = vscode.Uri.file(join(folder?.uri.fsPath ?? '', name));
  await vscode.workspace.fs.writeFile(uri, bytes);
  return uri;
}
