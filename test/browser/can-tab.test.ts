import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkWithAxe } from '../support/axe-check.ts';
import { chromiumNote, chromiumPath, openBrowser } from '../support/browser.ts';
import { bundleLogPage, type BundledPage, type LookOptions } from '../support/fake-log-page.ts';
import { countAsked, lastAct, lastAsked, LOOKS, nextFrames, usePage } from '../support/page-use.ts';

const HOST = `
  import { makeFakeLogHost } from './test/support/fake-log-hosts.ts';
  import { chooseCanAnswers } from './test/support/fake-can-logs.ts';
  function makeHost(query) {
    const parts = query.has('parts') ? JSON.parse(query.get('parts')) : {};
    return makeFakeLogHost({
      remembered: { tab: 'can', cursor: 27.072, range: { from: 14, to: 42 }, parts },
      answers: chooseCanAnswers(query.get('log')),
    });
  }
`;

describe.skipIf(chromiumPath === undefined)(`tab of CAN${chromiumNote}`, () => {
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

  const grid = (page: Page) => page.getByRole('grid', { name: 'Messages' });
  const row = (page: Page, name: string) => grid(page).getByRole('row', { name: new RegExp(`, ${name}, `) });
  const field = (page: Page, column: string) => page.getByRole('textbox', { name: `Filter ${column}` });
  const detail = (page: Page) => page.getByRole('region', { name: 'Message', exact: true });
  const signals = (page: Page) => page.getByRole('grid', { name: 'Signals' });
  const bits = (page: Page) => page.getByRole('grid', { name: /^Bits of/ });

  async function select(page: Page, name = 'MESSAGE_3'): Promise<void> {
    await row(page, name).click();
    await signals(page).getByText('SPEED', { exact: true }).waitFor();
    await nextFrames(page);
  }

  it.each(LOOKS)('has nothing amiss: %s', async (_, look) => {
    await use(async (page) => {
      await select(page);
      expect(await checkWithAxe(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    }, look);
  });

  it('shows the bytes at the cursor, in words as well', () =>
    use(async (page) => {
      await row(page, 'MESSAGE_3').waitFor();
      const label = await row(page, 'MESSAGE_3').getAttribute('aria-label');
      expect(label).toMatch(/^Bus 0, 0x023, MESSAGE_3, data ([\dA-F]{2} ){7}[\dA-F]{2}, byte 0 /);
      expect(
        await grid(page)
          .getByRole('row', { name: /no frame yet/ })
          .count(),
      ).toBe(1);
      expect(await grid(page).getAttribute('aria-rowcount')).toBe('177');
    }));

  it('filters by what is typed, and says what is not understood', () =>
    use(async (page) => {
      await field(page, 'id').fill('0x21-0x24');
      await page.waitForFunction(() => document.querySelector('.message-grid')?.ariaRowCount === '6');
      await field(page, 'id').fill('0xzz');
      await page.getByText(/0xzz/).waitFor();
      expect(await field(page, 'id').getAttribute('aria-invalid')).toBe('true');
      await field(page, 'id').press('Escape');
      await field(page, 'name').fill('nothing is called this');
      await page.getByText('No message passes the filters').waitFor();
      await page.getByText('Name “nothing is called this”. 175 messages are hidden.').waitFor();
      await page.getByRole('button', { name: 'Clear Filters' }).click();
      await row(page, 'MESSAGE_3').waitFor();
      expect(await field(page, 'name').inputValue()).toBe('');
    }));

  it('keeps the detail of a message that the filters hide', () =>
    use(async (page) => {
      await select(page);
      await field(page, 'name').fill('MESSAGE_6');
      await page.getByText('MESSAGE_3 does not pass the filters.').waitFor();
      expect(await detail(page).getByRole('heading', { name: 'MESSAGE_3' }).isVisible()).toBe(true);
      await field(page, 'name').press('Escape');
      await page.waitForFunction(() => document.querySelector('.message-grid [aria-selected=true]') !== null);
    }));

  it('shows one bus, keeps the focus on its button, and says that it has no DBC', () =>
    use(async (page) => {
      const bus = page.getByRole('group', { name: 'Bus' }).getByRole('button', { name: '1 52' });
      await bus.click();
      await page.getByText('No DBC for bus 1.').waitFor();
      await page
        .getByText('40 messages show raw bytes only. This car is a TOYOTA RAV4; toyota_adas.dbc fits bus 1.')
        .waitFor();
      expect(await bus.getAttribute('aria-pressed')).toBe('true');
      expect(await bus.evaluate((element) => element === document.activeElement)).toBe(true);
      await page.getByRole('button', { name: 'Use toyota_adas' }).click();
      await page.getByText('No DBC for bus 1.').waitFor({ state: 'detached' });
      expect(await lastAsked(page, 'sessions/useDatabases')).toMatchObject({
        databases: [
          { bus: 0, path: '/dbc/toyota_new_mc_pt.dbc' },
          { bus: 1, path: '/dbc/toyota_adas.dbc' },
        ],
      });
    }));

  it('lists the databases of all buses', () =>
    use(async (page) => {
      await row(page, 'MESSAGE_3').waitFor();
      await page.getByRole('button', { name: /decoded/ }).click();
      const dialog = page.getByRole('dialog', { name: 'DBC files' });
      await dialog.getByText(/toyota_new_mc_pt, by the car: 75/).waitFor();
      expect(await checkWithAxe(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: /decoded/ }).click();
      await dialog.getByRole('button', { name: 'Choose DBC…' }).last().click();
      expect(await lastAct(page)).toEqual({ action: 'chooseDatabase', bus: 1 });
    }));

  it('leaves the messages where they were scrolled to when they are asked for anew', () =>
    use(async (page) => {
      await select(page);
      const body = grid(page).locator('.grid-body');
      await body.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      await nextFrames(page);
      const before = await body.evaluate(({ scrollTop }) => scrollTop);
      const times = await countAsked(page, 'sessions/messages');
      await page.getByRole('button', { name: /DBC · / }).click();
      await page.getByRole('dialog').getByRole('button', { name: /^Use / }).first().click();
      await expect.poll(() => countAsked(page, 'sessions/messages')).toBeGreaterThan(times);
      await nextFrames(page);
      expect(before).toBeGreaterThan(0);
      expect(await body.evaluate(({ scrollTop }) => scrollTop)).toBe(before);
    }));

  it('sorts by a head, once more the other way', () =>
    use(async (page) => {
      const head = grid(page).getByRole('columnheader', { name: /Frames/ });
      await head.getByRole('button').click();
      expect(await head.getAttribute('aria-sort')).toBe('descending');
      await nextFrames(page);
      const first = grid(page).locator('[aria-rowindex="3"]');
      expect(await first.textContent()).toContain('1\u2009800');
      await head.getByRole('button').click();
      await nextFrames(page);
      expect(await first.textContent()).toContain('60');
    }));

  it('is used by keys alone', () =>
    use(async (page) => {
      await row(page, 'MESSAGE_0').click();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await signals(page).getByText('SPEED', { exact: true }).waitFor();
      await page.keyboard.press('Enter');
      expect(await bits(page).locator(':focus').textContent()).toContain('Byte 0 bit 7');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Shift+ArrowRight');
      await page.keyboard.press('Shift+ArrowRight');
      expect(await bits(page).locator('.is-new').count()).toBe(3);
      await page.keyboard.press('Enter');
      expect(await lastAct(page)).toEqual({
        action: 'copyText',
        text: ' SG_ NEW_SIGNAL : 12|3@1+ (1,0) [0|0] "" XXX',
      });
      await page.keyboard.press('Escape');
      expect(await grid(page).locator(':focus').getAttribute('aria-label')).toContain('MESSAGE_3');
    }));

  it('goes from a bit to its signal, and plots it', () =>
    use(async (page) => {
      await select(page);
      await bits(page)
        .getByRole('gridcell', { name: /^Byte 2 bit 5/ })
        .click();
      await page.getByText('DBC bit 21 · in order 18').waitFor();
      await page.keyboard.press('Enter');
      expect(await signals(page).locator(':focus').textContent()).toContain('CRUISE_ACTIVE');
      await page.keyboard.press('p');
      expect(await page.getByRole('tab', { name: 'Signals' }).getAttribute('aria-selected')).toBe('true');
    }));

  it('steps from frame to frame, and shows where in the history that is', () =>
    use(async (page) => {
      await select(page);
      await page.getByText('frame 774 of 1\u2009890').waitFor();
      await row(page, 'MESSAGE_3').press('ArrowRight');
      await page.getByText('frame 775 of 1\u2009890').waitFor();
      await row(page, 'MESSAGE_3').press('ArrowLeft');
      await page.getByText('frame 774 of 1\u2009890').waitFor();
      const current = page.locator('.history-grid .is-current');
      await current.getByText('0:27.065').waitFor();
      expect(await current.isVisible()).toBe(true);
    }));

  it('filters the history, and says which condition is none', () =>
    use(async (page) => {
      await select(page);
      const filter = page.getByRole('textbox', { name: 'Filter history' });
      await filter.fill('SPEED < 0');
      await page.getByText(/12 of 1\u2009890 pass/).waitFor();
      expect(await lastAsked(page, 'sessions/frames')).toMatchObject({ condition: 'SPEED < 0' });
      await filter.fill('odd');
      await page.getByText('“odd” is no condition: write ACCEL_NET < 0').waitFor();
    }));

  it('quietens bytes that always toggle, and takes colours and heat away', () =>
    use(async (page) => {
      await select(page, 'MESSAGE_0');
      const toggling = row(page, 'MESSAGE_0').locator('.is-toggling');
      const before = await toggling.count();
      expect(before).toBeGreaterThan(0);
      await page.keyboard.press('s');
      await nextFrames(page);
      expect(await toggling.count()).toBe(0);
      await page.keyboard.press('Shift+S');
      await nextFrames(page);
      expect(await toggling.count()).toBe(before);
      await page.keyboard.press('c');
      const colours = page.getByRole('button', { name: 'Colour changed bytes' });
      expect(await colours.getAttribute('aria-pressed')).toBe('false');
      await page.keyboard.press('h');
      const heat = page.getByRole('button', { name: 'Changed-bit heat map' });
      expect(await heat.getAttribute('aria-pressed')).toBe('false');
      await page.keyboard.press('d');
      await page.waitForFunction(() => document.querySelector('.message-grid')?.ariaRowCount === '61');
    }));

  it('says that there is no CAN', () =>
    use(
      async (page) => {
        await page.getByText('This log has no CAN events').waitFor();
        await page.getByRole('button', { name: 'Open Overview' }).click();
        expect(await page.getByRole('tab', { name: 'Overview' }).getAttribute('aria-selected')).toBe('true');
      },
      { query: 'log=empty' },
    ));

  it('believes nothing of what was remembered', () => {
    const can = {
      filters: { texts: { id: { a: 1 }, name: 7 }, bus: 'x' },
      sort: 3,
      selected: [],
      switches: 9,
    };
    return use(
      async (page) => {
        await select(page);
      },
      { query: `parts=${encodeURIComponent(JSON.stringify({ can }))}` },
    );
  });

  it('shows names, identifiers and payloads of any size as text', () =>
    use(
      async (page) => {
        await grid(page).getByText('LONG_ID').click();
        await signals(page).getByText('WHOLE', { exact: true }).waitFor();
        await nextFrames(page);
        expect(await page.title()).not.toBe('hit');
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
        const id = grid(page).getByText('0x1FFFFFFF', { exact: true });
        const isCut = await id.evaluate((cell) => cell.scrollWidth > cell.clientWidth);
        expect(isCut).toBe(false);
        expect(await bits(page).getByRole('gridcell').count()).toBe(512);
        expect(await checkWithAxe(page)).toEqual([]);
      },
      { query: 'log=hostile' },
    ));
});
