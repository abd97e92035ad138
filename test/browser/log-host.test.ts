import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumNote, chromiumPath, openBrowser } from '../support/browser.ts';
import { bundlePage, type BundledPage, openBundledPage } from '../support/fake-log-page.ts';

/** An editor that writes down what it is told. */
const PAGE = `
  globalThis.told = [];
  globalThis.acquireVsCodeApi = () => ({ postMessage: (message) => globalThis.told.push(message) });
  globalThis.tell = (message) => dispatchEvent(new MessageEvent('message', { data: message }));
  import { connectHost } from './webviews/shared/host/connect-host.ts';
  import { readFloat64 } from './webviews/shared/blocks.ts';
  globalThis.connect = () => (globalThis.host = connectHost());
  globalThis.readFloat64 = readFloat64;
`;

describe.skipIf(chromiumPath === undefined)(`page in an editor${chromiumNote}`, () => {
  let browser: Browser;
  let bundled: BundledPage;

  beforeAll(async () => {
    browser = await openBrowser();
    bundled = await bundlePage(PAGE);
  });
  afterAll(() => browser.close());

  async function use(act: (page: Page) => Promise<void>): Promise<void> {
    const { page, problems } = await openBundledPage(browser, bundled, { theme: 'dark' });
    await page.evaluate('void connect()');
    await act(page);
    expect(problems).toEqual([]);
    await page.close();
  }

  it('is ready, and begins when it is told to', () =>
    use(async (page) => {
      expect(await page.evaluate('told')).toEqual([{ kind: 'ready' }]);
      await page.evaluate(
        `tell({ kind: 'begin', input: { page: 'runs' }, state: null, isTrusted: false, backend: 'ready' })`,
      );
      expect(await page.evaluate('host.begun')).toMatchObject({ input: { page: 'runs' }, isTrusted: false });
    }));

  it('asks, hears news, takes blocks and says so', () =>
    use(async (page) => {
      await page.evaluate(`
        globalThis.news = [];
        globalThis.answer = host.request('sessions/values', { session: 's', keys: ['a'], atSeconds: 1 }, { onNews: (one) => news.push(one) });
        void 0;
      `);
      const [, request] =
        await page.evaluate<readonly { id: number; kind: string; method: string }[]>('told');
      expect(request).toMatchObject({ kind: 'request', method: 'sessions/values' });
      const numbers = await page.evaluate(`
        tell({ kind: 'news', id: told[1].id, method: 'work/progressed', params: { fraction: 0.5, message: '' } });
        tell({ kind: 'answer', id: told[1].id, result: { block: { bytes: new Float64Array([1.5, 2.5]).buffer } } });
        answer.then((found) => [...readFloat64(found.block)])
      `);
      expect(numbers).toEqual([1.5, 2.5]);
      expect(await page.evaluate('told.at(-1)')).toEqual({ kind: 'taken', id: request?.id });
      expect(await page.evaluate('news')).toHaveLength(1);
    }));

  it('takes requests back', () =>
    use(async (page) => {
      const code = await page.evaluate(`{
        const stop = new AbortController();
        const answer = host.request('tools/list', {}, { signal: stop.signal });
        stop.abort();
        answer.catch((error) => error.code)
      }`);
      expect(code).toBe('CANCELLED');
      const messages = await page.evaluate<readonly { kind: string; id: number }[]>('told');
      expect(messages.map(({ kind }) => kind)).toEqual(['ready', 'request', 'cancel']);
      expect(messages[2]?.id).toBe(messages[1]?.id);
    }));

  it('tells failures of actions as they are', () =>
    use(async (page) => {
      const failure = await page.evaluate(`{
        const done = host.act({ action: 'openAsText', path: '/x' });
        tell({ kind: 'failure', id: told[1].id, error: { code: 'FILE_NOT_FOUND', message: 'gone', actions: ['Look.'], details: {} } });
        done.catch(({ code, message, actions }) => ({ code, message, actions }))
      }`);
      expect(failure).toEqual({ code: 'FILE_NOT_FOUND', message: 'gone', actions: ['Look.'] });
    }));

  it('remembers the last of many changes, once', () =>
    use(async (page) => {
      await page.evaluate('for (let cursor = 0; cursor < 500; cursor++) host.remember({ cursor })');
      await expect.poll(() => page.evaluate('told.length')).toBe(2);
      expect(await page.evaluate('told[1]')).toEqual({ kind: 'remember', state: '{"cursor":499}' });
    }));

  it('tells backend, trust and commands to those who listen', () =>
    use(async (page) => {
      const heard = await page.evaluate(`{
        const heard = [];
        host.onBackend((state) => heard.push(state));
        host.onTrusted(() => heard.push('trusted'));
        const leave = host.onCommand((command) => heard.push(command));
        tell({ kind: 'backend', state: 'restarting' });
        tell({ kind: 'trusted' });
        tell({ kind: 'command', command: 'copy' });
        leave();
        tell({ kind: 'command', command: 'find' });
        tell({ kind: 'something else' });
        heard
      }`);
      expect(heard).toEqual(['restarting', 'trusted', 'copy']);
    }));
});
