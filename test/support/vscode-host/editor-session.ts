import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { openBrowser } from '../browser.ts';
import { repository } from '../repository.ts';
import { type EditorServer, type EditorServerOptions, startEditorServer } from './editor-server.ts';
import { installExtension } from './install-extension.ts';
import { type InstalledHost, requireHost } from './installed-host.ts';
import { waitForWorkbench } from './workbench-actions.ts';
import { addressOfWorkbench, makeWorkbenchPage, type WorkbenchPage } from './workbench-page.ts';

/** The package that is tested. */
const testedPackage = process.env['CTS_VSIX'] ?? join(repository, 'out/cts-linux-x64.vsix');

/** The host that the workbench's tests run on: `CTS_HOST`, or the newest. */
export const testedHost = process.env['CTS_HOST'] === 'oldest' ? 'oldest' : 'newest';

/** What a session begins with. */
export interface SessionOptions extends Pick<
  EditorServerOptions,
  'settings' | 'environment' | 'withWorkspaceTrust'
> {
  /** Puts files into the folder that is opened. */
  readonly fill?: (workspace: string) => void | Promise<void>;
}

/** A server with the package installed, a browser, and a folder to open. */
export interface EditorSession {
  readonly host: InstalledHost;
  readonly workspace: string;
  readonly server: EditorServer;
  readonly browser: Browser;
  /**
   * Opens the folder in a new window, and waits until it can be used. The window is closed with the test; how it looks
   * when a test fails is kept in `out/e2e`, and so are the logs.
   */
  open(viewport?: { readonly width: number; readonly height: number }): Promise<WorkbenchPage>;
  /** Opens the folder in the same window, as after a restart of the server. */
  reopen(page: Page): Promise<Page>;
  /** Ends the server with all it started, and starts another on the same data. */
  restart(): Promise<void>;
}

/** A session for all tests of a file. */
export function useEditorSession(options: SessionOptions = {}): () => EditorSession {
  let session: StartedSession | undefined;
  beforeAll(async () => {
    session = await startSession(options);
  });
  afterAll(async () => session?.stop());
  return () => {
    if (session === undefined) throw new Error('the session has not begun');
    return session;
  };
}

interface StartedSession extends EditorSession {
  stop(): Promise<void>;
}

async function startSession({ fill, ...options }: SessionOptions): Promise<StartedSession> {
  const host = requireHost(testedHost);
  const folder = mkdtempSync(join(tmpdir(), 'cts-editor-'));
  const workspace = join(folder, 'drive');
  mkdirSync(workspace);
  await fill?.(workspace);
  await installExtension(host, folder, testedPackage);
  const browser = await openBrowser();
  const start = (port?: number): Promise<EditorServer> =>
    startEditorServer({ host, folder, ...(port !== undefined && { port }), ...options });
  let server = await start();
  return {
    host,
    workspace,
    browser,
    get server() {
      return server;
    },
    async open(viewport) {
      const workbench = await makeWorkbenchPage(browser, viewport);
      closeWithTest(workbench, () => server.logsFolder);
      await workbench.page.goto(addressOfWorkbench({ port: server.port, folder: workspace }));
      await waitForWorkbench(workbench.page);
      return workbench;
    },
    async reopen(page) {
      await page.goto(addressOfWorkbench({ port: server.port, folder: workspace }));
      await waitForWorkbench(page);
      return page;
    },
    async restart() {
      const { port } = server;
      await server.stop();
      // What a browser remembers it remembers by address.
      server = await start(port);
    },
    async stop() {
      await browser.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

function closeWithTest({ page, context }: WorkbenchPage, locateLogs: () => string): void {
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') {
      const name = task.name.replaceAll(/[^\w]+/g, '-').slice(0, 80);
      const kept = join(repository, `out/e2e/failed-${name}`);
      await page.screenshot({ path: `${kept}.png` });
      cpSync(locateLogs(), `${kept}-logs`, { recursive: true });
    }
    await context.close();
  });
}
