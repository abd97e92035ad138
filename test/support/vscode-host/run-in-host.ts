import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { format } from 'node:util';
import { openBrowser } from '../browser.ts';
import type { CodeArguments } from './code-arguments.ts';
import { startEditorServer } from './editor-server.ts';
import type { InstalledHost } from './installed-host.ts';
import { addressOfWorkbench, makeWorkbenchPage, remoteUri, type WorkbenchPage } from './workbench-page.ts';

/** The exit code of a suite that did not come to its end. */
const TIMED_OUT = 124;

/** What the workbench itself logs over the channel of the extension host's console. */
const OF_THE_WORKBENCH =
  /^(\[(AgentHost|AccountPolicyGate|reconnection-grace-time|Service Worker|LogService)|Resolv(ing|ed) connection token|Creating a socket|Updating additional builtin|getaddrinfo|Failed to fetch|Timed out waiting for authentication provider|Canceled: Canceled|Creation of workbench contribution|Extension host \(Remote\) is (un)?responsive)/;

/** How a suite is run. */
export interface HostRun {
  readonly host: InstalledHost;
  readonly code: CodeArguments;
  readonly limitMs: number;
  /** Keeps the logs of server and extension host there. */
  readonly logsFolder?: string;
}

/** Runs a suite in the extension host of a VS Code server, and yields what desktop VS Code would exit with. */
export async function runInHost({ host, code, limitMs, logsFolder }: HostRun): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'cts-host-'));
  const server = await startEditorServer({ host, folder, withTestDriver: true });
  const browser = await openBrowser();
  try {
    const workbench = await makeWorkbenchPage(browser);
    const exitCode = waitForExit(workbench, limitMs);
    await tellConsole(workbench);
    await workbench.page.goto(
      addressOfWorkbench({
        port: server.port,
        ...(code.opened === undefined ? {} : { folder: resolve(code.opened) }),
        payload: listPayload(code, server.port),
      }),
    );
    return await exitCode;
  } finally {
    await browser.close();
    await server.stop();
    if (logsFolder !== undefined) cpSync(server.logsFolder, logsFolder, { recursive: true });
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  }
}

function listPayload(code: CodeArguments, port: number): (readonly [string, string])[] {
  return [
    ...code.extensions.map((each) => ['extensionDevelopmentPath', remoteUri(port, resolve(each))] as const),
    ['extensionTestsPath', remoteUri(port, resolve(code.tests))],
    ['skipWelcome', 'true'],
    ...(code.disableOtherExtensions ? [['disableExtensions', 'true'] as const] : []),
  ];
}

/** Prints what the extension host prints. */
async function tellConsole({ page }: WorkbenchPage): Promise<void> {
  await page.exposeFunction('codeAutomationLog', (type: string, values: readonly unknown[]) => {
    const text = format(...values);
    if (OF_THE_WORKBENCH.test(text)) return;
    const stream = type === 'error' || type === 'warn' ? process.stderr : process.stdout;
    stream.write(text.endsWith('\n') ? text : `${text}\n`);
  });
}

async function waitForExit({ page }: WorkbenchPage, limitMs: number): Promise<number> {
  const { promise, resolve: end } = Promise.withResolvers<number>();
  const limit = setTimeout(() => {
    process.stderr.write(`no result within ${limitMs / 1000} s\n`);
    end(TIMED_OUT);
  }, limitMs);
  page.on('crash', () => end(1));
  await page.exposeFunction('codeAutomationExit', (code: number) => end(code));
  const code = await promise;
  clearTimeout(limit);
  return code;
}
