import type { NOTIFICATIONS, REQUESTS } from './contract.ts';
import type { Wire } from './wire.ts';

/** Every request that the engine answers: wire name to what it takes and gives. */
export type ServerRequests = {
  readonly [Method in keyof typeof REQUESTS]: {
    readonly params: Wire<(typeof REQUESTS)[Method]['params']>;
    readonly result: Wire<(typeof REQUESTS)[Method]['result']>;
  };
};

/** Wire name of a request. */
export type RequestMethod = keyof ServerRequests;

/** What the engine tells while it works on a request. */
export type ServerNotifications = {
  readonly [Method in keyof typeof NOTIFICATIONS]: Wire<(typeof NOTIFICATIONS)[Method]>;
};

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

/** Answers one request. */
export type RequestHandler<Method extends RequestMethod> = (
  params: ServerRequests[Method]['params'],
  context: RequestContext,
) => Promise<ServerRequests[Method]['result']>;

/** A complete set of handlers: leaving one out, or returning the wrong shape, does not compile. */
export type RequestHandlers = { readonly [Method in RequestMethod]: RequestHandler<Method> };
