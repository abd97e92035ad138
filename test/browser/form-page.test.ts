import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkWithAxe } from '../support/axe-check.ts';
import { chromiumNote, chromiumPath, openBrowser } from '../support/browser.ts';
import { bundlePage, type BundledPage, type LookOptions } from '../support/fake-log-page.ts';
import { lastAct, lastAsked, LOOKS, usePage } from '../support/page-use.ts';

const SOURCE = `
  import { applyBrowserTheme } from './webviews/shared/browser-theme.ts';
  import { startForm } from './webviews/form/form-start.ts';
  import { createFakePageHost, failWith } from './test/support/fake-page-host.ts';
  import { makeRun } from './test/support/sample-run.ts';

  const query = new URLSearchParams(location.search);
  const parameter = (name, type, more = {}) => ({ name, type, description: 'What ' + name + ' does.', ...more });
  const tool = {
    id: 'can-bitwatch', version: '1.0.0', title: 'CAN bit watch', summary: 'Finds bits.', kind: 'analyzer',
    description: 'Finds bits that change <b>with</b> an event.', outputTypes: [],
    parametersSchema: { properties: { dbc: {}, deps_dir: { deprecated: true } } },
    input: { parameter: 'log', kinds: ['log'], isRequired: true },
    parameters: [
      parameter('log', 'string'),
      parameter('window_seconds', 'number', { default: 2, minimum: 0.5, maximum: 60 }),
      parameter('most_rows', 'integer', { default: 100, minimum: 1 }),
      parameter('only_known', 'boolean', { default: false }),
      parameter('buses', 'list'),
      parameter('order', 'string', { choices: ['time', 'id'], default: 'time' }),
      parameter('deps_dir', 'string'),
      parameter('dbc', 'string', { accepts: ['dbc'], byBus: true }),
    ],
  };
  applyBrowserTheme(location.search);
  globalThis.fakeHost = createFakePageHost({
    input: { page: 'form', tool: query.get('tool') ?? tool.id, path: query.get('path') ?? '/logs/a b.zst',
      values: query.has('values') ? JSON.parse(query.get('values')) : {} },
    isTrusted: !query.has('untrusted'),
    answers: {
      'tools/get': ({ toolId }) => {
        if (toolId !== tool.id) throw failWith('TOOL_UNKNOWN', 'There is no tool ' + toolId + '.');
        return tool;
      },
      'tools/list': () => [tool, { ...tool, id: 'watch', title: 'Monitor', kind: 'monitor' }],
      'runs/start': () => {
        if (query.has('refused')) throw failWith('INPUT_NOT_FOUND', 'There is no file /logs/a b.zst.');
        return makeRun({ id: 'r7' });
      },
    },
  });
  void startForm(globalThis.fakeHost);
`;

