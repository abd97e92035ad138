import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumNote, chromiumPath, openBrowser } from '../support/browser.ts';
import { bundleLogPage, type BundledPage } from '../support/fake-log-page.ts';
import { nextFrames, usePage } from '../support/page-use.ts';

const HOST = `
  import { makeFakeLogHost } from './test/support/fake-log-hosts.ts';
  import { chooseCanAnswers } from './test/support/fake-can-logs.ts';
  function makeHost(query) {
    return makeFakeLogHost({
      remembered: { tab: 'can', cursor: 10, range: null, parts: {} },
      answers: chooseCanAnswers(query.get('log')),
    });
  }
`;

describe.skipIf(chromiumPath === undefined)(`speed of the tab of CAN${chromiumNote}`, () => {
  let browser: Browser;
  let bundled: BundledPage;

  beforeAll(async () => {
    browser = await openBrowser();
    bundled = await bundleLogPage(HOST);
  });
  afterAll(() => browser.close());

  const message = (page: Page) =>
    page.getByRole('grid', { name: 'Messages' }).getByRole('row', { name: /, MESSAGE_3, / });

  it('follows the cursor with 175 messages for less than 40 ms of the processor each time', () =>
    usePage({ browser, bundled }, async (page) => {
      await message(page).click();
      await nextFrames(page);
      const spent = await measureMoves(page);
      expect(spent).toBeGreaterThan(0);
      expect(spent).toBeLessThan(40);
    }));

  it('keeps few of 2000 messages in the page', () =>
    usePage(
      { browser, bundled },
      async (page) => {
        const grid = page.getByRole('grid', { name: 'Messages' });
        await message(page).click();
        await page.keyboard.press('End');
        await nextFrames(page);
        expect(await grid.locator(':focus').getAttribute('aria-rowindex')).toBe('2002');
        expect(await grid.locator('.grid-row').count()).toBeLessThan(120);
      },
      { query: 'log=many' },
    ));
});

const MOVES = 40;

/** Moves the cursor, and waits until what it changes is drawn, again and again. */
const MOVE_CURSOR = `(async () => {
  const track = document.querySelector('[role=slider][aria-label="Time cursor"]');
  for (let move = 0; move < ${String(MOVES)}; move += 1) {
    track.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', shiftKey: true, bubbles: true }));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 20))));
  }
})()`;

/** Milliseconds of the processor that script, style and layout cost per move; what others do meanwhile is not in it. */
async function measureMoves(page: Page): Promise<number> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const readSpent = async (): Promise<number> => {
    const { metrics } = await devTools.send('Performance.getMetrics');
    const parts = metrics.filter(({ name }) => /^(Script|Layout|RecalcStyle)Duration$/.test(name));
    return parts.reduce((sum, { value }) => sum + 1000 * value, 0);
  };
  const before = await readSpent();
  await page.evaluate(MOVE_CURSOR);
  return ((await readSpent()) - before) / MOVES;
}
