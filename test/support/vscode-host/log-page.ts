import type { Frame, Locator, Page } from 'playwright-core';
import { findWebview } from './webview-frame.ts';

/** Names of the tabs of the log editor. */
export type LogTabName = 'Overview' | 'CAN' | 'Signals' | 'Events' | 'Logs';

/** What shows that the first rows of a log are there. */
export const FIRST_ROW =
  '[role="tabpanel"]:not([hidden]) [role="grid"] [role="row"] [role="gridcell"]:not(:empty)';

/** The page of the log in front, once it shows its tabs. */
export async function findLogPage(page: Page): Promise<Frame> {
  return findWebview(page, '[role="tablist"] [role="tab"]');
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

/** A text, since tests know no types of a browser. */
const READ_ROWS = `(grid) =>
  [...grid.querySelectorAll('[role="row"]')].map((row) =>
    [...row.querySelectorAll('[role="gridcell"]')].map((cell) => cell.textContent),
  )`;

/** The rows of a grid that are on the screen: their cells without any space, since numbers have thin ones. */
export async function readRows(grid: Locator): Promise<string[][]> {
  const rows = (await grid.first().evaluate(READ_ROWS)) as string[][];
  return rows.filter((row) => row.length > 0).map((row) => row.map((cell) => cell.replaceAll(/\s/gu, '')));
}

/** How many rows a grid says that it has. */
export async function countRows(grid: Locator): Promise<number> {
  return Number(await grid.first().getAttribute('aria-rowcount'));
}
