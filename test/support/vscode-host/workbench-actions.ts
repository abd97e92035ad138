import type { Locator, Page } from 'playwright-core';

/** What a user does with the workbench, step by step, by mouse and keyboard. */

const START_LIMIT_MS = 60_000;

/** Waits until the workbench can be used, and knows what the extension contributes. */
export async function waitForWorkbench(page: Page): Promise<void> {
  await activityButton(page, 'CTS').waitFor({ timeout: START_LIMIT_MS });
  await page
    .locator('.explorer-folders-view, .explorer-empty-view')
    .first()
    .waitFor({ timeout: START_LIMIT_MS });
}

/** Runs a command by the palette; `title` as the palette writes it, `CTS: Run Analyzer…`. */
export async function runCommand(page: Page, title: string): Promise<void> {
  const input = await openPalette(page);
  await input.fill(`>${title}`);
  await quickPickRow(page, title).first().click();
}

async function openPalette(page: Page): Promise<Locator> {
  const input = page.locator('.quick-input-widget:visible input.input').first();
  await page.keyboard.press('F1');
  await input.waitFor();
  return input;
}

/** Chooses a row of the list that is open at the top of the window. */
export async function choosePick(page: Page, label: string | RegExp): Promise<void> {
  await quickPickRow(page, label).first().click();
}

function quickPickRow(page: Page, label: string | RegExp): Locator {
  return page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row', { hasText: label });
}

/** The row of a file in the explorer. */
export function explorerRow(page: Page, name: string): Locator {
  return page.locator('.explorer-folders-view .monaco-list-row').filter({
    has: page.locator('.label-name', { hasText: new RegExp(`^${escapePattern(name)}$`) }),
  });
}

/** Opens a file as most people do. */
export async function doubleClickFile(page: Page, name: string): Promise<void> {
  const row = explorerRow(page, name);
  await row.waitFor();
  await row.dblclick();
}

/** Chooses an entry of the context menu of something. */
export async function chooseFromMenu(page: Page, target: Locator, entry: string): Promise<void> {
  await target.click({ button: 'right' });
  const item = page.locator('.monaco-menu .action-item').filter({
    has: page.locator('.action-label', { hasText: entry }),
  });
  await item.first().waitFor();
  await item.first().hover();
  await page.locator('.monaco-menu .action-item.focused', { hasText: entry }).waitFor();
  await page.keyboard.press('Enter');
}

/** The button of a view container at the side of the window. */
function activityButton(page: Page, title: string): Locator {
  return page.locator(`.activitybar .action-item a[aria-label^="${title}"]`).first();
}

/** Shows the views of the extension at the side, unless they are. */
export async function showViews(page: Page): Promise<void> {
  const runs = page.locator('.pane-header[aria-label^="Runs"]');
  if (!(await runs.isVisible())) await activityButton(page, 'CTS').click();
  await runs.waitFor();
}

/** The rows of a tree in the side bar, by the title of its view. */
export function treeRows(page: Page, view: string): Locator {
  return page.locator(`.pane:has(.pane-header[aria-label^="${view}"]) .monaco-list-row`);
}

/** Messages that pop up in the corner. */
export function notifications(page: Page): Locator {
  return page.locator('.notifications-toasts .notification-list-item');
}

/** The names of open editors, from the left. */
export async function listEditors(page: Page): Promise<string[]> {
  const tabs = await page.locator('.tabs-container .tab').all();
  return Promise.all(tabs.map(async (tab) => (await tab.getAttribute('data-resource-name')) ?? ''));
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
