import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { useEditorSession } from '../support/vscode-host/editor-session.ts';
import { FIRST_ROW, type LogTabName, openLogFile, openPanel } from '../support/vscode-host/log-page.ts';
import { copyInto, describeWorkbench, sampleLog } from '../support/vscode-host/workbench-tests.ts';

/** Every key of docs/KEYBOARD.md, pressed in the workbench: what the page takes, the editor must not take as well. */

const SAMPLE_NAME = 'synthetic-subaru-55mph.rlog.zst';
const PATIENCE = { timeout: 60_000 };
const TABS: readonly LogTabName[] = ['Overview', 'CAN', 'Signals', 'Events', 'Logs'];
/** Only the signal's name matters: the address is one of the sample. */
const DATABASE = `VERSION ""

BU_: XXX

BO_ 64 Throttle: 8 XXX
 SG_ PEDAL : 32|8@1+ (1,0) [0|255] "" XXX
`;

interface OpenedLog {
  readonly page: Page;
  readonly log: Frame;
}

describeWorkbench('keys', () => {
  const session = useEditorSession({
    settings: { 'cts.dbc.files': { '*': 'keys.dbc' } },
    fill: (folder) => {
      copyInto(folder, sampleLog);
      writeFileSync(join(folder, 'keys.dbc'), DATABASE);
    },
  });

  async function openSample(tab: LogTabName): Promise<OpenedLog> {
    const { page } = await session().open();
    const log = await openLogFile(page, SAMPLE_NAME);
    await log.locator(FIRST_ROW).first().waitFor(PATIENCE);
    await log.getByRole('heading', { name: 'Services' }).first().click();
    await page.keyboard.press(`Alt+${TABS.indexOf(tab) + 1}`);
    await expectTab(log, tab);
    await openPanel(log).locator('[role="gridcell"]:not(:empty), canvas').first().waitFor(PATIENCE);
    return { page, log };
  }

  it('of the whole page move the time, the range and the tabs', async () => {
    const { page, log } = await openSample('Overview');
    const { keyboard } = page;
    for (const [place, tab] of TABS.entries()) {
      await keyboard.press(`Alt+${place + 1}`);
      await expectTab(log, tab);
    }
    await keyboard.press('Alt+3');
    await keyboard.press('Shift+ArrowRight');
    await expectTime(log, 1);
    await keyboard.press('Shift+ArrowRight');
    await keyboard.press('Shift+ArrowLeft');
    await expectTime(log, 1);
    await keyboard.press('ArrowRight');
    await expect.poll(() => readTime(log)).toBeGreaterThan(1);
    await keyboard.press('Shift+ArrowRight');
    await keyboard.press('[');
    const from = await readTime(log);
    await expectRange(log, { from, to: 60 });
    await keyboard.press('+');
    await expectRange(log, { from, to: from + (60 - from) / 2 });
    await keyboard.press('-');
    await keyboard.press('0');
    await expectRange(log, { from: 0, to: 60 });
    await keyboard.press(']');
    await expectRange(log, { from: 0, to: from });
    await keyboard.press('0');
    await keyboard.press('Alt+ArrowLeft');
    await expectRange(log, { from: 0, to: from });
    await keyboard.press('Alt+ArrowRight');
    await expectRange(log, { from: 0, to: 60 });
    await keyboard.press('g');
    await log.getByRole('textbox', { name: /^Time as/ }).fill('0:10');
    await keyboard.press('Enter');
    await expectTime(log, 10);
    await keyboard.press('e');
    await expect.poll(() => readTime(log)).toBeGreaterThan(10);
    await keyboard.press('f');
    await log.getByText('Rows leave the cursor where it is.').waitFor({ state: 'attached' });
    await keyboard.press('Control+Shift+R');
    await log
      .locator('[role="status"]')
      .getByText(/^0:\d\d\.\d{3}$/)
      .waitFor({ state: 'attached' });
    await keyboard.press('Alt+c');
    await expectClipboard(page, /^cts .*synthetic-subaru-55mph/);
    const before = await readTime(log);
    await keyboard.press('Space');
    await expect.poll(() => readTime(log), PATIENCE).toBeGreaterThan(before);
    await keyboard.press('Space');
    await log.getByRole('button', { name: 'Play', exact: true }).waitFor();
    await keyboard.press('?');
    const help = log.getByRole('dialog', { name: 'Keys' });
    await help.waitFor();
    await keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    expect(await page.locator('.quick-input-widget:visible').count()).toBe(0);
  });

  it('of CAN choose a message, its bits, and how bytes look', async () => {
    const { page, log } = await openSample('CAN');
    const { keyboard } = page;
    const messages = log.getByRole('grid', { name: 'Messages' });
    await keyboard.press('Shift+ArrowRight');
    await keyboard.press('/');
    await keyboard.type('40');
    await keyboard.press('Escape');
    const row = messages.getByRole('row').filter({ hasText: '0x040' }).first();
    await row.click();
    await log.getByRole('grid', { name: 'Signals' }).getByText('PEDAL').first().waitFor(PATIENCE);
    await expectPressed(log, 'Colour changed bytes', 'c');
    await expectPressed(log, 'Changed-bit heat map', 'h');
    await keyboard.press('s');
    await keyboard.press('Shift+S');
    await keyboard.press('Enter');
    const bits = log.getByRole('grid', { name: /bits/i }).first();
    await expect.poll(() => bits.locator(':focus').count()).toBe(1);
    await keyboard.press('Shift+ArrowRight');
    await expect.poll(() => bits.locator('.is-new').count()).toBeGreaterThan(1);
    await keyboard.press('Escape');
    await expect.poll(() => messages.locator(':focus').count()).toBe(1);
    const all = await messages.getAttribute('aria-rowcount');
    await keyboard.press('d');
    await expect.poll(() => messages.getAttribute('aria-rowcount')).not.toBe(all);
    await keyboard.press('d');
    await expect.poll(() => messages.getAttribute('aria-rowcount')).toBe(all);
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowUp');
    await expect.poll(() => messages.locator(':focus').innerText()).toContain('0x040');
    const before = await readTime(log);
    // The next frame may be nearer than the milliseconds that are told.
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    await expect.poll(() => readTime(log)).toBeGreaterThan(before);
    await keyboard.press('p');
    await expectTab(log, 'Signals');
    await log.getByText('PEDAL').first().waitFor(PATIENCE);
  });

  it('of signals add, zoom, show as table, and copy', async () => {
    const { page, log } = await openSample('Signals');
    const { keyboard } = page;
    await keyboard.press('Shift+ArrowRight');
    await keyboard.press('ArrowRight');
    await expect.poll(() => readTime(log)).toBeGreaterThan(1);
    await keyboard.press('Control+c');
    await expectClipboard(page, /vEgo/);
    await keyboard.press('t');
    const table = log.getByRole('dialog').first();
    await table.waitFor();
    await keyboard.press('Escape');
    await table.waitFor({ state: 'detached' });
    const shown = log.getByRole('heading', { name: 'Shown' });
    await keyboard.press('l');
    await shown.waitFor({ state: 'hidden' });
    await keyboard.press('l');
    await shown.waitFor();
    const rows = log.locator('.shown-row');
    const count = await rows.count();
    await rows.first().focus();
    await keyboard.press('Enter');
    await expect.poll(() => log.locator('.shown-row.is-hidden').count()).toBe(1);
    await keyboard.press('Enter');
    await keyboard.press('n');
    await log.getByText('empty', { exact: true }).waitFor();
    await rows.first().focus();
    await keyboard.press('Alt+ArrowDown');
    await rows.first().focus();
    await keyboard.press('Delete');
    await expect.poll(() => rows.count()).toBe(count - 1);
    await keyboard.press('/');
    await keyboard.type('aEgo');
    await log.getByRole('option').first().waitFor();
    await keyboard.press('Escape');
  });

  it('of events walk, open, copy, plot and leave out', async () => {
    const { page, log } = await openSample('Events');
    const { keyboard } = page;
    const events = log.getByRole('grid', { name: 'Events' });
    await events.getByRole('row').filter({ hasText: 'carState' }).first().click();
    await keyboard.press('Alt+ArrowDown');
    await expect.poll(() => events.locator('[aria-selected="true"]').innerText()).toContain('carState');
    const before = await events.locator('[aria-selected="true"]').getAttribute('aria-rowindex');
    await keyboard.press('Alt+ArrowUp');
    await expect
      .poll(async () => events.locator('[aria-selected="true"]').getAttribute('aria-rowindex'))
      .not.toBe(before);
    await keyboard.press('Control+c');
    await expectClipboard(page, /"vEgo":/);
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowUp');
    await expect.poll(() => events.locator(':focus').innerText()).toContain('carState');
    await keyboard.press('ArrowRight');
    const tree = log.getByRole('tree');
    await expect.poll(() => tree.locator(':focus').count()).toBe(1);
    await keyboard.press('Escape');
    const all = await events.getAttribute('aria-rowcount');
    await keyboard.press('x');
    await expect.poll(() => events.getAttribute('aria-rowcount'), PATIENCE).not.toBe(all);
    await keyboard.press('/');
    await expect.poll(() => log.locator('input:focus').count()).toBe(1);
    await keyboard.press('Escape');
    await events.getByRole('row').filter({ hasText: 'carControl' }).first().click();
    await keyboard.press('ArrowRight');
    await tree
      .getByRole('treeitem')
      .filter({ hasText: /^enabled/ })
      .first()
      .click();
    await keyboard.press('p');
    await expectTab(log, 'Signals');
  });

  it('of log text find errors and matches, open and copy', async () => {
    const { page, log } = await openSample('Logs');
    const { keyboard } = page;
    const lines = log.getByRole('grid', { name: 'Log lines' });
    const selected = lines.locator('[aria-selected="true"]');
    await keyboard.press('e');
    await expect.poll(() => selected.innerText(), PATIENCE).toContain('errorLogMessage');
    await keyboard.press('Control+c');
    await expectClipboard(page, /^0:\d\d\.\d{3} error errorLogMessage/);
    await selected.click();
    await keyboard.press('ArrowUp');
    await keyboard.press('ArrowDown');
    await expect.poll(() => selected.innerText()).toContain('errorLogMessage');
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowLeft');
    const before = await readTime(log);
    await keyboard.press('/');
    await keyboard.type('thermal');
    await log.getByText(/\d of 153 lines/).waitFor(PATIENCE);
    const goOn = async (): Promise<number> => {
      await keyboard.press('F3');
      return readTime(log);
    };
    // The count may be told before the rows that match are there.
    await expect.poll(goOn).not.toBe(before);
    expect(await page.locator('.find-widget.visible, .simple-find-part.visible').count()).toBe(0);
  });
});