describe.skipIf(chromiumPath === undefined)(`form of a tool${chromiumNote}`, () => {
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

  const field = (page: Page, name: string) => page.getByLabel(name, { exact: true }).locator('input');
  const run = (page: Page) => page.getByRole('button', { name: 'Run CAN bit watch' });
  const command = (page: Page) => page.locator('.form-command code');

  it.each(LOOKS)('has nothing amiss: %s', async (_, look) => {
    await use(async (page) => {
      await run(page).waitFor();
      expect(await checkWithAxe(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    }, look);
  });

  it('starts a run with what differs from what the tool takes anyway', () =>
    use(async (page) => {
      await field(page, 'window seconds').fill('2.5');
      await field(page, 'most rows').fill('0x20');
      await field(page, 'buses').fill('0, 1');
      await page.getByLabel('only known', { exact: true }).click();
      await page.waitForFunction(() =>
        document.querySelector('.form-command')?.textContent.includes('buses'),
      );
      expect(await command(page).textContent()).toBe(
        "cts run can-bitwatch --path '/logs/a b.zst' -p window_seconds=2.5 -p most_rows=32 -p only_known=true -p buses=0,1 --wait",
      );
      await run(page).click();
      await page.waitForFunction('globalThis.fakeHost.acts.length === 3');
      expect(await lastAsked(page, 'runs/start')).toEqual({
        toolId: 'can-bitwatch',
        input: { type: 'path', path: '/logs/a b.zst' },
        parameters: { window_seconds: 2.5, most_rows: 32, only_known: true, buses: ['0', '1'] },
      });
      expect(await page.evaluate('globalThis.fakeHost.acts[1]')).toEqual({ action: 'openRun', runId: 'r7' });
      expect(await lastAct(page)).toEqual({ action: 'close' });
    }));

  it('folds away what is kept for old scripts, and sends it where it is filled in', () =>
    use(async (page) => {
      await run(page).waitFor();
      expect(await field(page, 'deps dir').isVisible()).toBe(false);
      await page.getByText('Kept for old scripts').click();
      await field(page, 'deps dir').fill('/opt/deps');
      expect(await checkWithAxe(page)).toEqual([]);
      await expect.poll(() => command(page).textContent()).toContain('deps_dir=/opt/deps');
    }));

  it('says at the field what is wrong with it, and starts nothing', () =>
    use(async (page) => {
      await field(page, 'window seconds').fill('61');
      await field(page, 'most rows').fill('many');
      await page.getByText('61 is above 60').waitFor();
      await page.getByText('“many” is no number').waitFor();
      await run(page).click();
      expect(await lastAsked(page, 'runs/start')).toBe(undefined);
      expect(await checkWithAxe(page)).toEqual([]);
      await field(page, 'most rows').fill('7');
      await page.getByText('“many” is no number').waitFor({ state: 'hidden' });
    }));

  it('asks for the log where none is named', () =>
    use(
      async (page) => {
        await run(page).click();
        await page.getByText('Say which log is to be read').waitFor();
        await page.getByRole('button', { name: 'Choose…' }).click();
        expect(await lastAct(page)).toEqual({ action: 'chooseInput' });
      },
      { query: 'path=' },
    ));

  it('shows why the engine refuses, and can be used again', () =>
    use(
      async (page) => {
        await run(page).click();
        await page.getByText('CAN bit watch was not started.').waitFor();
        await page.getByText('There is no file /logs/a b.zst.').waitFor();
        expect(await run(page).isEnabled()).toBe(true);
        expect(await page.evaluate('globalThis.fakeHost.acts.length')).toBe(0);
      },
      { query: 'refused' },
    ));

  it('is filled with the values of the last time, whatever they are', () => {
    const values = { window_seconds: 9, most_rows: { a: 1 }, buses: ['2'], order: 'id', unknown: 1 };
    return use(
      async (page) => {
        expect(await field(page, 'window seconds').inputValue()).toBe('9');
        expect(await field(page, 'buses').inputValue()).toBe('2');
        expect(await command(page).textContent()).toContain('-p order=id');
      },
      { query: `values=${encodeURIComponent(JSON.stringify(values))}` },
    );
  });

  it('runs nothing where the workspace is not trusted, until it is', () =>
    use(
      async (page) => {
        await page.getByText('This workspace is not trusted').waitFor();
        expect(await checkWithAxe(page)).toEqual([]);
        await page.getByRole('button', { name: 'Manage Trust' }).click();
        expect(await lastAct(page)).toEqual({ action: 'manageTrust' });
      },
      { query: 'untrusted' },
    ));

  it('lists the analyzers where none is named, and says where there is none of a name', async () => {
    await use(
      async (page) => {
        await page.getByRole('button', { name: 'CAN bit watch' }).click();
        expect(await lastAct(page)).toEqual({
          action: 'runTool',
          tool: 'can-bitwatch',
          path: '/logs/a b.zst',
        });
        expect(await page.getByText('Monitor').count()).toBe(0);
        expect(await checkWithAxe(page)).toEqual([]);
      },
      { query: 'tool=' },
    );
    await use(
      async (page) => {
        await page.getByText('There is no tool <b>.').waitFor();
      },
      { query: 'tool=%3Cb%3E' },
    );
  });
});
