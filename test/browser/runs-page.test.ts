import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkWithAxe } from '../support/axe-check.ts';
import { chromiumNote, chromiumPath, openBrowser } from '../support/browser.ts';
import { bundlePage, type BundledPage, type LookOptions } from '../support/fake-log-page.ts';
import { lastAct, lastAsked, LOOKS, usePage } from '../support/page-use.ts';

const SOURCE = `
  import './webviews/shared/tokens.css';
  import './webviews/shared/base.css';
  import './webviews/shared/components.css';
  import { applyBrowserTheme } from './webviews/shared/browser-theme.ts';
  import { RunsView } from './webviews/runs/runs-view.ts';
  import { createFakePageHost, failWith, waitForever } from './test/support/fake-page-host.ts';
  import { makeArtifact, makeRun } from './test/support/sample-run.ts';

  const query = new URLSearchParams(location.search);
  const error = { code: 'WINDOW_OUTSIDE', message: 'The window 70–80 s lies after the end of the log (66.2 s).',
    suggestedActions: ['Choose a window within the log.'] };
  const runs = [
    makeRun({ id: 'r4', toolId: 'can-bitwatch', state: 'running', progress: 42, durationSeconds: null,
      createdAt: '2026-11-27T12:04:00.000Z', completedAt: null }),
    makeRun({ id: 'r3', toolId: 'can-bitwatch', state: 'failed', error, durationSeconds: 0.4,
      createdAt: '2026-11-27T12:03:00.000Z', parameters: { window: '70-80', buses: ['0', '1'] } }),
    makeRun({ id: 'r2', name: '<b>mine</b>', inputName: 'x'.repeat(5000), createdAt: '2026-11-27T12:02:00.000Z' }),
    makeRun({ id: 'r1', createdAt: '2026-11-27T12:01:00.000Z' }),
  ];
  applyBrowserTheme(location.search);
  document.documentElement.lang = 'en';
  document.title = 'CTS runs';
  globalThis.fakeHost = createFakePageHost({
    input: { page: 'runs' },
    answers: {
      'runs/list': () => {
        if (query.has('failing')) throw failWith('STORE_CLOSED', 'The store is closed.');
        return { runs: query.has('empty') ? [] : runs, nextCursor: null };
      },
      'runs/watch': () => waitForever(),
      'runs/get': ({ runId }) => runs.find(({ id }) => id === runId),
      'runs/readLog': () => ({ entries: [{ message: '\\u001b[31mread 5 999 frames' }] }),
      'runs/rerun': ({ runId }) => {
        if (runId === 'r3') throw failWith('INPUT_NOT_FOUND', 'The log is gone.');
        return runs[0];
      },
      'runs/cancel': () => ({}),
      'artifacts/list': ({ runId }) => (runId === 'r1' ? [makeArtifact()] : []),
    },
  });
  document.body.append(new RunsView(globalThis.fakeHost, query.get('run')).element);
`;

describe.skipIf(chromiumPath === undefined)(`page of runs${chromiumNote}`, () => {
  let browser: Browser;
  let bundled: BundledPage;

  beforeAll(async () => {
    browser = await openBrowser();
    bundled = await bundlePage(SOURCE);
  });
  afterAll(() => browser.close());

  async function use(act: (page: Page) => Promise<void>, look: Partial<LookOptions> = {}): Promise<void> {
    await usePage({ browser, bundled }, act, look);
  }

  const grid = (page: Page) => page.getByRole('grid', { name: 'Runs' });
  const row = (page: Page, text: string) => grid(page).getByRole('row').filter({ hasText: text });
  const detail = (page: Page) => page.getByRole('region', { name: 'Run', exact: true });

  it.each(LOOKS)('has nothing amiss: %s', async (_, look) => {
    await use(async (page) => {
      await row(page, 'rlog-to-csv').click();
      await detail(page).getByText('report.html').waitFor();
      expect(await checkWithAxe(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    }, look);
  });

  it('shows the runs, the newest first, and what became of each', () =>
    use(async (page) => {
      await row(page, 'rlog-to-csv').waitFor();
      const rows = await grid(page).locator('[aria-selected]').allTextContents();
      expect(rows.map((text) => /(42|failed|660)/.exec(text)?.[0])).toEqual(['42', 'failed', '660', '660']);
      await page.getByText('4 runs').waitFor();
    }));

  it('says why a run failed, and with which parameters', () =>
    use(async (page) => {
      await row(page, 'failed').click();
      await detail(page).getByText('can-bitwatch failed after 400').waitFor();
      await detail(page)
        .getByText(/lies after the end of the log/)
        .waitFor();
      await detail(page).getByText('70-80', { exact: true }).waitFor();
      await detail(page).getByText('read 5 999 frames').waitFor();
      await detail(page).getByRole('button', { name: 'Run Again' }).click();
      await page.getByText('The log is gone.').waitFor();
      expect(await checkWithAxe(page)).toEqual([]);
    }));

  it('cancels a run that is at work', () =>
    use(
      async (page) => {
        await detail(page).getByRole('button', { name: 'Cancel Run' }).click();
        expect(await lastAsked(page, 'runs/cancel')).toEqual({ runId: 'r4' });
      },
      { query: 'run=r4' },
    ));

  it('runs again, and shows the new run; opens files', () =>
    use(
      async (page) => {
        await detail(page).getByRole('button', { name: 'report.html' }).click();
        expect(await lastAct(page)).toEqual({ action: 'openArtifact', runId: 'r1', name: 'report.html' });
        await detail(page).getByRole('button', { name: 'Run Again' }).click();
        await detail(page).getByRole('button', { name: 'Cancel Run' }).waitFor();
      },
      { query: 'run=r1' },
    ));

  it('shows names of any kind as text', () =>
    use(async (page) => {
      await row(page, '<b>mine</b>').click();
      await detail(page).getByRole('heading', { name: '<b>mine</b>' }).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    }));

  it('says that there are none', () =>
    use(
      async (page) => {
        await page.getByText('No runs yet').waitFor();
        expect(await checkWithAxe(page)).toEqual([]);
        await page.getByRole('button', { name: 'Run Analyzer…' }).first().click();
        expect(await lastAct(page)).toEqual({ action: 'runTool' });
      },
      { query: 'empty' },
    ));

  it('says why they cannot be read', () =>
    use(
      async (page) => {
        await page.getByText('The runs cannot be read.').waitFor();
        await page.getByText('The store is closed.').waitFor();
      },
      { query: 'failing' },
    ));
});
