import type { Browser, BrowserContext, Page } from 'playwright-core';

/** Where a workbench is opened. */
export interface WorkbenchAddress {
  readonly port: number;
  /** Absolute path of the folder or workspace file; none: an empty window. */
  readonly folder?: string;
  /** For a server with the test driver. */
  readonly payload?: readonly (readonly [name: string, value: string])[];
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** A workbench in a tab of a browser, and what happened in it that nobody wants. */
export interface WorkbenchPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Hosts elsewhere that something in the page asked for; nothing was sent to them. */
  readonly foreignHosts: ReadonlySet<string>;
  /** What the consoles of workbench and webviews tell as errors. */
  readonly errors: readonly PageError[];
}

/** An error of the page. */
export interface PageError {
  readonly text: string;
  /** The address of the script that tells it. */
  readonly from: string;
}

const DEFAULT_VIEWPORT = { width: 1400, height: 900 };

/** Makes an empty tab that reaches nothing but this machine. */
export async function makeWorkbenchPage(
  browser: Browser,
  viewport: WorkbenchAddress['viewport'] = DEFAULT_VIEWPORT,
): Promise<WorkbenchPage> {
  const context = await browser.newContext({
    viewport: { ...viewport },
    permissions: ['clipboard-read', 'clipboard-write'],
    acceptDownloads: true,
  });
  const foreignHosts = new Set<string>();
  await context.route(isForeign, async (route) => {
    foreignHosts.add(new URL(route.request().url()).hostname);
    await route.abort();
  });
  const page = await context.newPage();
  return { page, context, foreignHosts, errors: collectErrors(page) };
}

/** The address of a workbench. */
export function addressOfWorkbench({ port, folder, payload = [] }: WorkbenchAddress): string {
  const query = new URLSearchParams();
  if (folder === undefined) query.set('ew', 'true');
  else query.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', folder);
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `http://127.0.0.1:${port}/?${query.toString()}`;
}

/** A file of this machine as a workbench at `port` names it. */
export function remoteUri(port: number, path: string): string {
  return `vscode-remote://127.0.0.1:${port}${path}`;
}

function isForeign(url: URL): boolean {
  return /^(https?|wss?):$/.test(url.protocol) && !['127.0.0.1', 'localhost'].includes(url.hostname);
}

function collectErrors(page: Page): readonly PageError[] {
  const errors: PageError[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push({ text: message.text(), from: message.location().url });
  });
  page.on('pageerror', (error) => errors.push({ text: error.message, from: error.stack ?? '' }));
  page.on('crash', () => errors.push({ text: 'the page crashed', from: '' }));
  return errors;
}