async function expectTab(log: Frame, name: LogTabName): Promise<void> {
  await log.locator(`[role="tab"][aria-selected="true"]:text-is("${name}")`).waitFor();
}

async function readTime(log: Frame): Promise<number> {
  return Number(await log.getByRole('slider', { name: 'Time cursor' }).getAttribute('aria-valuenow'));
}

async function expectTime(log: Frame, seconds: number): Promise<void> {
  await expect.poll(() => readTime(log)).toBeCloseTo(seconds, 2);
}

/** The foot of the tab of signals tells the range. */
async function expectRange(log: Frame, range: { readonly from: number; readonly to: number }): Promise<void> {
  const read = async (): Promise<number[]> => {
    const text = await log.getByText(/^range \d/).innerText();
    const times = [...text.matchAll(/(\d+):(\d+\.\d+)/g)];
    return times.map(
      ([, minutes, seconds]) => Math.round((Number(minutes) * 60 + Number(seconds)) * 10) / 10,
    );
  };
  const wanted = [range.from, range.to].map((seconds) => Math.round(seconds * 10) / 10);
  await expect.poll(read).toEqual(wanted);
}

/** Turns a switch off and on again by its key. */
async function expectPressed(log: Frame, name: string, key: string): Promise<void> {
  const button = log.getByRole('button', { name });
  const before = await button.getAttribute('aria-pressed');
  await log.page().keyboard.press(key);
  await expect.poll(() => button.getAttribute('aria-pressed')).not.toBe(before);
  await log.page().keyboard.press(key);
  await expect.poll(() => button.getAttribute('aria-pressed')).toBe(before);
}

async function expectClipboard(page: Page, wanted: RegExp): Promise<void> {
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(wanted);
}
