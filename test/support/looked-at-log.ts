import type { RequestContext, RequestHandlers } from '#protocol';
import type { ExaminingChooser } from '../../server/services/dbc/sources/database-chooser.ts';
import { type CanMethod, createCanHandlers } from '../../server/services/sessions/can/can-handlers.ts';
import { CanLogs } from '../../server/services/sessions/can/can-logs.ts';
import { OpenLog } from '../../server/services/sessions/open-log.ts';
import { RecentValues } from '../../server/services/recent-values.ts';
import {
  createSeriesHandlers,
  type SeriesMethod,
} from '../../server/services/sessions/series/series-handlers.ts';
import { makeChooser } from './dbc-drive.ts';
import { fileOf, type MemoryLog, MemoryLogs } from './memory-logs.ts';

type LookedAt = CanMethod | SeriesMethod;
type Handlers = Pick<RequestHandlers, LookedAt>;
/** What is asked, without the session. */
type Params<Method extends LookedAt> = Omit<Parameters<Handlers[Method]>[0], 'session'>;
type Result<Method extends LookedAt> = Awaited<ReturnType<Handlers[Method]>>;

/** How a log is opened. */
export interface LookOptions {
  /** DBC files by name; all lie in the search path. */
  readonly databases?: Readonly<Record<string, string>>;
  readonly chooser?: ExaminingChooser;
  /** Bytes of segments that are kept. Default: 64 MiB. */
  readonly cacheBytes?: number;
  /** Databases that are asked for, by bus. */
  readonly asked?: readonly { readonly bus: number; readonly path: string }[];
}

const context: RequestContext = { signal: new AbortController().signal, notify: () => undefined };

/** An open log, and what answers for its frames and series. */
export class LookedAtLog {
  readonly log: OpenLog;
  readonly #handlers: Handlers;

  constructor(log: OpenLog, chooser: ExaminingChooser) {
    this.log = log;
    const canLogs = new CanLogs({ sessions: { find: () => log }, chooser });
    this.#handlers = {
      ...createCanHandlers({ canLogs, encodeBase64 }),
      ...createSeriesHandlers({ canLogs, encodeBase64 }),
    };
  }

  ask<Method extends LookedAt>(method: Method, params: Params<Method>): Promise<Result<Method>> {
    const handler = this.#handlers[method] as (
      asked: unknown,
      its: RequestContext,
    ) => Promise<Result<Method>>;
    return handler({ session: this.log.id, ...params }, context);
  }
}

/** Opens a log in memory; reading has begun, and may not have ended. */
export async function beginToLook(
  content: Uint8Array | MemoryLog,
  { databases = {}, chooser, asked, cacheBytes = 64 * 1024 * 1024 }: LookOptions = {},
): Promise<LookedAtLog> {
  const memory = content instanceof Uint8Array ? fileOf(content) : content;
  const source = await new MemoryLogs({ log: memory }).locate('log');
  const files = Object.fromEntries(
    Object.entries(databases).map(([name, text]) => [`/dbc/${name}.dbc`, text]),
  );
  const log = new OpenLog({
    ...{ id: 'log', source, cache: new RecentValues(cacheBytes) },
    params: { path: 'log', ...(asked && { databases: [...asked] }) },
    files: { version: async () => undefined, head: async () => new Uint8Array(0) },
    onFault: (error) => {
      throw error;
    },
  });
  await log.begun;
  return new LookedAtLog(log, chooser ?? makeChooser({ files }).chooser);
}

/** Opens a log in memory and reads all of it. */
export async function lookAt(content: Uint8Array | MemoryLog, options?: LookOptions): Promise<LookedAtLog> {
  const looked = await beginToLook(content, options);
  await looked.log.ended;
  return looked;
}

function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** Bytes of a block. */
export function readBlock({ base64 }: { readonly base64: string }): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

/** Doubles of a block. */
export function readDoubles(block: { readonly base64: string }): Float64Array {
  return new Float64Array(readBlock(block).buffer);
}
