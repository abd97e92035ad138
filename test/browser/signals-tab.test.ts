import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkWithAxe } from '../support/axe-check.ts';
import { chromiumNote, chromiumPath, openBrowser } from '../support/browser.ts';
import { bundleLogPage, type BundledPage, type LookOptions } from '../support/fake-log-page.ts';
import { lastAsked, LOOKS, nextFrames, usePage } from '../support/page-use.ts';
import { findChart, findCharts, findShown, waitForCharts, SIGNALS_HOST } from '../support/signals-page.ts';

describe.skipIf(chromiumPath === undefined)(`tab of signals${chromiumNote}`, () => {
  let browser: Browser;
  let bundled: BundledPage;

  beforeAll(async () => {
    browser = await openBrowser();
    bundled = await bundleLogPage(SIGNALS_HOST);
  });
  afterAll(() => browser.close());

  async function use(act: (page: Page) => Promise<void>, look: Partial<LookOptions> = {}): Promise<void> {
    await usePage({ browser, bundled }, act, look);
  }

  const search = (page: Page) => page.getByRole('combobox', { name: 'Add a signal or field by name' });

  async function pick(page: Page, text: string, key = 'Enter'): Promise<void> {
    await search(page).fill(text);
    await page.getByRole('option').first().waitFor();
    await nextFrames(page);
    await search(page).press(key);
    await nextFrames(page);
  }

  /** Pixels of a chart that have a colour of their own: neither transparent nor grey. */
  async function countColoured(page: Page, place: number): Promise<number> {
    return page.evaluate(`(() => {
      const canvas = document.querySelectorAll('canvas.time-chart')[${place}];
      const copy = new OffscreenCanvas(canvas.width, canvas.height);
      const context = copy.getContext('2d', { willReadFrequently: true });
      context.drawImage(canvas, 0, 0);
      const { data } = context.getImageData(0, 0, copy.width, copy.height);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        const [red, green, blue, alpha] = data.slice(i, i + 4);
        if (alpha > 200 && Math.max(red, green, blue) - Math.min(red, green, blue) > 60) count += 1;
      }
      return count;
    })()`);
  }

  it.each(LOOKS)('has nothing amiss: %s', async (_, look) => {
    await use(async (page) => {
      await findChart(page, 'Speed').waitFor();
      await nextFrames(page);
      expect(await checkWithAxe(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
      await page.keyboard.press('/');
      await page.keyboard.type('torq');
      await page.getByRole('option').first().waitFor();
      expect(await checkWithAxe(page)).toEqual([]);
    }, look);
  });

  it('begins with the layout of any car, as far as the log has its series', () =>
    use(async (page) => {
      await waitForCharts(page);
      await findChart(page, 'Accel').getByText('ACCEL_NET').waitFor();
      await findShown(page, 'selfdriveState.state').getByText('preEnabled').waitFor();
      await findShown(page, 'CRUISE_STATE').getByText('adaptive engaged').waitFor();
      expect(await page.getByRole('img', { name: /CRUISE_STATE: adaptive engaged/ }).count()).toBe(1);
      expect(await countColoured(page, 0)).toBeGreaterThan(500);
      expect(await lastAsked(page, 'sessions/series')).toMatchObject({ fromSeconds: 14, toSeconds: 42 });
      await page.getByText(/range 0:14.000 – 0:42.000 · 28.0 s · min\/max of/).waitFor();
    }));

  it('says what to do where nothing is known to be worth showing', () =>
    use(
      async (page) => {
        await page.getByRole('heading', { name: 'No series is shown' }).waitFor();
        await page.getByRole('button', { name: 'Add Series' }).click();
        await pick(page, 'wall');
        await findCharts(page).getByText('clocks.wallTimeNanos').waitFor();
        expect(await page.getByRole('heading', { name: 'No series is shown' }).isVisible()).toBe(false);
      },
      { query: 'log=bare' },
    ));

  it('finds series by name, marks what matched, and shows them in a new chart or the same', () =>
    use(async (page) => {
      await waitForCharts(page);
      await page.keyboard.press('/');
      await page.keyboard.type('torq');
      await page.getByText('2 of 645').waitFor();
      expect(await page.locator('.series-option mark').first().textContent()).toBe('TORQ');
      await pick(page, 'carState.vEgo');
      expect(await findCharts(page).getByText('carState.vEgo').count()).toBe(2);
      await pick(page, 'cruiseState.speed', 'Shift+Enter');
      expect(await findChart(page, 'carState.vEgo, carState.cruiseState.speed').count()).toBe(1);
      await search(page).press('Escape');
      await search(page).press('Escape');
      expect(await search(page).inputValue()).toBe('');
    }));

  it('never lets series of different units share an axis', () =>
    use(async (page) => {
      await waitForCharts(page);
      await pick(page, 'carState.vEgo');
      await pick(page, 'steeringAngleDeg', 'Shift+Enter');
      expect(await findChart(page, 'carState.steeringAngleDeg').count()).toBe(1);
      await page.getByText('carState.steeringAngleDeg has another unit than the chart.').waitFor();
    }));

  it('hides, moves and removes series by keyboard', () =>
    use(async (page) => {
      await waitForCharts(page);
      await findShown(page, 'carState.cruiseState.speed').focus();
      const before = await countColoured(page, 0);
      await page.keyboard.press('Enter');
      await nextFrames(page);
      expect(await findChart(page, 'Speed').getByText('carState.cruiseState.speed').count()).toBe(0);
      expect(await countColoured(page, 0)).not.toBe(before);
      await page.keyboard.press('Enter');
      await nextFrames(page);
      await page.keyboard.press('Alt+ArrowDown');
      await page.getByText('carState.cruiseState.speed has another unit than the chart.').waitFor();
      await page.keyboard.press('Delete');
      await nextFrames(page);
      expect(await findShown(page, 'carState.cruiseState.speed').count()).toBe(0);
      expect(await page.evaluate('document.activeElement?.className')).toBe('shown-row');
    }));

  it('moves cursor and range by pointer, and previews only', () =>
    use(async (page) => {
      await waitForCharts(page);
      const box = (await page.locator('.plot-area').first().boundingBox())!;
      await page.mouse.move(box.x + 300, box.y + 40);
      await nextFrames(page);
      expect(await page.locator('.axis-pill.is-preview').isVisible()).toBe(true);
      expect(await page.locator('.axis-pill').last().textContent()).toBe('0:27.072');
      await page.mouse.click(box.x + 56, box.y + 40);
      await nextFrames(page);
      expect(await page.locator('.axis-pill').last().textContent()).toBe('0:14.000');
      await page.mouse.wheel(0, -400);
      await page.getByText(/range 0:14.000 – 0:2\d/).waitFor();
      await page.mouse.dblclick(box.x + 200, box.y + 40);
      await page.getByText(/range 0:00.000 – 1:06/).waitFor();
      await page.keyboard.down('Alt');
      await page.mouse.move(box.x + 200, box.y + 40);
      await page.mouse.down();
      await page.mouse.move(box.x + 400, box.y + 40, { steps: 4 });
      await nextFrames(page);
      expect(await page.locator('.signals-mark').isVisible()).toBe(true);
      await page.mouse.up();
      await page.keyboard.up('Alt');
      await nextFrames(page);
      expect(await page.locator('.foot-text').textContent()).not.toMatch(/range 0:00.000/);
    }));

  it('gives charts the height that their edge is moved to', () =>
    use(async (page) => {
      await waitForCharts(page);
      const height = () => page.evaluate<number>(`document.querySelector('canvas.time-chart').clientHeight`);
      const before = await height();
      await page.getByRole('separator', { name: 'Height of the chart' }).first().focus();
      for (let times = 0; times < 3; times += 1) {
        await page.keyboard.press('ArrowDown');
        await nextFrames(page);
      }
      expect(await height()).toBeGreaterThan(before + 15);
    }));

  it('takes its colours from the theme, also when that changes', () =>
    use(async (page) => {
      await waitForCharts(page);
      const draw = () => page.evaluate<string>(`document.querySelector('canvas.time-chart').toDataURL()`);
      const dark = await draw();
      await page.evaluate(`(() => {
        document.documentElement.dataset.theme = 'light';
        document.body.className = 'vscode-light';
      })()`);
      await nextFrames(page);
      const light = await draw();
      expect(light).not.toBe(dark);
    }));
});
