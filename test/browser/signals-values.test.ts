import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkWithAxe } from '../support/axe-check.ts';
import { chromiumNote, chromiumPath, openBrowser } from '../support/browser.ts';
import { bundleLogPage, type BundledPage, type LookOptions } from '../support/fake-log-page.ts';
import { lastAct, nextFrames, usePage } from '../support/page-use.ts';
import { findCharts, findShown, waitForCharts, SIGNALS_HOST } from '../support/signals-page.ts';

describe.skipIf(chromiumPath === undefined)(`values of signals${chromiumNote}`, () => {
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

  it('steps to samples, and takes every value out of the screen', () =>
    use(async (page) => {
      await waitForCharts(page);
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction(
        `document.querySelector('.signals-axis .axis-pill:last-child')?.textContent === '0:27.322'`,
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
      await findShown(page, 'carState.aEgo').focus();
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

  it('shows hostile names as they are, and does what none of them says', () =>
    use(
      async (page) => {
        await findCharts(page).getByText('not in this log').first().waitFor();
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
