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
import { countAsked } from '../support/page-use.ts';

const HOST = `
  import { makeFakeLogHost } from './test/support/fake-log-hosts.ts';
  import { makeLoadReport, makeLogInfo, makeSegmentReport, makeServices, makeSessionState } from './test/support/fake-log.ts';
  import { failWith } from './test/support/fake-page-host.ts';

  const cut = makeLoadReport({
    segments: [
      makeSegmentReport({
        isWhole: false,
        events: 617,
        fileBytes: 118860,
        logBytes: 262144,
        problems: [
          { code: 'CONTAINER_CUT', message: 'Stream ended early: no end mark of zstd', atByte: 118860 },
          { code: 'LOG_CUT', message: '3 984 bytes of one unfinished event left out', atByte: 258160, byteLength: 3984 },
        ],
      }),
    ],
  });
  const odd = makeLoadReport({ segments: [makeSegmentReport({ isWhole: false, events: 1134, unreadableEvents: 12 })] });
  const unknown = { ...makeServices()[0], service: 'unknown(148)', tag: 148, count: 38 };
  const refused = (code, firstBytesHex = null) => ({
    state: {
      phase: 'failed', events: 0, seconds: 0, expectedSeconds: null, kinds: [],
      report: makeLoadReport({ segments: [] }),
      failure: { code, message: 'It cannot be read.', firstBytesHex },
    },
  });
  const hostile = '<img src=x onerror=alert(1)>\\u001b[31mred';
  const STATES = {
    loading: {
      state: { phase: 'reading', fraction: 0.24, events: 20642, seconds: 20.6, expectedSeconds: 66, report: makeLoadReport({ segments: [] }) },
      overview: { info: makeLogInfo({ services: makeServices().slice(0, 5) }), findings: [] },
    },
    cut: { state: { seconds: 6.58, events: 617, report: cut }, overview: { info: makeLogInfo({ report: cut }), findings: [] } },
    odd: { state: { report: odd }, overview: { info: makeLogInfo({ report: odd, services: [unknown] }), findings: [] } },
    foreign: refused('NOT_A_LOG', '1F8B0800'),
    empty: refused('FILE_EMPTY'),
    gone: { answers: { 'sessions/open': () => { throw failWith('FILE_NOT_FOUND', 'No file at /logs/x'); } } },
    untrusted: { isTrusted: false },
    grown: { state: { hasGrown: true } },
    many: { isTrusted: false, state: { hasGrown: true, kinds: ['qlog'], report: odd } },
    hostile: {
      overview: {
        info: makeLogInfo({
          name: hostile,
          car: { fingerprint: hostile, brand: null, vin: hostile },
          services: [{ ...makeServices()[0], service: hostile }, { ...makeServices()[1], service: '__proto__' }],
        }),
        findings: [{ kind: 'gap', severity: 'warning', service: hostile, atSeconds: 1e300, text: hostile }],
        textErrors: [{ index: 1, seconds: 3, text: hostile }],
      },
    },
  };
  function makeHost(query) {
    return makeFakeLogHost(STATES[query.get('state')]);
  }
  globalThis.makeState = makeSessionState;
`;

