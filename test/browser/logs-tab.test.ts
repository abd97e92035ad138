import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkWithAxe } from '../support/axe-check.ts';
import { chromiumNote, chromiumPath, openBrowser } from '../support/browser.ts';
import { bundleLogPage, type BundledPage, type LookOptions } from '../support/fake-log-page.ts';
import { lastAct, lastAsked, LOOKS, nextFrames, usePage } from '../support/page-use.ts';

const HOST = `
  import { makeFakeLogHost } from './test/support/fake-log-hosts.ts';
  import { makeTextAnswers } from './test/support/fake-text-log.ts';
  function makeHost(query) {
    return makeFakeLogHost({
      remembered: { tab: 'logs', cursor: 27.072, range: null, isFollowing: true, parts: {} },
      answers: makeTextAnswers({
        isHostile: query.has('hostile'),
        ...(query.has('empty') ? { lines: 0 } : {}),
      }),
    });
  }
`;

describe.skipIf(chromiumPath === undefined)(`tab of log text${chromiumNote}`, () => {
  let browser: Browser;
  let bundled: BundledPage;

  beforeAll(async () => {
    browser = await openBrowser();
    bundled = await bundleLogPage(HOST);
  });
  afterAll(() => browser.close());

  const grid = (page: Page) => page.getByRole('grid', { name: 'Log lines' });
  const selected = (page: Page) => grid(page).locator('[aria-selected="true"]');
  const whole = (page: Page) => page.getByRole('region', { name: 'The whole text of the line' });
  const cursorRow = (page: Page) => grid(page).getByLabel(/^Time cursor/);

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

  async function goToError(page: Page): Promise<void> {
    await page.keyboard.press('e');
    await selected(page).getByText('errorLogMessage').waitFor();
    await nextFrames(page);
  }

  it.each(LOOKS)('has nothing amiss: %s', async (_, look) => {
    await use(async (page) => {
      await goToError(page);
      await selected(page).click();
      await page.keyboard.press('ArrowRight');
      await whole(page).waitFor();
      expect(await checkWithAxe(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    }, look);
  });

  it('leaves debugging out at first, and counts the lines of each source', () =>
    use(async (page) => {
      await page.getByRole('button', { name: 'errorLogMessage 28' }).waitFor();
      await page.getByText('2\u2009656 of 2\u2009856 lines · times from monoTime').waitFor();
      await page.getByRole('button', { name: 'Debug' }).click();
      await page.getByText('2\u2009856 lines · times from monoTime').waitFor();
      await page.getByRole('button', { name: /^androidLog/ }).click();
      await nextFrames(page);
      expect(await lastAsked(page, 'sessions/logLines')).toMatchObject({
        filter: { sources: ['logMessage', 'errorLogMessage'] },
      });
    }));

  it('goes from error to error, and the cursor goes along', () =>
    use(async (page) => {
      await goToError(page);
      const first = await selected(page).textContent();
      const slider = page.getByRole('slider', { name: 'Time cursor' });
      const time = await slider.getAttribute('aria-valuetext');
      expect(first).toContain(time);
      await page.getByRole('button', { name: /^Next error/ }).click();
      await nextFrames(page);
      expect(await selected(page).textContent()).not.toBe(first);
      expect(await slider.getAttribute('aria-valuetext')).not.toBe(time);
    }));

  it('opens a traceback below its line, and closes it', () =>
    use(async (page) => {
      await goToError(page);
      await selected(page).click();
      await page.keyboard.press('ArrowRight');
      await whole(page).getByText('Traceback (most recent call last):').waitFor();
      const top = (await whole(page).boundingBox())?.y ?? 0;
      const line = await selected(page).boundingBox();
      expect(top).toBeGreaterThanOrEqual((line?.y ?? 0) + 22);
      await page.keyboard.press('ArrowLeft');
      await whole(page).waitFor({ state: 'detached' });
      await page.keyboard.press('Enter');
      await whole(page).waitFor();
    }));

  it('searches, and goes from match to match', () =>
    use(async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('panda');
      await page.getByText(/^\d+ of 2\u2009856 lines/).waitFor();
      await page.keyboard.press('F3');
      await selected(page).getByText('panda').waitFor();
      const first = await selected(page).textContent();
      await page.keyboard.press('F3');
      await nextFrames(page);
      const second = await selected(page).textContent();
      expect(second).not.toBe(first);
      await page.keyboard.press('Shift+F3');
      await nextFrames(page);
      expect(await selected(page).textContent()).toBe(first);
    }));

  it('copies a line with what it stands in front of', () =>
    use(async (page) => {
      await goToError(page);
      await page.keyboard.press('Control+c');
      const act = await lastAct(page);
      expect(act?.['action']).toBe('copyText');
      expect(act?.['text']).toMatch(/^0:\d\d\.\d{3} error errorLogMessage line \d+ wifi .*\nTraceback/);
    }));

  it('keeps the focus on the selected line when the cursor passes by', () =>
    use(async (page) => {
      await grid(page).getByText('androidLog').first().click();
      await page.keyboard.press('e');
      await selected(page).getByText('errorLogMessage').waitFor();
      await nextFrames(page);
      expect(await grid(page).locator(':focus').getAttribute('aria-selected')).toBe('true');
    }));

  it('says why no line is seen, and that there is none', async () => {
    await use(async (page) => {
      await page.getByRole('textbox', { name: 'Search' }).fill('not to be found');
      await page.getByText('No line passes the filters').waitFor();
      await page
        .getByText('Text “not to be found”, level info and above. 2\u2009856 lines are hidden.')
        .waitFor();
      await page.getByRole('button', { name: 'Clear Filters' }).click();
      await cursorRow(page).waitFor();
    });
    await usePage(
      { browser, bundled },
      async (page) => {
        await page.getByText('This log has no text').waitFor();
      },
      { query: 'empty' },
    );
  });

  it('shows texts of any kind as text', () =>
    use(
      async (page) => {
        await grid(page).getByText('__proto__', { exact: true }).first().click();
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowRight');
        await whole(page).waitFor();
        expect(await page.title()).not.toBe('hit');
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
      },
      { query: 'hostile' },
    ));
});
