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

  it('follows the cursor with 175 messages in less than 8 ms', () =>
    usePage({ browser, bundled }, async (page) => {
      await message(page).click();
      await nextFrames(page);
      const times = await page.evaluate<readonly number[]>(MEASURE_UPDATES);
      expect(times).toHaveLength(40);
      expect(Math.min(...times)).toBeGreaterThan(0);
      expect(Math.min(...times)).toBeLessThan(8);
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

/** Milliseconds of script, style and layout that the frames after a move of the cursor cost, one move after another. */
const MEASURE_UPDATES = `(async () => {
  const track = document.querySelector('[role=slider][aria-label="Time cursor"]');
  const request = requestAnimationFrame.bind(globalThis);
  let spent = 0;
  globalThis.requestAnimationFrame = (act) =>
    request((now) => {
      const from = performance.now();
      act(now);
      document.querySelector('.message-grid').getBoundingClientRect();
      spent += performance.now() - from;
    });
  const times = [];
  for (let step = 0; step < 40; step += 1) {
    spent = 0;
    track.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', shiftKey: true, bubbles: true }));
    await new Promise((done) => request(() => request(() => setTimeout(done, 20))));
    times.push(spent);
  }
  return times;
})()`;
