import type { Frame, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { useEditorSession } from '../support/vscode-host/editor-session.ts';
import { findLogPage, FIRST_ROW, openLogFile } from '../support/vscode-host/log-page.ts';
import { takePicture } from '../support/vscode-host/pictures.ts';
import { openTerminal, runInTerminal } from '../support/vscode-host/terminal.ts';
import { findWebview } from '../support/vscode-host/webview-frame.ts';
import {
  choosePick,
  chooseFromMenu,
  explorerRow,
  listEditors,
  notifications,
  runCommand,
  showViews,
  treeRows,
} from '../support/vscode-host/workbench-actions.ts';
import { copyInto, describeWorkbench, sampleLog } from '../support/vscode-host/workbench-tests.ts';

const SAMPLE_NAME = 'synthetic-subaru-55mph.rlog.zst';
const ANALYZER = 'cruise-control-analyzer';
const RUN_MS = 180_000;

describeWorkbench('runs', () => {
  const session = useEditorSession({ fill: (folder) => copyInto(folder, sampleLog) });

  it('begin at the palette, end in a report, stand in the tree with their files and in the terminal', async () => {
    const { page } = await session().open();
    await (await openLogFile(page, SAMPLE_NAME)).locator(FIRST_ROW).first().waitFor();
    await runCommand(page, 'CTS: Run Analyzer…');
    await choosePick(page, ANALYZER);
    await startRun(page);
    await expectReport(page);
    await takePicture(page, 'report');

    await showViews(page);
    const run = treeRows(page, 'Runs').filter({ hasText: ANALYZER });
    await run.first().waitFor();
    if ((await run.first().getAttribute('aria-expanded')) !== 'true')
      await run.first().locator('.monaco-tl-twistie').click();
    const files = treeRows(page, 'Runs').filter({ hasText: /\.(html|svg|json)/ });
    await expect.poll(() => files.count(), { timeout: RUN_MS }).toBeGreaterThanOrEqual(2);
    await takePicture(page, 'runs');

    await openTerminal(page);
    const text = await runInTerminal(page, 'clear; cts runs list', new RegExp(`${ANALYZER}[^]*[$#]$`));
    expect(text.split('\n').filter((line) => line.includes(ANALYZER))).toHaveLength(1);
    await takePicture(page, 'terminal');
  });

  it('begin in the explorer', async () => {
    const { page } = await session().open();
    await chooseFromMenu(page, explorerRow(page, SAMPLE_NAME), 'Run Analyzer on This Log');
    await choosePick(page, ANALYZER);
    await startRun(page);
    await expectReport(page);
  });

  it('can be cancelled', async () => {
    const { page } = await session().open();
    await chooseFromMenu(page, explorerRow(page, SAMPLE_NAME), 'Run Analyzer on This Log');
    await choosePick(page, 'find-signal');
    const form = await findWebview(page, '.form-page h1');
    await form.locator('.form-row:has(.form-label:text-is("field")) input').fill('carState.vEgo');
    await startRun(page);
    const toast = notifications(page).filter({ hasText: 'find-signal' });
    await toast.first().waitFor();
    await toast.first().getByRole('button', { name: 'Cancel' }).click();
    await showViews(page);
    await treeRows(page, 'Runs').filter({ hasText: 'cancelled' }).first().waitFor({ timeout: RUN_MS });
  });

  it('and editors are there again after a restart', async () => {
    const { page } = await session().open();
    await (await openLogFile(page, SAMPLE_NAME)).locator(FIRST_ROW).first().waitFor();
    await page.waitForTimeout(1000);
    await session().restart();
    const again = await session().reopen(page);
    await expect.poll(() => listEditors(again), { timeout: RUN_MS }).toContain(SAMPLE_NAME);
    await (await findLogPage(again)).locator(FIRST_ROW).first().waitFor();
    await showViews(again);
    await treeRows(again, 'Runs').filter({ hasText: ANALYZER }).first().waitFor();
  });
});

/** Presses the button of the form that is in front. */
async function startRun(page: Page): Promise<void> {
  const form = await findWebview(page, '.form-page h1');
  await form.getByRole('button', { name: /^Run/ }).last().click();
}

async function expectReport(page: Page): Promise<Frame> {
  const report = await findWebview(page, 'h1:text-is("Cruise control analysis")', RUN_MS);
  await report.locator('svg:not(.defs)').first().waitFor();
  return report;
}
