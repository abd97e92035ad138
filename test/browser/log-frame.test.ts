import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkWithAxe } from '../support/axe-check.ts';
import { chromiumNote, chromiumPath, openBrowser } from '../support/browser.ts';
import {
  bundleLogPage,
  type BundledPage,
  type LookOptions,
  openBundledPage,
} from '../support/fake-log-page.ts';
import { lastAct, LOOKS, nextFrames } from '../support/page-use.ts';

const HOST = `
  import { makeFakeLogHost } from './test/support/fake-log-hosts.ts';
  const remembered = { tab: 'overview', cursor: 27.072, range: { from: 14, to: 42 }, parts: {} };
  const fields = [{ path: 'carParams.carVin', value: 'LABCARTESTVIN0001' }];
  function makeHost(query) {
    return makeFakeLogHost({
      ...(query.has('fresh') ? {} : { remembered }),
      answers: {
        'sessions/events': () => ({ revision: 1, total: 1, searchedSeconds: null, from: 0, rows: [{ index: 7 }] }),
        'sessions/event': () => ({ fields }),
      },
    });
  }
`;

describe.skipIf(chromiumPath === undefined)(`frame and overview of the log editor${chromiumNote}`, () => {
  let browser: Browser;
  let bundled: BundledPage;

  beforeAll(async () => {
    browser = await openBrowser();
    bundled = await bundleLogPage(HOST);
  });
  afterAll(() => browser.close());

  /** Uses the page, and expects that nothing goes wrong meanwhile. */
  async function use(act: (page: Page) => Promise<void>, look: Partial<LookOptions> = {}): Promise<void> {
    const { page, problems } = await openBundledPage(browser, bundled, { theme: 'dark', ...look });
    await page.getByRole('row', { name: /sendcan/ }).waitFor();
    await act(page);
    expect(problems).toEqual([]);
    await page.close();
  }

  const slider = (page: Page) => page.getByRole('slider', { name: 'Time cursor' });
  const timeOf = async (page: Page): Promise<number> => {
    await nextFrames(page);
    return Number(await slider(page).getAttribute('aria-valuenow'));
  };
  /** What was remembered last: cursor, range and tab as the page has them. */
  const lastKept = async (
    page: Page,
  ): Promise<{ cursor: number; range: { from: number; to: number } | null }> =>
    page.evaluate('globalThis.fakeHost.remembered.at(-1)');

  const FRAME_LOOKS = [...LOOKS, ['2000 px wide', { theme: 'dark', width: 2000, height: 1000 }]] as const;

  it.each(FRAME_LOOKS)('has nothing amiss: %s', async (_, look) => {
    await use(async (page) => {
      expect(await checkWithAxe(page)).toEqual([]);
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      expect(overflow).toBeLessThanOrEqual(0);
    }, look);
  });

  it('shows what was remembered', () =>
    use(async (page) => {
      expect(await timeOf(page)).toBe(27.072);
      expect(await slider(page).getAttribute('aria-valuetext')).toBe('0:27.072');
      expect(await page.locator('.read-out').textContent()).toBe('0:27.072of 1:06.2');
      expect(await page.title()).toBe('drive-minute.rlog.zst');
    }));

  it('moves the cursor by keys, in the page and on the bar', () =>
    use(async (page) => {
      await page.keyboard.press('Shift+ArrowRight');
      expect(await timeOf(page)).toBeCloseTo(28.072, 6);
      await page.keyboard.press('ArrowLeft');
      expect(await timeOf(page)).toBeCloseTo(28.062, 6);
      await slider(page).focus();
      await page.keyboard.press('Home');
      expect(await timeOf(page)).toBe(14);
      await page.keyboard.press('End');
      expect(await timeOf(page)).toBe(42);
      await page.keyboard.press('e');
      expect(await timeOf(page)).toBeGreaterThan(42);
    }));

  it('sets, zooms and walks the range by keys', () =>
    use(async (page) => {
      await page.keyboard.press('[');
      expect((await lastKept(page)).range).toEqual({ from: 27.072, to: 42 });
      await page.keyboard.press('0');
      expect((await lastKept(page)).range).toBeNull();
      await page.keyboard.press('Alt+ArrowLeft');
      expect((await lastKept(page)).range).toEqual({ from: 27.072, to: 42 });
      await page.keyboard.press('+');
      const { range } = await lastKept(page);
      expect((range?.to ?? 0) - (range?.from ?? 0)).toBeCloseTo((42 - 27.072) / 2, 6);
    }));

  it('goes to a time that is typed, and says what is none', () =>
    use(async (page) => {
      await page.keyboard.press('g');
      const field = page.getByRole('textbox', { name: /Time as/ });
      await field.fill('soon');
      await field.press('Enter');
      expect(await page.getByRole('alert').textContent()).toContain('“soon” is no time');
      await field.fill('1:02.5');
      await field.press('Enter');
      expect(await timeOf(page)).toBe(62.5);
    }));

  it('moves cursor and range by the pointer', () =>
    use(async (page) => {
      const box = await slider(page).boundingBox();
      if (box === null) throw new Error('no time bar');
      const at = (seconds: number): number => box.x + (seconds / 66.16) * box.width;
      const y = box.y + 50;
      await drag(page, { from: at(20), to: at(30), y });
      expect(await timeOf(page)).toBeCloseTo(30, 0);
      await drag(page, { from: at(14), to: at(10), y });
      expect((await lastKept(page)).range?.from).toBeCloseTo(10, 0);
      await page.keyboard.down('Alt');
      await drag(page, { from: at(50), to: at(55), y });
      await page.keyboard.up('Alt');
      const { range } = await lastKept(page);
      expect(range?.from).toBeCloseTo(50, 0);
      expect(range?.to).toBeCloseTo(55, 0);
      await page.mouse.move(at(52), y);
      await page.mouse.wheel(0, -300);
      await nextFrames(page);
      const zoomed = (await lastKept(page)).range;
      expect((zoomed?.to ?? 0) - (zoomed?.from ?? 0)).toBeLessThan(3.5);
      await page.mouse.dblclick(at(20), y);
      expect((await lastKept(page)).range).toBeNull();
    }));

  it('only previews where the pointer hovers', () =>
    use(async (page) => {
      const box = await slider(page).boundingBox();
      await page.mouse.move((box?.x ?? 0) + 500, (box?.y ?? 0) + 40);
      await nextFrames(page);
      expect(await timeOf(page)).toBe(27.072);
      expect(await page.locator('.track-hover').getAttribute('visibility')).toBe('visible');
    }));

  it('plays and pauses', () =>
    use(async (page) => {
      await page.keyboard.press('Space');
      await page.waitForTimeout(300);
      await page.getByRole('button', { name: 'Pause' }).click();
      const paused = await timeOf(page);
      expect(paused).toBeGreaterThan(27.1);
      expect(paused).toBeLessThan(29);
      await page.waitForTimeout(100);
      expect(await timeOf(page)).toBe(paused);
    }));

  it('chooses a speed from a menu, by keys', () =>
    use(async (page) => {
      const button = page.getByRole('button', { name: /^Speed/ });
      await button.focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      expect(await button.textContent()).toBe('2×');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('2×');
    }));

  it('changes tabs by keys', () =>
    use(async (page) => {
      await page.getByRole('tab', { name: 'Overview' }).focus();
      await page.keyboard.press('ArrowRight');
      expect(await page.getByRole('tab', { selected: true }).textContent()).not.toBe('Overview');
      await page.keyboard.press('Alt+1');
      expect(await page.getByRole('tab', { selected: true }).textContent()).toBe('Overview');
    }));

  it('lists all keys', () =>
    use(async (page) => {
      await page.keyboard.press('?');
      const dialog = page.getByRole('dialog', { name: 'Keys' });
      expect(await dialog.textContent()).toContain('range from cursor');
      expect(await checkWithAxe(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    }));

  it('leads from findings to their times', () =>
    use(async (page) => {
      await page.getByRole('button', { name: /3.findings/ }).click();
      expect(await checkWithAxe(page)).toEqual([]);
      await page.getByRole('menuitem', { name: /can silent/ }).click();
      expect(await timeOf(page)).toBe(35.56);
    }));

  it('copies the command that shows the same', () =>
    use(async (page) => {
      await page.keyboard.press('Alt+c');
      const text = 'cts info /logs/drive-minute.rlog.zst';
      expect(await lastAct(page)).toEqual({ action: 'copyText', text });
    }));

  it('sorts and filters services, and remembers both', () =>
    use(async (page) => {
      const names = (): Promise<readonly string[]> =>
        page.locator('.services .grid-body .grid-row:visible > :nth-child(2)').allTextContents();
      await page.keyboard.press('/');
      await page.keyboard.type('encode');
      await page.getByRole('row', { name: /sendcan/ }).waitFor({ state: 'hidden' });
      expect((await names()).filter((name) => name !== '')).toHaveLength(4);
      await page.getByRole('button', { name: 'Service', exact: true }).click();
      await nextFrames(page);
      const sorted = page.getByRole('columnheader', { name: /Service/ });
      expect(await sorted.getAttribute('aria-sort')).toBe('ascending');
      expect(await lastKept(page)).toMatchObject({
        parts: { overview: { text: 'encode', sort: { column: 'service', direction: 'ascending' } } },
      });
      await page.getByRole('textbox', { name: 'Filter services' }).fill('nothing of the kind');
      await page.getByRole('button', { name: 'Clear Filter' }).click();
      await page.getByRole('row', { name: /sendcan/ }).waitFor();
    }));

  it('walks the table by keys, from the heads to the end', () =>
    use(async (page) => {
      await page.locator('.services .grid-row[tabindex="0"]').focus();
      await page.keyboard.press('End');
      await nextFrames(page);
      const focused = page.locator('.services .grid-row:focus');
      expect(await focused.getAttribute('aria-rowindex')).toBe('47');
      expect(await focused.getAttribute('aria-selected')).toBe('true');
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowUp');
      expect(await page.evaluate('document.activeElement.closest("[role=columnheader]") !== null')).toBe(
        true,
      );
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      expect(await page.getByRole('tab', { selected: true }).textContent()).toBe('Events');
    }));

  it('shows the VIN on demand only', () =>
    use(async (page) => {
      expect(await page.locator('body').textContent()).not.toContain('LABCARTESTVIN0001');
      await page.locator('.route-facts').getByRole('button', { name: 'Show' }).click();
      await page.getByText('LABCARTESTVIN0001').waitFor();
    }));

  it('leads from pictures and text errors to their times', () =>
    use(async (page) => {
      await page.getByRole('button', { name: 'Picture at 0:13.00' }).click();
      expect(await timeOf(page)).toBe(13);
      await page.locator('.text-error').first().click();
      expect(await timeOf(page)).toBeCloseTo(6.15, 2);
      await expect.poll(() => page.locator('.thumbnail-picture img').count()).toBe(12);
    }));

  it('draws at most once per frame, however fast the pointer is', () =>
    use(async (page) => {
      const drawn = await page.evaluate<number>(`new Promise((done) => {
        const line = document.querySelector('.time-track .cursor-line');
        let count = 0;
        new MutationObserver((changes) => (count += changes.length)).observe(line, { attributes: true });
        const track = document.querySelector('.time-track');
        const { left } = track.getBoundingClientRect();
        requestAnimationFrame(() => {
          const tell = (type, x) => track.dispatchEvent(new PointerEvent(type, { clientX: left + x, clientY: 60, button: 0, pointerId: 1, bubbles: true }));
          track.setPointerCapture = () => undefined;
          tell('pointerdown', 100);
          for (let x = 0; x < 500; x++) tell('pointermove', 100 + x);
          requestAnimationFrame(() => requestAnimationFrame(() => done(count)));
        });
      })`);
      expect(drawn).toBeGreaterThan(0);
      expect(drawn).toBeLessThanOrEqual(3);
    }));
});

interface Drag {
  readonly from: number;
  readonly to: number;
  readonly y: number;
}

async function drag(page: Page, { from, to, y }: Drag): Promise<void> {
  await page.mouse.move(from, y);
  await page.mouse.down();
  await page.mouse.move((from + to) / 2, y);
  await page.mouse.move(to, y);
  await page.mouse.up();
}
