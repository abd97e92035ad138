import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkWithAxe } from '../support/axe-check.ts';
import { chromiumNote, chromiumPath, openBrowser } from '../support/browser.ts';
import { bundlePage, type BundledPage, openBundledPage } from '../support/fake-log-page.ts';

const PAGE = `
  import './webviews/shared/tokens.css';
  import './webviews/shared/base.css';
  import './webviews/shared/components.css';
  import { applyBrowserTheme } from './webviews/shared/browser-theme.ts';
  import { makeVirtualGrid } from './webviews/shared/virtual-grid.ts';
  import { createWindowRows } from './webviews/shared/window-rows.ts';

  applyBrowserTheme(location.search);
  const query = new URLSearchParams(location.search);
  const total = Number(query.get('rows'));
  const wait = Number(query.get('wait') ?? 0);
  globalThis.opened = [];
  const rows = createWindowRows({
    fetch: async (from, count) => {
      if (wait > 0) await new Promise((done) => setTimeout(done, wait));
      const length = Math.max(0, Math.min(count, total - from));
      return { total, rows: Array.from({ length }, (_, index) => ({ index: from + index })) };
    },
    onChange: () => grid.refresh(),
    onFailure: () => undefined,
  });
  const grid = makeVirtualGrid({
    label: 'Numbers',
    columns: [
      { id: 'index', title: 'Index', width: '120px', align: 'right', isSortable: true, fill: (cell, row) => (cell.textContent = String(row.index)) },
      { id: 'text', title: 'Text', width: 'minmax(0, 1fr)', fill: (cell, row) => (cell.textContent = 'row ' + row.index) },
    ],
    rows,
    onOpen: (index) => globalThis.opened.push(index),
  });
  globalThis.grid = grid;
  const main = document.createElement('main');
  main.style.setProperty('display', 'grid');
  main.style.setProperty('height', '100%');
  const heading = document.createElement('h1');
  heading.className = 'unseen';
  heading.textContent = 'Grid';
  main.append(heading, grid.element);
  document.body.append(main);
  rows.clear();
`;

/** Longest time that no row may be seen while somebody scrolls. */
const LONGEST_BLANK_MS = 50;

describe.skipIf(chromiumPath === undefined)(`grid of many rows${chromiumNote}`, () => {
  let browser: Browser;
  let bundled: BundledPage;

  beforeAll(async () => {
    browser = await openBrowser();
    bundled = await bundlePage(PAGE);
  });
  afterAll(() => browser.close());

  async function use(query: string, act: (page: Page) => Promise<void>): Promise<void> {
    const { page, problems } = await openBundledPage(browser, bundled, { theme: 'dark', height: 700, query });
    await page.getByText('row 3', { exact: true }).waitFor();
    await act(page);
    expect(problems).toEqual([]);
    await page.close();
  }

  const focused = (page: Page) => page.locator('.grid-row:focus');

  it('is one tab stop, and has nothing amiss', () =>
    use('rows=1000', async (page) => {
      expect(await checkWithAxe(page)).toEqual([]);
      await page.keyboard.press('Tab');
      expect(await focused(page).textContent()).toBe('0row 0');
      expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('1001');
    }));

  it('is walked by keys, and few rows are in the page', () =>
    use('rows=1000', async (page) => {
      await page.keyboard.press('Tab');
      await page.keyboard.press('PageDown');
      await page.keyboard.press('ArrowDown');
      expect(await focused(page).textContent()).toBe('30row 30');
      await page.keyboard.press('End');
      expect(await focused(page).textContent()).toBe('999row 999');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('globalThis.opened')).toEqual([999]);
      expect(await page.locator('.grid-body .grid-row').count()).toBeLessThan(80);
    }));

  it('keeps the focus on a row that has been scrolled away', () =>
    use('rows=1000', async (page) => {
      await page.keyboard.press('Tab');
      await page.keyboard.press('ArrowDown');
      await page.mouse.move(300, 300);
      await page.mouse.wheel(0, 10_000);
      await page.getByText('row 470', { exact: true }).waitFor();
      await page.keyboard.press('ArrowDown');
      expect(await focused(page).textContent()).toBe('2row 2');
      expect(await focused(page).isVisible()).toBe(true);
    }));

  it('reaches every one of five million rows, and goes on row by row', () =>
    use('rows=5000000', async (page) => {
      await page.keyboard.press('Tab');
      await page.keyboard.press('End');
      await page.getByText('row 4999999', { exact: true }).waitFor();
      await page.keyboard.press('ArrowUp');
      await page.getByText('row 4999998', { exact: true }).waitFor();
      await page.mouse.move(300, 300);
      await page.mouse.wheel(0, -220);
      await page.getByText('row 4999970', { exact: true }).waitFor();
      await page.evaluate(`document.querySelector('.grid-body').scrollTop = 4_000_000`);
      await page
        .locator('.grid-row', { hasText: /row 2[45]\d{5}$/ })
        .first()
        .waitFor();
    }));

  it('opens something below a row and pushes the rest', () =>
    use('rows=1000', async (page) => {
      await page.evaluate(`{
        const more = document.createElement('div');
        more.textContent = 'more of it';
        more.style.setProperty('height', '100px');
        globalThis.grid.open(2, more);
      }`);
      const top = async (text: string): Promise<number> =>
        (await page.getByText(text, { exact: true }).boundingBox())?.y ?? Number.NaN;
      expect((await top('row 3')) - (await top('row 2'))).toBe(122);
      expect((await top('more of it')) - (await top('row 2'))).toBeCloseTo(22, -1);
      await page.evaluate('globalThis.grid.open(2, null)');
      expect((await top('row 3')) - (await top('row 2'))).toBe(22);
    }));

  // Over 800 rows a frame: all of them in two seconds. The answers take as long as an engine does.
  it.each([0, 20])('scrolls a hundred thousand rows without a blank frame, answers after %d ms', (wait) =>
    use(`rows=100000&wait=${wait}`, async (page) => {
      const blank = await page.evaluate<number>(`new Promise((done) => {
        const body = document.querySelector('.grid-body');
        const { top, height } = body.getBoundingClientRect();
        let longest = 0;
        let since = performance.now();
        const isFilled = (share) => {
          const row = document.elementFromPoint(300, top + height * share)?.closest('.grid-row');
          return row !== null && row !== undefined && !row.classList.contains('is-waiting');
        };
        const look = () => {
          const now = performance.now();
          if ([0.25, 0.5, 0.75].some(isFilled)) since = now;
          longest = Math.max(longest, now - since);
          move();
        };
        const move = () => {
          if (body.scrollTop + body.clientHeight >= body.scrollHeight - 1) return done(longest);
          // As a wheel does: between two frames, so that the page hears of it before it draws.
          setTimeout(() => {
            body.scrollTop += 18_000;
            requestAnimationFrame(() => {
              // Messages come after the frame has been drawn.
              const after = new MessageChannel();
              after.port1.onmessage = look;
              after.port2.postMessage(null);
            });
          });
        };
        move();
      })`);
      expect(blank).toBeLessThanOrEqual(LONGEST_BLANK_MS + wait);
    }),
  );

  it('shows bars for rows that are on their way', () =>
    use('rows=100000&wait=300', async (page) => {
      await page.evaluate(`document.querySelector('.grid-body').scrollTop = 1_100_000`);
      await page.locator('.grid-row.is-waiting:visible').first().waitFor();
      await page.getByText('row 50005', { exact: true }).waitFor();
      expect(await page.locator('.grid-row.is-waiting:visible').count()).toBe(0);
    }));
});
