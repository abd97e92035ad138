import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderReport } from '../../server/core/report/report-page.ts';
import { chromiumNote, chromiumPath, openBrowser } from '../support/browser.ts';
import {
  checkReportPage,
  type ReportOpening,
  type ReportView,
  withReportPage,
} from '../support/report-page-check.ts';
import { makeHostileReport, makeSampleReport } from '../support/sample-report.ts';

describe.skipIf(chromiumPath === undefined)(`report page in a browser${chromiumNote}`, () => {
  const html = renderReport(makeSampleReport());
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  const VIEWS: readonly (readonly [string, ReportView])[] = [
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['700 px wide', { colorScheme: 'dark', width: 700 }],
    ['380 px wide', { colorScheme: 'light', width: 380 }],
    ['on paper', { colorScheme: 'dark', width: 673, isPrinted: true }],
  ];

  it.each(VIEWS)('has nothing amiss: %s', async (_, view) => {
    expect(await checkReportPage(browser, { html }, view)).toEqual([]);
  });

  it('has nothing amiss with hostile text in every place', async () => {
    const source = { html: renderReport(makeHostileReport()) };
    expect(await checkReportPage(browser, source)).toEqual([]);
  });

  it('has nothing amiss while tables and values are shown', async () => {
    await use(async (page) => {
      await page.getByRole('button', { name: 'Show as table' }).first().click();
      await page.getByRole('button', { name: 'Show as table' }).click();
      await page.getByRole('button', { name: 'Toggles' }).click();
      await page.getByRole('link', { name: '0:29.680' }).click();
      const serious = await page.evaluate<string[]>(
        `axe.run(document).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))`,
      );
      expect(serious).toEqual([]);
    });
  });

  /** Uses the page, and expects that nothing goes wrong meanwhile. */
  async function use(act: (page: Page) => Promise<void>, view: ReportOpening['view'] = {}): Promise<void> {
    await withReportPage({ browser, source: { html }, view }, async (page, heard) => {
      await act(page);
      expect(heard).toEqual([]);
    });
  }

  const valueOfSpeed = (page: Page) => page.locator('.keys .value').first().textContent();
  const firstCells = (page: Page, column: number) =>
    page.locator('section:has(h2:text-is("Candidates")) tbody tr:visible').evaluateAll<string[], number>(
      // Typed by its use: `cells` is known to browsers only.
      (rows, index) =>
        rows
          .slice(0, 3)
          .map(
            (row) => (row as unknown as { cells: { textContent: string }[] }).cells[index]?.textContent ?? '',
          ),
      column,
    );

  describe('cursor', () => {
    it('follows a time in a table, in every chart, and is part of the address', async () => {
      await use(async (page) => {
        await page.getByRole('link', { name: '0:29.680' }).click();
        expect(await page.locator('.pill').allTextContents()).toEqual(['0:29.680', '']);
        expect(await valueOfSpeed(page)).toMatch(/^55\.\d+\u00a0mph$/);
        expect(page.url()).toMatch(/#t=29\.68$/);
        expect(await page.locator('.states').first().textContent()).toBe('0:29.680 · SET · Cruise on: on');
      });
    });

    it('stands at the time of the address at first', async () => {
      await use(async (page) => {
        await page.goto(`${page.url()}#t=33.5`);
        await page.reload();
        expect(await page.locator('.pill').allTextContents()).toEqual(['0:33.500', '0:33.500']);
        expect(await page.locator('.states').first().textContent()).toBe(
          '0:33.500 · Cruise on: on · Blinker: L · Marker: window',
        );
      });
    });

    it('moves by keys: to neighbours, by seconds, to the ends, away', async () => {
      await use(async (page) => {
        const slider = page.getByRole('slider', { name: 'Time cursor of Speed and events' });
        await slider.focus();
        await page.keyboard.press('End');
        expect(await slider.getAttribute('aria-valuenow')).toBe('66');
        await page.keyboard.press('Shift+ArrowLeft');
        expect(await slider.getAttribute('aria-valuetext')).toMatch(
          /^1:05\.000 · Cruise on: on, Speed 44\.\d+\u00a0mph$/,
        );
        await page.keyboard.press('Home');
        await page.keyboard.press('ArrowRight');
        expect(Number(await slider.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
        expect(Number(await slider.getAttribute('aria-valuenow'))).toBeLessThan(0.1);
        await page.keyboard.press('Escape');
        expect(await slider.getAttribute('aria-valuetext')).toBe('not set');
        expect(page.url()).not.toContain('#');
      });
    });

    it('previews under the pointer, stays where it is clicked, and has no value in a gap', async () => {
      await use(async (page) => {
        const box = await page.locator('figure.chart .track').first().boundingBox();
        if (box === null) throw new Error('the track is not shown');
        const hover = (seconds: number) => page.mouse.move(box.x + (box.width * seconds) / 66, box.y + 60);
        await hover(45);
        expect(await valueOfSpeed(page)).toBe('–');
        await hover(33);
        await page.mouse.down();
        await page.mouse.up();
        await page.mouse.move(2, 2);
        expect(Number(/#t=(.*)/.exec(page.url())?.[1])).toBeCloseTo(33, 0);
        expect(await valueOfSpeed(page)).toMatch(/^5\d\.\d+\u00a0mph$/);
      });
    });
  });

  it('sorts by mouse and keyboard: up, down, as it was', async () => {
    await use(async (page) => {
      const head = page.getByRole('columnheader', { name: 'Toggles' });
      await head.getByRole('button').click();
      expect(await head.getAttribute('aria-sort')).toBe('ascending');
      expect(await firstCells(page, 3)).toEqual(['0', '356', '789']);
      await page.keyboard.press('Enter');
      expect(await head.getAttribute('aria-sort')).toBe('descending');
      expect(await firstCells(page, 3)).toEqual(['9\u202f930', '9\u202f574', '9\u202f497']);
      await page.keyboard.press('Space');
      expect(await head.getAttribute('aria-sort')).toBeNull();
      expect(await firstCells(page, 3)).toEqual(['0', '7\u202f919', '5\u202f831']);
      await page.getByRole('columnheader', { name: 'First' }).getByRole('button').click();
      await page.keyboard.press('Enter');
      expect(await firstCells(page, 4)).toEqual(['1:00.900', '0:58.800', '0:56.700']);
    });
  });

  it('filters long tables and tells how many rows are left', async () => {
    await use(async (page) => {
      await page.getByRole('searchbox', { name: 'Filter rows of Candidates' }).fill('b5 0x31');
      expect(await firstCells(page, 0)).toEqual(['0x31F', '0x31E', '0x31D']);
      expect(await page.locator('.filter [role=status]').textContent()).toBe('5 of 30 rows');
    });
  });

  it('changes the theme, and keeps it', async () => {
    await use(
      async (page) => {
        const readBackground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
        expect(await readBackground()).toBe('rgb(255, 255, 255)');
        await page.getByRole('button', { name: 'Dark theme' }).click();
        expect(await readBackground()).toBe('rgb(31, 31, 31)');
        await page.reload();
        expect(await readBackground()).toBe('rgb(31, 31, 31)');
        expect(await page.getByRole('button', { name: 'Light theme' }).count()).toBe(1);
      },
      { colorScheme: 'light' },
    );
  });

  it('copies the command', async () => {
    await use(
      async (page) => {
        await page.getByRole('button', { name: 'Copy as cts command' }).click();
        await page.getByRole('button', { name: 'Copied' }).waitFor();
        expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(
          makeSampleReport().provenance.command,
        );
      },
      { permissions: ['clipboard-read', 'clipboard-write'] },
    );
  });

  it('shows the numbers of a chart as tables, 200 rows at a time', async () => {
    await use(async (page) => {
      await page.getByRole('button', { name: 'Show as table' }).first().click();
      const values = page.getByRole('table', { name: 'Speed and events: values' });
      expect(await values.locator('tbody tr').count()).toBe(200);
      const first = await values.locator('tbody tr').first().textContent();
      await page.getByRole('button', { name: 'Next' }).click();
      expect(await values.locator('tbody tr').first().textContent()).not.toBe(first);
      expect(
        await page.getByRole('table', { name: 'Speed and events: spans' }).locator('tbody tr').count(),
      ).toBe(7);
    });
  });

  it('says everything without its script', async () => {
    await withReportPage({ browser, source: { html }, view: { javaScriptEnabled: false } }, async (page) => {
      expect(await page.getByRole('button').count()).toBe(0);
      expect(await page.locator('figure.chart svg .line').count()).toBe(9);
      expect(await page.locator('table.data tbody tr').count()).toBe(33);
    });
  });
});
