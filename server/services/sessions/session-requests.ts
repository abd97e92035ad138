import type { RequestHandlers } from '#protocol';
import type { ExaminingChooser } from '../dbc/sources/database-chooser.ts';
import { createCanHandlers } from './can/can-handlers.ts';
import { CanLogs } from './can/can-logs.ts';
import { createEventHandlers } from './events/event-handlers.ts';
import { createLineHandlers } from './lines/line-handlers.ts';
import { createOverviewHandlers } from './overview/overview-handlers.ts';
import { createSeriesHandlers } from './series/series-handlers.ts';
import { createStateHandlers } from './session-handlers.ts';
import { SessionTable, type SessionTableParts } from './session-table.ts';

/** What open logs are answered for with. */
export interface SessionRequestPorts extends SessionTableParts {
  readonly chooser: ExaminingChooser;
  readonly encodeBase64: (bytes: Uint8Array) => string;
}

/** Requests about open logs. */
export type SessionRequest = Extract<keyof RequestHandlers, `sessions/${string}`>;

/** What answers for open logs. */
export interface SessionRequests {
  readonly handlers: Pick<RequestHandlers, SessionRequest>;
  /** Closes all logs, and opens none any more: the process ends. */
  close(): void;
}

/** Answers everything that is asked of open logs. */
export function createSessionRequests(ports: SessionRequestPorts): SessionRequests {
  const { chooser, clock, encodeBase64 } = ports;
  const sessions = new SessionTable(ports);
  const canLogs = new CanLogs({ sessions, chooser });
  const handlers = {
    ...createStateHandlers({ sessions, clock }),
    ...createOverviewHandlers({ sessions, encodeBase64 }),
    ...createEventHandlers(sessions),
    ...createLineHandlers(sessions),
    ...createCanHandlers({ canLogs, encodeBase64 }),
    ...createSeriesHandlers({ canLogs, encodeBase64 }),
  };
  return { handlers, close: () => sessions.closeAll() };
}
