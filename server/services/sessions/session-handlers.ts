import type { RequestContext, RequestHandlers, SessionState } from '#protocol';
import type { Clock } from '../clock.ts';
import type { OpenLog } from './open-log.ts';
import type { SessionTable } from './session-table.ts';

/** News of a session come at most so often. */
const NEWS_MS = 100;
/** Whether a file has grown is looked at so often. */
const GROWTH_MS = 3000;

/** Requests about open logs as a whole. */
export type SessionMethod = `sessions/${'open' | 'follow' | 'close' | 'stop' | 'resume'}`;

/** What answering them needs. */
export interface SessionPorts {
  readonly sessions: SessionTable;
  readonly clock: Clock;
}

/** Answers what is asked of open logs as a whole. */
export function createStateHandlers({ sessions, clock }: SessionPorts): Pick<RequestHandlers, SessionMethod> {
  return {
    'sessions/open': async (params) => (await sessions.open(params)).state,
    'sessions/follow': ({ session }, context) => follow({ sessions, clock, session }, context),
    'sessions/close': async ({ session }) => sessions.close(session).state,
    'sessions/stop': async ({ session }) => changeState(sessions.find(session), (log) => log.stop()),
    'sessions/resume': async ({ session }) => changeState(sessions.find(session), (log) => log.resume()),
  };
}

function changeState(log: OpenLog, change: (log: OpenLog) => void): SessionState {
  change(log);
  return log.state;
}

interface Following extends SessionPorts {
  readonly session: string;
}

/** Tells every change of a session until nobody listens any more, or it is closed. */
async function follow(
  { sessions, clock, session }: Following,
  context: RequestContext,
): Promise<SessionState> {
  const unfollow = sessions.follow(session);
  const log = sessions.find(session);
  const ends = AbortSignal.any([context.signal, log.closing]);
  const watch = new ChangeWatch(log, { clock, ends });
  try {
    for (let told = -1; !ends.aborted;) {
      if (log.revision !== told) {
        told = log.revision;
        await context.notify('sessions/changed', { state: log.state });
        await watch.rest(NEWS_MS);
      } else await watch.nextChange();
    }
  } finally {
    watch.end();
    unfollow();
  }
  context.signal.throwIfAborted();
  return log.state;
}

/** Waits for changes of a log; looks from time to time whether its files have grown. */
class ChangeWatch {
  readonly #log: OpenLog;
  readonly #clock: Clock;
  readonly #ends: AbortSignal;
  readonly #unsubscribe: () => void;
  #wake: () => void = () => undefined;
  #stopResting: () => void = () => undefined;
  #cancelLook: () => void = () => undefined;

  constructor(log: OpenLog, { clock, ends }: { readonly clock: Clock; readonly ends: AbortSignal }) {
    this.#log = log;
    this.#clock = clock;
    this.#ends = ends;
    this.#unsubscribe = log.subscribe(() => {
      this.#wake();
    });
    ends.addEventListener('abort', () => {
      this.#wake();
      this.#stopResting();
    });
    this.#lookLater();
  }

  /** Settles when the log changes, or the watch ends. */
  nextChange(): Promise<void> {
    if (this.#ends.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Settles after a while, or when the watch ends. */
  rest(delayMs: number): Promise<void> {
    if (this.#ends.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.#clock.schedule(delayMs, resolve);
      this.#stopResting = () => {
        cancel();
        resolve();
      };
    });
  }

  end(): void {
    this.#unsubscribe();
    this.#cancelLook();
  }

  #lookLater(): void {
    this.#cancelLook = this.#clock.schedule(GROWTH_MS, () => {
      void this.#log.checkGrowth().finally(() => {
        if (!this.#ends.aborted) this.#lookLater();
      });
    });
  }
}
