import { type BuildResult, build } from 'esbuild';
import { type Browser, type ConsoleMessage, type Page } from 'playwright-core';

const ORIGIN = 'http://cts.test';
/** What an editor allows its pages, and no more. */
const POLICY =
  "default-src 'none'; img-src 'self' data: blob:; style-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'";
const ROOT = new URL('../../', import.meta.url).pathname;

/** A page of the product, bundled with a host that a test made up. */
export interface BundledPage {
  readonly script: string;
  readonly styles: string;
}

/** How a bundled page is looked at. */
export interface LookOptions {
  readonly theme: 'dark' | 'light' | 'hc' | 'hc-light';
  readonly width?: number;
  readonly height?: number;
  /** What the page's script can read from its address. */
  readonly query?: string;
}

/**
 * Bundles the log editor with a host. The source is TypeScript below the root of the project and defines
 * `makeHost(query: URLSearchParams): PageHost`; the page has that host as `globalThis.fakeHost`.
 */
export async function bundleLogPage(source: string): Promise<BundledPage> {
  return bundlePage(`
    import { applyBrowserTheme } from './webviews/shared/browser-theme.ts';
    import { startLogEditor } from './webviews/log/log-editor.ts';
    ${source}
    applyBrowserTheme(location.search);
    globalThis.fakeHost = makeHost(new URLSearchParams(location.search));
    void startLogEditor(globalThis.fakeHost);
  `);
}

/** Bundles any script below the root of the project, and the styles that it imports. */
export async function bundlePage(source: string): Promise<BundledPage> {
  const { outputFiles }: BuildResult<{ write: false }> = await build({
    stdin: { contents: source, resolveDir: ROOT, sourcefile: 'page-under-test.ts', loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome134',
    outdir: '/out',
    logLevel: 'silent',
  });
  const find = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  return { script: find('.js'), styles: find('.css') };
}

/** Opens a bundled page under the policy of editors; what its console complains of ends up in `problems`. */
export async function openBundledPage(
  browser: Browser,
  { script, styles }: BundledPage,
  { theme, width = 1400, height = 900, query = '' }: LookOptions,
): Promise<{ readonly page: Page; readonly problems: readonly string[] }> {
  const page = await browser.newPage({ viewport: { width, height } });
  const problems: string[] = [];
  page.on('console', (message: ConsoleMessage) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/page.js') return route.fulfill({ contentType: 'text/javascript', body: script });
    if (pathname === '/page.css') return route.fulfill({ contentType: 'text/css', body: styles });
    return route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'Content-Security-Policy': POLICY },
      body:
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>CTS</title>' +
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="/page.css"></head>' +
        '<body><script src="/page.js"></script></body></html>',
    });
  });
  await page.goto(`${ORIGIN}/log?theme=${theme}${query === '' ? '' : `&${query}`}`);
  return { page, problems };
}
