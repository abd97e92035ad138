import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkWithAxe } from '../support/axe-check.ts';
import { chromiumNote, chromiumPath, openBrowser } from '../support/browser.ts';
import { bundleLogPage, type BundledPage, type LookOptions } from '../support/fake-log-page.ts';
import { lastAct, lastAsked, LOOKS, nextFrames, usePage } from '../support/page-use.ts';

const HOST = `
  import { makeFakeLogHost } from './test/support/fake-log-hosts.ts';
  import { makeSeriesAnswers } from './test/support/fake-series-log.ts';
  import { failWith } from './test/support/fake-page-host.ts';

  function makeHost(query) {
    const parts = query.has('parts') ? JSON.parse(query.get('parts')) : {};
    const refuse = () => { throw failWith('INTERNAL_ERROR', 'A number was not a number.'); };
    return makeFakeLogHost({
      remembered: { tab: 'signals', cursor: 27.072, range: { from: 14, to: 42 }, parts },
      answers: {
        ...makeSeriesAnswers(query.get('log') ?? 'usual'),
        ...(query.has('refused') ? { 'sessions/series': refuse } : {}),
      },
    });
  }
`;

describe.skipIf(chromiumPath === undefined)(`tab of signals${chromiumNote}`, () => {
  let browser: Browser;
  let bundled: BundledPage;

  beforeAll(async () => {
    browser = await openBrowser();
    bundled = await bundleLogPage(HOST);
  });
  afterAll(() => browser.close());

  async function use(act: (page: Page) => Promise<void>, look: Partial<LookOptions> = {}): Promise<void> {
    await usePage({ browser, bundled }, act, look);
  }

  const charts = (page: Page) => page.getByRole('group', { name: 'Charts', exact: true });
  const chart = (page: Page, name: string) => charts(page).getByRole('group', { name, exact: true });
  const shown = (page: Page) => page.getByRole('list', { name: 'Shown' });
  const search = (page: Page) => page.getByRole('combobox', { name: 'Add a signal or field by name' });
  const row = (page: Page, name: string) => shown(page).getByRole('listitem').filter({ hasText: name });

  async function waitForCharts(page: Page): Promise<void> {
    await chart(page, 'Speed').waitFor();
    await chart(page, 'Speed').getByText('carState.vEgo').waitFor();
    await nextFrames(page);
  }

  async function pick(page: Page, text: string, key = 'Enter'): Promise<void> {
    await search(page).fill(text);
    await page.getByRole('option').first().waitFor();
    await nextFrames(page);
    await search(page).press(key);
    await nextFrames(page);
  }

  /** Pixels of a chart that have a colour of their own: neither transparent nor grey. */
  async function countColoured(page: Page, place: number): Promise<number> {
    return page.evaluate((at) => {
      const canvas = document.querySelectorAll<HTMLCanvasElement>('canvas.time-chart')[at];
      const copy = new OffscreenCanvas(canvas!.width, canvas!.height);
      const context = copy.getContext('2d', { willReadFrequently: true })!;
      context.drawImage(canvas!, 0, 0);
      const { data } = context.getImageData(0, 0, copy.width, copy.height);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        const [red = 0, green = 0, blue = 0, alpha = 0] = data.slice(i, i + 4);
        if (alpha > 200 && Math.max(red, green, blue) - Math.min(red, green, blue) > 60) count += 1;
      }
      return count;
    }, place);
  }

  it.each(LOOKS)('has nothing amiss: %s', async (_, look) => {
    await use(async (page) => {
      await chart(page, 'Speed').waitFor();
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
      await chart(page, 'Accel').getByText('ACCEL_NET').waitFor();
      await row(page, 'selfdriveState.state').getByText('preEnabled').waitFor();
      await row(page, 'CRUISE_STATE').getByText('adaptive engaged').waitFor();
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
        await charts(page).getByText('clocks.wallTimeNanos').waitFor();
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
      expect(await charts(page).getByText('carState.vEgo').count()).toBe(2);
      await pick(page, 'cruiseState.speed', 'Shift+Enter');
      expect(await chart(page, 'carState.vEgo, carState.cruiseState.speed').count()).toBe(1);
      await search(page).press('Escape');
      await search(page).press('Escape');
      expect(await search(page).inputValue()).toBe('');
    }));

  it('never lets series of different units share an axis', () =>
    use(async (page) => {
      await waitForCharts(page);
      await pick(page, 'carState.vEgo');
      await pick(page, 'steeringAngleDeg', 'Shift+Enter');
      expect(await chart(page, 'carState.steeringAngleDeg').count()).toBe(1);
      await page.getByText('carState.steeringAngleDeg has another unit than the chart.').waitFor();
    }));

  it('hides, moves and removes series by keyboard', () =>
    use(async (page) => {
      await waitForCharts(page);
      await row(page, 'carState.cruiseState.speed').focus();
      const before = await countColoured(page, 0);
      await page.keyboard.press('Enter');
      await nextFrames(page);
      expect(await chart(page, 'Speed').getByText('carState.cruiseState.speed').count()).toBe(0);
      expect(await countColoured(page, 0)).not.toBe(before);
      await page.keyboard.press('Enter');
      await nextFrames(page);
      await page.keyboard.press('Alt+ArrowDown');
      await page.getByText('carState.cruiseState.speed has another unit than the chart.').waitFor();
      await page.keyboard.press('Delete');
      await nextFrames(page);
      expect(await row(page, 'carState.cruiseState.speed').count()).toBe(0);
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

  it('steps to samples, and takes every value out of the screen', () =>
    use(async (page) => {
      await waitForCharts(page);
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction(
        () => document.querySelector('.signals-axis .axis-pill:last-child')?.textContent === '0:27.322',
      );
      await page.keyboard.press('Control+c');
      expect(String((await lastAct(page))?.['text'])).toMatch(
        /^time\t0:27\.322\ncarState\.vEgo\t3\.1\d+\tm\/s\n/,
      );
      await page.getByRole('button', { name: 'Copy as cts command' }).last().click();
      expect((await lastAct(page))?.['text']).toBe(
        'cts run signals-export --path /logs/drive-minute.rlog.zst -p ' +
          'fields=carState.vEgo,carState.cruiseState.speed,carState.aEgo,carState.steeringAngleDeg,' +
          'selfdriveState.state,carState.steeringPressed -p ' +
          'signals=0:PCM_CRUISE.ACCEL_NET,0:STEER_TORQUE_SENSOR.STEER_TORQUE_DRIVER,' +
          '0:STEER_TORQUE_SENSOR.STEER_TORQUE_EPS,0:PCM_CRUISE.CRUISE_STATE -p time_from=14 -p time_to=42 --wait',
      );
      await page.getByRole('button', { name: 'Export view…' }).click();
      await page.getByRole('menuitem', { name: 'Values of the range as CSV' }).click();
      await page.getByText(/Saved: 450.samples/).waitFor();
      const { name, base64 } = (await lastAct(page)) as { readonly name: string; readonly base64: string };
      expect(name).toBe('drive-minute.rlog-signals.csv');
      const lines = Buffer.from(base64, 'base64').toString().trimEnd().split('\n');
      expect([lines.length, lines[0], lines[1]]).toEqual([
        451,
        'seconds,series,value,label',
        '0.000000000,carState.vEgo,0,',
      ]);
      await page.getByRole('button', { name: 'Export view…' }).click();
      await page.getByRole('menuitem', { name: 'Charts as PNG' }).click();
      await page.getByText('Saved: charts as PNG').waitFor();
      const picture = Buffer.from(String((await lastAct(page))?.['base64']), 'base64');
      expect(picture.subarray(1, 4).toString()).toBe('PNG');
    }));

  it('shows the values of the range as a table, 200 rows a page', () =>
    use(async (page) => {
      await waitForCharts(page);
      await page.keyboard.press('t');
      const table = page.getByRole('dialog', { name: 'Values of the range' });
      await table.getByText('1–200 of 450').waitFor();
      expect(await table.getByRole('row').count()).toBe(201);
      expect(await checkWithAxe(page)).toEqual([]);
      await table.getByRole('button', { name: 'Next' }).click();
      await table.getByText('201–400 of 450').waitFor();
      await table.getByRole('button', { name: 'Next' }).click();
      await table.getByText('401–450 of 450').waitFor();
      expect(await table.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
      await page.keyboard.press('Escape');
      expect(await table.count()).toBe(0);
    }));

  it('remembers layouts that were saved, and what was shown', () =>
    use(async (page) => {
      await waitForCharts(page);
      await row(page, 'carState.aEgo').focus();
      await page.keyboard.press('Delete');
      await page.getByRole('button', { name: /^Layout: / }).click();
      await page.getByRole('menuitem', { name: 'Save Layout…' }).click();
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Mine');
      await page.getByRole('button', { name: 'Save Layout' }).click();
      await page.getByRole('button', { name: 'Layout: Mine' }).click();
      await page.getByRole('menuitemradio', { name: 'States' }).click();
      await page.getByRole('button', { name: 'Layout: States' }).waitFor();
      const remembered = await page.evaluate<{ readonly parts: Readonly<Record<string, unknown>> }>(
        'globalThis.fakeHost.remembered.at(-1)',
      );
      expect(remembered.parts['signals']).toMatchObject({ layout: 'States', saved: [{ name: 'Mine' }] });
    }));

  it('gives charts the height that their edge is moved to', () =>
    use(async (page) => {
      await waitForCharts(page);
      const height = () => page.evaluate(() => document.querySelector('canvas.time-chart')!.clientHeight);
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
      const dark = await page.evaluate(() =>
        document.querySelector<HTMLCanvasElement>('canvas.time-chart')!.toDataURL(),
      );
      await page.evaluate(() => {
        document.documentElement.dataset['theme'] = 'light';
        document.body.className = 'vscode-light';
      });
      await nextFrames(page);
      const light = await page.evaluate(() =>
        document.querySelector<HTMLCanvasElement>('canvas.time-chart')!.toDataURL(),
      );
      expect(light).not.toBe(dark);
    }));

  it('shows hostile names as they are, and does what none of them says', () =>
    use(
      async (page) => {
        await charts(page).getByText('not in this log').first().waitFor();
        await page.keyboard.press('/');
        await page.getByRole('combobox').fill('x');
        await page.getByRole('option').nth(3).waitFor();
        for (let place = 0; place < 5; place += 1) {
          await page.keyboard.press('Enter');
          await page.keyboard.press('ArrowDown');
          await nextFrames(page);
        }
        expect(await page.title()).toBe('drive-minute.rlog.zst');
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
      },
      { query: `log=hostile&parts=${encodeURIComponent(JSON.stringify(HOSTILE_CHOICE))}` },
    ));

  it('says why charts cannot be drawn', () =>
    use(
      async (page) => {
        await page.getByText('The charts cannot be drawn.').waitFor();
        await page.getByText('A number was not a number.').waitFor();
      },
      { query: 'refused=1' },
    ));
});

const HOSTILE_CHOICE = {
  signals: {
    plan: {
      charts: [
        {
          title: '<b>',
          weight: 1e9,
          series: [{ key: 'gone.from.here', colour: 99 }, { key: 'carState.vEgo' }, null],
        },
        'no chart',
        { title: 7, weight: 'tall', series: 'none' },
      ],
      states: [{ key: '' }, { key: 'carState.vEgo', colour: 3 }],
    },
    layout: { name: 1 },
    saved: [{ name: '', plan: {} }, 5],
    isListShown: 'yes',
  },
};
