import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkWithAxe } from '../support/axe-check.ts';
import { chromiumNote, chromiumPath, openBrowser } from '../support/browser.ts';
import { bundleLogPage, type BundledPage, type LookOptions } from '../support/fake-log-page.ts';
import { countAsked, lastAct, lastAsked, LOOKS, nextFrames, usePage } from '../support/page-use.ts';

const HOST = `
  import { makeFakeLogHost } from './test/support/fake-log-hosts.ts';
  import { makeOverview, makeLogInfo, makeServices } from './test/support/fake-log.ts';
  import { makeTextAnswers } from './test/support/fake-text-log.ts';
  const services = ['can', 'carState', 'carControl', 'procLog', 'logMessage'].map((service) =>
    ({ ...makeServices()[0], service, count: 20000 }));
  function makeHost(query) {
    return makeFakeLogHost({
      remembered: { tab: 'events', cursor: 27.072, range: null, isFollowing: query.has('follow'), parts: {} },
      overview: { info: makeLogInfo({ services }) },
      answers: makeTextAnswers({
        isHostile: query.has('hostile'), isSearching: query.has('searching'),
        delayMs: Number(query.get('delay') ?? 0),
      }),
    });
  }
`;

describe.skipIf(chromiumPath === undefined)(`tab of events${chromiumNote}`, () => {
  let browser: Browser;
  let bundled: BundledPage;

  beforeAll(async () => {
    browser = await openBrowser();
    bundled = await bundleLogPage(HOST);
  });
  afterAll(() => browser.close());

  const grid = (page: Page) => page.getByRole('grid', { name: 'Events' });
  const rows = (page: Page) => grid(page).getByRole('row').filter({ hasText: 'vEgo' });
  const tree = (page: Page) => page.getByRole('tree', { name: /^Fields of/ });
  const cursorRow = (page: Page) => grid(page).getByLabel(/^Time cursor/);
  const isSelected = '[aria-selected="true"]';

  async function use(act: (page: Page) => Promise<void>, look: Partial<LookOptions> = {}): Promise<void> {
    await usePage(
      { browser, bundled },
      async (page) => {
        await cursorRow(page).waitFor();
        await act(page);
      },
      look,
    );
  }

  async function select(page: Page): Promise<void> {
    await grid(page).getByText('carState', { exact: true }).first().click();
    await tree(page).getByText('wheelSpeeds').waitFor();
    await nextFrames(page);
  }

  it.each(LOOKS)('has nothing amiss: %s', async (_, look) => {
    await use(async (page) => {
      await select(page);
      expect(await checkWithAxe(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    }, look);
  });

  it('shows the time cursor between the events before and behind', () =>
    use(async (page) => {
      expect(await cursorRow(page).textContent()).toBe('0:27.072');
      const place = await cursorRow(page).locator('..').getAttribute('aria-rowindex');
      expect(place).toBe(String(Math.floor((27.072 / 66) * 100_000) + 3));
      expect(await cursorRow(page).isVisible()).toBe(true);
    }));

  it('keeps a selected event through filters, and leaves the cursor where it is without following', () =>
    use(async (page) => {
      await select(page);
      const index = await grid(page).locator(isSelected).locator('> :first-child').textContent();
      await page.getByRole('button', { name: /^All services/ }).click();
      const choice = page.getByRole('dialog', { name: 'Services that are shown' });
      await choice.getByRole('checkbox', { name: 'procLog' }).uncheck();
      await page.keyboard.press('Escape');
      await page.getByText('80\u2009000 events').waitFor();
      await grid(page).locator(isSelected).waitFor();
      expect(await grid(page).locator(isSelected).locator('> :first-child').textContent()).toBe(index);
      expect(await lastAsked(page, 'sessions/events')).toMatchObject({ filter: { excluding: ['procLog'] } });
      expect(await page.getByRole('slider', { name: 'Time cursor' }).getAttribute('aria-valuetext')).toBe(
        '0:27.072',
      );
      await page.getByRole('button', { name: 'Show procLog again' }).click();
      await page.getByText('100\u2009000 events').waitFor();
    }));

  it('closes the list of services with the button that has opened it', () =>
    use(async (page) => {
      const button = page.getByRole('button', { name: /^All services/ });
      const choice = page.getByRole('dialog', { name: 'Services that are shown' });
      await button.click();
      expect(await choice.count()).toBe(1);
      await button.click();
      expect(await choice.count()).toBe(0);
      await button.click();
      expect(await choice.count()).toBe(1);
      expect(await button.getAttribute('aria-expanded')).toBe('true');
    }));

  it('moves the cursor with the selection where it follows', () =>
    use(
      async (page) => {
        await select(page);
        const time = await grid(page).locator(isSelected).locator('> :nth-child(2)').textContent();
        await nextFrames(page);
        const slider = page.getByRole('slider', { name: 'Time cursor' });
        expect((await slider.getAttribute('aria-valuetext'))?.slice(0, 6)).toBe(time?.slice(0, 6));
        const before = await grid(page).locator(isSelected).getAttribute('aria-rowindex');
        await page.keyboard.press('ArrowDown');
        await nextFrames(page);
        expect(await grid(page).locator(':focus').getAttribute('aria-selected')).toBe('true');
        expect(Number(await grid(page).locator(isSelected).getAttribute('aria-rowindex'))).toBe(
          Number(before) + 1,
        );
      },
      { query: 'follow' },
    ));

  it('shows the fields of an event as a tree that keys open, close and plot', () =>
    use(async (page) => {
      await select(page);
      await page.keyboard.press('ArrowRight');
      expect(await tree(page).locator(':focus').getAttribute('aria-level')).toBe('1');
      await page.keyboard.press('End');
      expect(await tree(page).locator(':focus').textContent()).toContain('fr');
      await page.keyboard.press('ArrowLeft');
      expect(await tree(page).locator(':focus').textContent()).toContain('wheelSpeeds');
      await page.keyboard.press('ArrowLeft');
      expect(await tree(page).locator(':focus').getAttribute('aria-expanded')).toBe('false');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      expect(await tree(page).locator(':focus').textContent()).toMatch(/^fl18\.8▴0\.25/);
      await page.keyboard.press('p');
      expect(await page.getByRole('tab', { name: 'Signals' }).getAttribute('aria-selected')).toBe('true');
    }));

  it('leaves the fields for the rows with Escape', () =>
    use(async (page) => {
      await select(page);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Escape');
      expect(await grid(page).locator(':focus').getAttribute('aria-selected')).toBe('true');
    }));

  it('filters the fields', () =>
    use(async (page) => {
      await select(page);
      await page.getByRole('textbox', { name: 'Filter fields' }).fill('fl');
      await tree(page).getByText('vEgo').waitFor({ state: 'detached' });
      expect(await tree(page).getByRole('treeitem').allTextContents()).toEqual([
        'carStatestruct',
        'wheelSpeedsstruct',
        expect.stringMatching(/^fl/),
      ]);
    }));

  it('goes from an event to the next of its service, leaves a service out, copies', () =>
    use(async (page) => {
      await select(page);
      const first = Number((await lastAsked(page, 'sessions/event'))['index']);
      await page.keyboard.press('Alt+ArrowDown');
      await nextFrames(page);
      expect((await lastAsked(page, 'sessions/event'))['index']).toBe(first + 5);
      await page.keyboard.press('Control+c');
      expect(await lastAct(page)).toEqual({ action: 'copyText', text: '{"vEgo":18.8}' });
      await page.keyboard.press('x');
      await page.getByText('excluding').waitFor();
      expect(await lastAsked(page, 'sessions/events')).toMatchObject({ filter: { excluding: ['carState'] } });
    }));

  it('says how far a text is searched', () =>
    use(
      async (page) => {
        await page.keyboard.press('/');
        await page.keyboard.type('cruise');
        await page.getByText('100\u2009000 events so far, searched to 0:12.3').waitFor();
        const before = await countAsked(page, 'sessions/events');
        await expect.poll(() => countAsked(page, 'sessions/events')).toBeGreaterThan(before);
      },
      { query: 'searching' },
    ));

  it('leaves the events where they were scrolled to while a text is searched', () =>
    use(
      async (page) => {
        const body = grid(page).locator('.grid-body');
        await page.getByRole('textbox', { name: 'Text in any field' }).fill('cruise');
        await page.getByText(/searched to/).waitFor();
        await cursorRow(page).waitFor();
        await nextFrames(page);
        await body.evaluate((element) => element.scrollTo(0, 0));
        const times = await countAsked(page, 'sessions/findEvent');
        await expect.poll(() => countAsked(page, 'sessions/findEvent')).toBeGreaterThan(times + 1);
        await nextFrames(page);
        expect(await body.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
      },
      { query: 'searching' },
    ));

  it('says why no event is seen', () =>
    use(async (page) => {
      await page.getByRole('textbox', { name: 'Text in any field' }).fill('nothing');
      await page.getByText('No event passes the filters').waitFor();
      await page.getByText('Text “nothing”. 100\u2009000 events are hidden.').waitFor();
      await page.getByRole('button', { name: 'Clear Filters' }).click();
      await rows(page).first().waitFor();
    }));

  it('shows texts of any kind as text', () =>
    use(
      async (page) => {
        await grid(page).getByText('carState', { exact: true }).first().click();
        await tree(page).getByText('__proto__').waitFor();
        expect(await page.title()).not.toBe('hit');
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
        expect(await checkWithAxe(page)).toEqual([]);
      },
      { query: 'hostile' },
    ));

  it('scrolls through 100,000 events with no row blank for longer than the answer takes', () =>
    use(
      async (page) => {
        const blank = await page.evaluate<number>(MEASURE_BLANK);
        expect(blank).toBeLessThan(1000);
        const shown = await rows(page).count();
        expect(shown).toBeGreaterThan(20);
      },
      { query: 'delay=5' },
    ));
});

/** Scrolls in steps of a window, and tells for how long at most rows stood empty. */
const MEASURE_BLANK = `(async () => {
  const body = document.querySelector('.events-list .grid-body');
  let longest = 0;
  let since = null;
  for (let step = 0; step < 60; step += 1) {
    body.scrollTop += 700;
    await new Promise((done) => requestAnimationFrame(() => done()));
    const isBlank = body.querySelector('.grid-row.is-waiting:not([hidden])') !== null;
    if (!isBlank) since = null;
    else since ??= performance.now();
    if (since !== null) longest = Math.max(longest, performance.now() - since);
  }
  return longest;
})()`;
