import { setTimeout as sleep } from 'node:timers/promises';
import { CtsError, type RequestContext, type RequestHandlers, type RequestMethod } from '#protocol';
import { readAccessToken } from './adapters/data-folder/access-token.ts';
import { readServiceFile } from './adapters/data-folder/service-file.ts';
import { ServiceLink } from './adapters/service-link/service-link.ts';
import type { RunningService } from './main-running-service.ts';

/** Who keeps the runs of a data folder: a service in this process, or one that another process has. */
export interface StoreSeat {
  readonly isOwn: boolean;
  /** Where it answers HTTP. */
  readonly url: string;
  /** Settled when it answers no more. */
  readonly ended: Promise<unknown>;
  /** @throws {CtsError} @throws {LinkLost} */
  answer(method: RequestMethod, params: unknown, context: RequestContext): Promise<unknown>;
  leave(reason: string): Promise<void>;
}

/** How a seat is taken. */
export interface SeatSearch {
  readonly dataFolder: string;
  /** @throws {CtsError} STORE_IN_USE where another process has the data folder. */
  readonly startService: () => Promise<RunningService>;
  /** Nobody wants the seat any more. */
  readonly signal: AbortSignal;
}

/** A service that is on its way in or out has the folder and answers nobody: for so long at most. */
const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 50;
/** For runs to end by themselves when the editor goes; they begin anew with the next one. */
const GRACE_MS = 1000;

/**
 * Takes the data folder, or joins the service that has it. Of several windows one has it; when that is closed, one of
 * the others takes it.
 *
 * @throws {CtsError} STORE_IN_USE where somebody has the folder and does not answer, and why a service cannot start.
 */
export async function takeStoreSeat(search: SeatSearch): Promise<StoreSeat> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    search.signal.throwIfAborted();
    try {
      return createOwnSeat(await search.startService());
    } catch (error) {
      if (!(error instanceof CtsError) || error.code !== 'STORE_IN_USE') throw error;
      const guest = await joinOwner(search.dataFolder);
      if (guest !== undefined) return guest;
      if (performance.now() > deadline) throw error;
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal: search.signal });
  }
}

function createOwnSeat(service: RunningService): StoreSeat {
  return {
    isOwn: true,
    url: service.url,
    ended: service.stopped,
    answer: (method, params, context) => callHandler(service.handlers, { method, params }, context),
    leave: (reason) => service.stop(reason, { graceMs: GRACE_MS }),
  };
}

/** The parameters have been read by the schema of the method. */
function callHandler(
  handlers: RequestHandlers,
  { method, params }: { readonly method: RequestMethod; readonly params: unknown },
  context: RequestContext,
): Promise<unknown> {
  const handle = handlers[method] as (params: unknown, context: RequestContext) => Promise<unknown>;
  return handle(params, context);
}

async function joinOwner(dataFolder: string): Promise<StoreSeat | undefined> {
  const owner = await readServiceFile(dataFolder);
  if (owner === undefined || !isLoopback(owner.url)) return undefined;
  const link = await ServiceLink.open({ url: owner.url, token: await readAccessToken(dataFolder) });
  if (link === undefined) return undefined;
  return {
    isOwn: false,
    url: owner.url,
    ended: link.closed,
    answer: (method, params, context) => link.request(method, params, context),
    leave: async () => {
      link.close();
      await link.closed;
    },
  };
}

/** The token is shown to this machine only, whatever the file says. */
function isLoopback(url: string): boolean {
  const hostname = URL.parse(url)?.hostname ?? '';
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
