import process from 'node:process';
import { chooseBrowser, startProgram } from '../browser/browser-program.ts';
import { openDoorway } from '../browser/doorway.ts';
import type { CommandContext } from '../context.ts';
import { EXIT_DONE } from '../exit-codes.ts';
import { locateInput } from '../runs/run-input.ts';
import type { Service } from '../service/service.ts';

/** Options of `cts open`. */
export interface OpenOptions {
  /** Whether a browser is started; else the address is printed. */
  readonly browser: boolean;
}

/** For a browser to start and ask for the page. */
const BROWSER_MS = 30_000;

/** `cts open`: shows a log, or the runs, in the browser. */
export async function openPage(
  context: CommandContext,
  log: string | undefined,
  { browser }: OpenOptions,
): Promise<number> {
  const service = await context.openService();
  const page = makePageAddress(service, log);
  if (browser && (await showInBrowser(context, page, service.credential))) {
    context.output.note(`Opened ${page.href}`);
    return EXIT_DONE;
  }
  if (browser) context.output.warn('No browser came for the page: open this address yourself.');
  const address = withToken(page, service.credential);
  if (context.options.json === true) await context.output.printJson({ url: address });
  else await context.output.print(address);
  return EXIT_DONE;
}

/** The page of a log; without one, the page of runs. */
function makePageAddress(service: Service, log: string | undefined): URL {
  const page = new URL(log === undefined ? '/ui/' : '/ui/log', service.http.base);
  if (log !== undefined) page.searchParams.set('path', locateInput(log, service));
  return page;
}

/** In the fragment, which browsers keep to themselves. */
function withToken(page: URL, credential: string | undefined): string {
  return credential === undefined ? page.href : `${page.href}#token=${encodeURIComponent(credential)}`;
}

async function showInBrowser(
  { terminal, signal }: CommandContext,
  page: URL,
  credential: string | undefined,
): Promise<boolean> {
  const { env } = terminal;
  if (credential === undefined) return startProgram(chooseBrowser(page.href, env, process.platform));
  const doorway = await openDoorway(withToken(page, credential), BROWSER_MS);
  const close = (): void => {
    doorway.close();
  };
  signal.addEventListener('abort', close, { once: true });
  if (!(await startProgram(chooseBrowser(doorway.address, env, process.platform)))) close();
  return doorway.passed;
}
