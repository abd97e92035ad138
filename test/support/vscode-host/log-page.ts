import type { Frame, Locator, Page } from 'playwright-core';
import { findWebview } from './webview-frame.ts';
import { doubleClickFile, runCommand } from './workbench-actions.ts';

/** Names of the tabs of the log editor. */
export type LogTabName = 'Overview' | 'CAN' | 'Signals' | 'Events' | 'Logs';

/** What shows that the first rows of a log are there. */
export const FIRST_ROW =
  '[role="tabpanel"]:not([hidden]) [role="grid"] [role="row"] [role="gridcell"]:not(:empty)';

/** The page of the log in front, once it shows its tabs. */
export async function findLogPage(page: Page): Promise<Frame> {
  return findWebview(page, '[role="tablist"] [role="tab"]');
}

/**
 * Opens a log by a double click. A window that has just come up may know the extension's views, and not yet which files
 * are its own: then the editor says that it shows no binary files, and the click is done again, as people do.
 */
export async function openLogFile(page: Page, name: string): Promise<Frame> {
  const shown = page.locator('iframe.webview').first();
  const refused = page.locator('.monaco-editor-pane-placeholder').first();
  for (;;) {
    await doubleClickFile(page, name);
    await shown.or(refused).first().waitFor();
    if (!(await refused.isVisible())) return findLogPage(page);
    await runCommand(page, 'View: Close All Editors');
  }
}

/** Goes to a tab by mouse. */
export async function openLogTab(log: Frame, name: LogTabName): Promise<void> {
  const tab = log.getByRole('tab', { name, exact: true });
  await tab.click();
  await log.locator(`[role="tab"][aria-selected="true"]:text-is("${name}")`).waitFor();
}

/** The panel of the tab in front. */
export function openPanel(log: Frame): Locator {
  return log.locator('[role="tabpanel"]:visible');
}

/** The rows of a grid that are on the screen: their cells without any space, since numbers have thin ones. */
export async function readRows(grid: Locator): Promise<string[][]> {
  return grid.first().evaluate((element) =>
    [...element.querySelectorAll('[role="row"]')]
      .map((row) => [...row.querySelectorAll('[role="gridcell"]')])
      .filter((cells) => cells.length > 0)
      .map((cells) => cells.map((cell) => cell.textContent.replaceAll(/\s/gu, ''))),
  );
}

/** How many rows a grid says that it has. */
export async function countRows(grid: Locator): Promise<number> {
  return Number(await grid.first().getAttribute('aria-rowcount'));
}