describe.skipIf(chromiumPath === undefined)(`states of the log editor${chromiumNote}`, () => {
  let browser: Browser;
  let bundled: BundledPage;

  beforeAll(async () => {
    browser = await openBrowser();
    bundled = await bundleLogPage(HOST);
  });
  afterAll(() => browser.close());

  /** Opens a state, and expects that nothing goes wrong while it is used. */
  async function use(
    state: string,
    act: (page: Page) => Promise<void>,
    look: Partial<LookOptions> = {},
  ): Promise<void> {
    const { page, problems } = await openBundledPage(browser, bundled, {
      theme: 'dark',
      query: `state=${state}`,
      ...look,
    });
    await page.locator('.log-page').waitFor();
    await act(page);
    expect(problems).toEqual([]);
    await page.close();
  }

  const textOf = async (page: Page, selector: string): Promise<string> =>
    ((await page.locator(selector).textContent()) ?? '').replaceAll(/[\u2009\u00A0]/g, ' ');

  it('while a log is read, what is there is there', () =>
    use('loading', async (page) => {
      await page.getByRole('row', { name: /carState/ }).waitFor();
      const bar = page.getByRole('progressbar', { name: 'Reading log' });
      expect(await bar.getAttribute('aria-valuenow')).toBe('24');
      expect(await textOf(page, '.loading-text')).toBe(
        '24 % · 20 642 events so far · up to 0:20.6 of about 1:06',
      );
      expect(await page.locator('.services .is-waiting').count()).toBe(5);
      expect(await checkWithAxe(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByText('Reading was stopped at 0:20.6.').waitFor();
      expect(await bar.isVisible()).toBe(false);
      await page.getByRole('button', { name: 'Read On' }).click();
      await bar.waitFor();
      await page.evaluate('globalThis.fakeHost.tellState(globalThis.makeState({ revision: 9 }))');
      await bar.waitFor({ state: 'hidden' });
      expect(await page.locator('.services .is-waiting:visible').count()).toBe(0);
    }));

  it.each(['dark', 'light', 'hc', 'hc-light'] as const)('a log that is cut off: %s', (theme) =>
    use(
      'cut',
      async (page) => {
        await page.locator('.report-map').waitFor();
        expect(await textOf(page, '.banner p')).toBe(
          'This log is cut off at 0:06.58. The zstd stream ends after 118 860 bytes in the middle of an event. ' +
            '617 events before it are shown; later ones were never written or are lost.',
        );
        expect(await page.locator('.report-map').getAttribute('aria-label')).toMatch(
          /^Read 258.160 of 262.144 unpacked/,
        );
        expect(await checkWithAxe(page)).toEqual([]);
        await page.getByRole('button', { name: 'Copy report' }).click();
        const [act] = await page.evaluate<{ text: string }[]>('globalThis.fakeHost.acts');
        expect(act?.text).toContain('3 984 bytes of one unfinished event left out');
      },
      { theme },
    ),
  );

  it('events that nobody can name or read', () =>
    use('odd', async (page) => {
      await page.getByText('unknown which=148').waitFor();
      expect(await page.locator('.banner').count()).toBe(2);
      expect(await checkWithAxe(page)).toEqual([]);
    }));

  const REFUSALS = [
    ['foreign', 'This file is not an openpilot log'],
    ['empty', 'This log is empty: 0 bytes'],
    ['gone', 'This log is not there any more'],
  ] as const;
  it.each(REFUSALS)('a file that shows nothing: %s', (state, title) =>
    use(state, async (page) => {
      await page.getByRole('alert').getByRole('heading', { name: title }).waitFor();
      expect(await checkWithAxe(page)).toEqual([]);
      await page.getByRole('button', { name: 'Open Another Log…' }).click();
      expect(await page.evaluate('globalThis.fakeHost.acts')).toEqual([{ action: 'openLog' }]);
    }),
  );

  it('a file that is there again', () =>
    use('gone', async (page) => {
      await page.getByRole('button', { name: 'Try Again' }).waitFor();
      await page.evaluate(`globalThis.fakeHost.answer({ 'sessions/open': () => globalThis.makeState() })`);
      await page.getByRole('button', { name: 'Try Again' }).click();
      await page.getByRole('row', { name: /sendcan/ }).waitFor();
    }));

  it('no trust, until it is given', () =>
    use('untrusted', async (page) => {
      await page.getByText('This workspace is not trusted.').waitFor();
      await page.getByRole('button', { name: 'More actions' }).click();
      expect(await page.getByRole('menuitem', { name: 'Run Analyzer…' }).isEnabled()).toBe(false);
      await page.keyboard.press('Escape');
      await page.evaluate('globalThis.fakeHost.tellTrusted()');
      await page.getByText('This workspace is not trusted.').waitFor({ state: 'detached' });
    }));

  it('a file that has grown is read anew when somebody asks', () =>
    use('grown', async (page) => {
      await page.getByRole('button', { name: 'Read Anew' }).click();
      await expect.poll(() => countAsked(page, 'sessions/open')).toBe(2);
    }));

  it('a backend that stops, and is back', () =>
    use('plain', async (page) => {
      await page.getByRole('row', { name: /sendcan/ }).waitFor();
      await page.evaluate(`globalThis.fakeHost.tellBackend('restarting')`);
      await page.getByText('The CTS backend stopped.').waitFor();
      expect(await page.getByRole('row', { name: /sendcan/ }).isVisible()).toBe(true);
      await page.evaluate(`globalThis.fakeHost.tellBackend('ready')`);
      await page.getByText('The CTS backend stopped.').waitFor({ state: 'detached' });
      expect(await countAsked(page, 'sessions/open')).toBe(2);
    }));

  it('two banners at most, the rest on demand', () =>
    use('many', async (page) => {
      await page.getByRole('button', { name: '2 more' }).click();
      expect(await page.locator('.banner').count()).toBe(4);
      expect(await checkWithAxe(page)).toEqual([]);
    }));

  it('text of a file is text, whatever it says', () =>
    use('hostile', async (page) => {
      await page.getByRole('row', { name: /__proto__/ }).waitFor();
      expect(await page.locator('img[src="x"]').count()).toBe(0);
      expect(await page.locator('.services').textContent()).toContain('<img src=x onerror=alert(1)>');
      await page.getByRole('button', { name: /finding/ }).click();
      await page.getByRole('menuitem').click();
    }));
});
