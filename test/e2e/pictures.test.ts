import type { Frame, Page } from 'playwright-core';
import { it } from 'vitest';
import { repository } from '../support/repository.ts';
import { useEditorSession } from '../support/vscode-host/editor-session.ts';
import {
  FIRST_ROW,
  type LogTabName,
  openLogFile,
  openLogTab,
  openPanel,
} from '../support/vscode-host/log-page.ts';
import { takeDocumentPicture } from '../support/vscode-host/pictures.ts';
import { findWebview } from '../support/vscode-host/webview-frame.ts';
import { choosePick, runCommand, showViews, treeRows } from '../support/vscode-host/workbench-actions.ts';
import { changeSettings } from '../support/vscode-host/workbench-settings.ts';
import { copyInto, describeWorkbench, sampleLog } from '../support/vscode-host/workbench-tests.ts';

/** Pictures that documents show, of the log that comes with the extension: `UPDATE_PICTURES=1` writes them. */

const SAMPLE_NAME = 'synthetic-subaru-55mph.rlog.zst';
const PATIENCE = { timeout: 120_000 };
const [DARK, LIGHT] = ['Default Dark Modern', 'Default Light Modern'];
/** Longer than a page takes to draw what has arrived. */
const SETTLED_MS = 1500;

interface OpenedLog {
  readonly page: Page;
  readonly log: Frame;
}

describeWorkbench('pictures', () => {
  const session = useEditorSession({
    settings: { 'workbench.colorTheme': DARK, 'cts.dbc.files': { '*': 'subaru_global_sample.dbc' } },
    fill: (folder) => copyInto(folder, sampleLog, `${repository}/docs/examples/subaru_global_sample.dbc`),
  });
  const setTheme = (theme: string | undefined): void =>
    changeSettings(session().server.userFolder, { 'workbench.colorTheme': theme });

  async function openSample(): Promise<OpenedLog> {
    const { page } = await session().open();
    const log = await openLogFile(page, SAMPLE_NAME);
    await log.locator(FIRST_ROW).first().waitFor(PATIENCE);
    await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
    await goToTime(page, log, '0:26.080');
    return { page, log };
  }

  it('shows the five tabs', async () => {
    const opened = await openSample();
    const { log } = opened;
    await takeTab(opened, 'Overview');
    await takeMessage(opened);
    await takeTab(opened, 'Signals');
    await openLogTab(log, 'Events');
    const events = openPanel(log).getByRole('grid', { name: 'Events' });
    await events.getByRole('row').filter({ hasText: 'carState' }).first().click();
    await log.getByRole('treeitem').first().waitFor(PATIENCE);
    await takeTab(opened, 'Events');
    await takeTab(opened, 'Logs');
  });

  it('shows CAN and signals in light', async () => {
    setTheme(LIGHT);
    const opened = await openSample();
    await takeMessage(opened, '-light');
    await takeTab(opened, 'Signals', '-light');
  });

  it('shows the overview in high contrast', async () => {
    setTheme('Default High Contrast');
    const { page, log } = await openSample();
    await takeTab({ page, log }, 'Overview', '-high-contrast');
  });

  it('shows a form, and a run with its report', async () => {
    setTheme(DARK);
    const { page } = await session().open();
    const log = await openLogFile(page, SAMPLE_NAME);
    await log.locator(FIRST_ROW).first().waitFor(PATIENCE);
    await runCommand(page, 'CTS: Run Analyzer…');
    await choosePick(page, 'cruise-control-analyzer');
    const form = await findWebview(page, '.form-page h1');
    await page.waitForTimeout(SETTLED_MS);
    await takeDocumentPicture(page, 'form');
    await form.getByRole('button', { name: /^Run/ }).last().click();
    const report = await findWebview(page, 'h1:text-is("Cruise control analysis")', PATIENCE.timeout);
    await report.locator('svg:not(.defs)').first().waitFor(PATIENCE);
    await showViews(page);
    const run = treeRows(page, 'Runs').filter({ hasText: 'cruise-control-analyzer' }).first();
    await run.locator('.monaco-tl-twistie').click();
    await treeRows(page, 'Runs').filter({ hasText: '.html' }).first().waitFor(PATIENCE);
    await page.waitForTimeout(SETTLED_MS);
    await takeDocumentPicture(page, 'runs');
  });
});

/** The tab of CAN with one message chosen. */
async function takeMessage(opened: OpenedLog, look = ''): Promise<void> {
  const { log } = opened;
  await openLogTab(log, 'CAN');
  await openPanel(log).getByRole('row').filter({ hasText: 'WHEEL_SPEEDS' }).first().click();
  await openPanel(log).getByText('FRONT_RIGHT').first().waitFor(PATIENCE);
  await takeTab(opened, 'CAN', look);
}

async function takeTab({ page, log }: OpenedLog, tab: LogTabName, look = ''): Promise<void> {
  await openLogTab(log, tab);
  await openPanel(log).locator('[role="gridcell"]:not(:empty), canvas').first().waitFor(PATIENCE);
  await page.waitForTimeout(SETTLED_MS);
  await takeDocumentPicture(page, `${tab.toLowerCase()}${look}`);
}

async function goToTime(page: Page, log: Frame, time: string): Promise<void> {
  await log.getByRole('heading', { name: 'Services' }).first().click();
  await page.keyboard.press('g');
  await log.getByRole('textbox', { name: /^Time as/ }).fill(time);
  await page.keyboard.press('Enter');
}
