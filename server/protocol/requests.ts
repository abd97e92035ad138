import type { EventsRead, LogInfo, LogInfoParams, ReadEventsParams, ReadEventsResult } from './logs.ts';
import type { Progress, Run, StartRunParams } from './runs.ts';
import type { ToolManifest } from './tools.ts';

/** Every request that the engine answers: wire name to what it takes and gives. */
export interface ServerRequests {
  'tools/list': { params: Readonly<Record<string, never>>; result: readonly ToolManifest[] };
  'runs/start': { params: StartRunParams; result: Run };
  'logs/info': { params: LogInfoParams; result: LogInfo };
  'logs/readEvents': { params: ReadEventsParams; result: ReadEventsResult };
}

/** What the engine tells while it works on a request. */
export interface ServerNotifications {
  'work/progressed': Progress;
  'logs/eventsRead': EventsRead;
}

/** Receives the notifications of one request. */
export type Notify = <Method extends keyof ServerNotifications>(
  method: Method,
  params: ServerNotifications[Method],
) => void | Promise<void>;

/** What comes with every request besides its parameters. */
export interface RequestContext {
  /** Aborted when the caller no longer wants the answer. */
  readonly signal: AbortSignal;
  /** Where a promise comes back, work goes on when it is settled: that is how a slow reader holds the engine back. */
  readonly notify: Notify;
}

/** A complete set of handlers: leaving one out, or returning the wrong shape, does not compile. */
export type RequestHandlers = {
  readonly [Method in keyof ServerRequests]: (
    params: ServerRequests[Method]['params'],
    context: RequestContext,
  ) => Promise<ServerRequests[Method]['result']>;
};
