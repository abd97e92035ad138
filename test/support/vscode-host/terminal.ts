import type { Page } from 'playwright-core';
import { runCommand } from './workbench-actions.ts';

const LIMIT_MS = 60_000;

/** Opens a terminal, or goes to the one there is. */
export async function openTerminal(page: Page): Promise<void> {
  await runCommand(page, 'Terminal: Create New Terminal');
  await page.locator('.terminal-wrapper.active .xterm-rows').first().waitFor({ timeout: LIMIT_MS });
  await waitForText(page, /[$#%>] ?$/m);
}

/** Types a line into the terminal and waits until what it shows fits `until`. */
export async function runInTerminal(page: Page, line: string, until: RegExp): Promise<string> {
  await page.locator('.terminal-wrapper.active .xterm').first().click();
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
  return waitForText(page, until);
}

/** What the terminal shows now. */
async function readTerminal(page: Page): Promise<string> {
  const rows = await page.locator('.terminal-wrapper.active .xterm-rows > div').allInnerTexts();
  return rows
    .map((row) => row.replaceAll('\u00a0', ' ').trimEnd())
    .join('\n')
    .trimEnd();
}

async function waitForText(page: Page, wanted: RegExp): Promise<string> {
  const end = performance.now() + LIMIT_MS;
  let text = '';
  while (performance.now() < end) {
    text = await readTerminal(page);
    if (wanted.test(text)) return text;
    await page.waitForTimeout(50);
  }
  throw new Error(`the terminal does not show ${String(wanted)}:\n${text}`);
}
