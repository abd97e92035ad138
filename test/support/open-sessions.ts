import type { RequestHandlers, SessionState } from '#protocol';
import { createEventHandlers } from '../../server/services/sessions/events/event-handlers.ts';
import { createLineHandlers } from '../../server/services/sessions/lines/line-handlers.ts';
import type { FileVersion } from '../../server/services/sessions/log-files.ts';
import { createOverviewHandlers } from '../../server/services/sessions/overview/overview-handlers.ts';
import { createStateHandlers } from '../../server/services/sessions/session-handlers.ts';
import { SessionTable } from '../../server/services/sessions/session-table.ts';
import { createCountedIds, FakeClock } from './fake-clock.ts';
import { type MemoryLog, MemoryLogs } from './memory-logs.ts';

type Handlers = ReturnType<typeof joinHandlers>;
type Method = keyof Handlers;
type Params<Name extends Method> = Parameters<RequestHandlers[Name]>[0];
type Result<Name extends Method> = Awaited<ReturnType<RequestHandlers[Name]>>;

function joinHandlers(sessions: SessionTable, clock: FakeClock) {
  return {
    ...createStateHandlers({ sessions, clock }),
    ...createOverviewHandlers({ sessions, encodeBase64: (bytes) => Buffer.from(bytes).toString('base64') }),
    ...createEventHandlers(sessions),
    ...createLineHandlers(sessions),
  };
}

/** Sessions over logs in memory, on a clock that a test moves. */
export class OpenSessions {
  readonly clock = new FakeClock();
  readonly logs: MemoryLogs;
  /** What files are said to be, by path. */
  readonly versions = new Map<string, FileVersion>();
  /** First bytes of files. */
  head = new Uint8Array(0);
  readonly table: SessionTable;
  readonly #handlers: Handlers;

  constructor(logs: Readonly<Record<string, MemoryLog>>) {
    this.logs = new MemoryLogs(logs);
    this.table = new SessionTable({
      ...{ logs: this.logs, clock: this.clock, createId: createCountedIds('session') },
      files: { version: async (path) => this.versions.get(path), head: async () => this.head },
      onFault: (error) => {
        throw error;
      },
    });
    this.#handlers = joinHandlers(this.table, this.clock);
  }

  ask<Name extends Method>(
    method: Name,
    params: Params<Name>,
    { signal = new AbortController().signal, onState }: AskOptions = {},
  ): Promise<Result<Name>> {
    const handler = this.#handlers[method] as RequestHandlers[Name];
    return handler(params, {
      signal,
      notify: (name, news) => {
        if (name === 'sessions/changed') onState?.((news as { readonly state: SessionState }).state);
      },
    }) as Promise<Result<Name>>;
  }

  /** Opens a log and reads it to its end. */
  async openWhole(path = 'drive'): Promise<SessionState> {
    const { session } = await this.ask('sessions/open', { path });
    const log = this.table.find(session);
    await log.ended;
    return log.state;
  }
}

/** How something is asked. */
export interface AskOptions {
  readonly signal?: AbortSignal;
  /** Told of every state that is notified. */
  readonly onState?: (state: SessionState) => void;
}
