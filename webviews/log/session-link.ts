import type { PageFailure, PageInput, ServerRequests, SessionState } from '#protocol';
import type { Answer, PageHost, RequestOptions } from '../shared/host/page-host.ts';
import { describeFailure, RequestFailure } from '../shared/host/request-failure.ts';
import { createListeners, createStore, type Listeners, type Store } from '../shared/store.ts';

/** The log that a page shows. */
export type LogInput = Extract<PageInput, { readonly page: 'log' }>;

/** Requests about an open log. */
export type SessionMethod = {
  [Method in keyof ServerRequests]: ServerRequests[Method]['params'] extends { readonly session: string }
    ? Method
    : never;
}[keyof ServerRequests];

/** What a request about an open log takes besides the log. */
export type SessionParams<Method extends SessionMethod> = Omit<ServerRequests[Method]['params'], 'session'>;

/** Waits before a log that was forgotten is opened anew, each the next in a row, in milliseconds. */
const WAITS = [0, 500, 2000, 5000];
/** A log that stays open as long has ended the row. */
const LASTING_MS = 60_000;

/** A log that the engine holds open for a page; opened anew where the engine has forgotten it. */
export class SessionLink {
  readonly state: Store<SessionState | null> = createStore<SessionState | null>(null);
  /** Why the log could not be opened. */
  readonly failure: Store<PageFailure | null> = createStore<PageFailure | null>(null);
  /** The log was opened, for the first time or anew. */
  readonly opened: Listeners<SessionState> = createListeners<SessionState>();
  readonly #host: PageHost;
  readonly #input: LogInput;
  #session: Promise<string> | null = null;
  #following: AbortController | null = null;
  #reopenings = 0;
  #openedAt = -Infinity;

  constructor(host: PageHost, input: LogInput) {
    this.#host = host;
    this.#input = input;
  }

  /** Opens the log, also where it is open: the file is read anew. */
  async open(): Promise<void> {
    this.#following?.abort();
    this.failure.set(null);
    this.#reopenings = 0;
    this.#session = this.#begin();
    await this.#session.catch(() => undefined);
  }

  /** Asks about the log; waits until it is open, and opens it anew where the engine does not know it any more. */
  async ask<Method extends SessionMethod>(
    method: Method,
    params: SessionParams<Method>,
    options?: RequestOptions,
  ): Promise<Answer<Method>> {
    const send = (session: string): Promise<Answer<Method>> => {
      const all = { ...params, session } as unknown as ServerRequests[Method]['params'];
      return this.#host.request(method, all, options);
    };
    const asked = this.#session ?? this.#reopen();
    const session = await asked;
    try {
      return await send(session);
    } catch (error) {
      if (!isForgotten(error)) throw error;
      if (this.#session === asked) this.#session = null;
      return send(await (this.#session ?? this.#reopen()));
    }
  }

  /** Reads no further. */
  async stop(): Promise<void> {
    this.state.set(await this.ask('sessions/stop', {}));
  }

  /** Reads on. */
  async resume(): Promise<void> {
    const state = await this.ask('sessions/resume', {});
    this.state.set(state);
    this.#follow(state.session);
  }

  /** Not at once, and not for ever: whoever hears that the log is open asks again, and may be forgotten again. */
  #reopen(): Promise<string> {
    if (performance.now() - this.#openedAt > LASTING_MS) this.#reopenings = 0;
    const wait = WAITS[this.#reopenings++];
    this.#session = wait === undefined ? this.#giveUp() : wait === 0 ? this.#begin() : this.#beginAfter(wait);
    return this.#session;
  }

  #beginAfter(milliseconds: number): Promise<string> {
    const begun: Promise<string> = new Promise((done) => setTimeout(done, milliseconds)).then(() =>
      this.#session === null || this.#session === begun ? this.#begin() : this.#session,
    );
    return begun;
  }

  #giveUp(): Promise<string> {
    this.#following?.abort();
    const failure = new RequestFailure({
      code: 'SESSION_NOT_FOUND',
      message:
        `It was opened ${String(WAITS.length)} times in a row and lost each time: other open logs may take the memory. ` +
        'Close some of them, then try again.',
      actions: [],
      details: {},
    });
    this.failure.set(describeFailure(failure));
    this.state.set(null);
    return Promise.reject(failure);
  }

  async #begin(): Promise<string> {
    const { path, projectFolder } = this.#input;
    try {
      const state = await this.#host.request('sessions/open', {
        path,
        ...(projectFolder === undefined ? {} : { projectFolder }),
      });
      this.failure.set(null);
      this.#openedAt = performance.now();
      this.opened.tell(state);
      this.state.set(state);
      this.#follow(state.session);
      return state.session;
    } catch (error) {
      this.#session = null;
      this.failure.set(describeFailure(error));
      throw error;
    }
  }

  #follow(session: string): void {
    this.#following?.abort();
    const following = new AbortController();
    this.#following = following;
    this.#host
      .request(
        'sessions/follow',
        { session },
        {
          signal: following.signal,
          onNews: (news) => {
            if (news.method === 'sessions/changed') this.#take(news.params.state, following);
          },
        },
      )
      .then(
        (state) => {
          this.#take(state, following);
        },
        (error: unknown) => {
          if (this.#following === following && isForgotten(error)) this.#session = null;
        },
      );
  }

  /** What is told of a session that was given up changes nothing. */
  #take(state: SessionState, following: AbortController): void {
    if (this.#following === following) this.state.set(state);
  }
}

/** Whether the engine says that it does not know the session. */
function isForgotten(error: unknown): boolean {
  return error instanceof RequestFailure && error.code === 'SESSION_NOT_FOUND';
}
