import {
  type BackendState,
  CtsError,
  type ErrorCode,
  type RequestMethod,
  type ServerRequests,
} from '#protocol';
import type { BackendConnection, BackendFacts, RequestOptions } from './connection.ts';
import { messageOf, toCtsError } from './failure.ts';
import { MOST_RESTARTS, RestartBackoff } from './restart-backoff.ts';

/** What a backend is reached with. */
export interface BackendPorts {
  /** @throws {CtsError} */
  connect(): Promise<BackendConnection>;
  /** Milliseconds of a clock that never jumps. */
  now(): number;
  wait(ms: number): Promise<void>;
}

/** How the backend is, and why where that is not plain. */
export interface BackendStatus {
  readonly state: BackendState;
  /** Of `restarting` and of a `stopped` that nobody asked for. */
  readonly reason?: CtsError | undefined;
}

/** Failures that another start would not mend. */
const FINAL: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'CLIENT_TOO_OLD',
  'INVALID_CONFIGURATION',
  'INVALID_PARAMETER',
  'UNAUTHENTICATED',
  'STORE_TOO_NEW',
  'STORE_DAMAGED',
]);

/**
 * The engine behind the editor: started when something is asked, started again when it ends, and given up when it ends
 * too often.
 */
export class Backend {
  readonly #ports: BackendPorts;
  readonly #backoff = new RestartBackoff();
  readonly #listeners = new Set<(status: BackendStatus) => void>();
  #status: BackendStatus = { state: 'stopped' };
  #ready: Promise<BackendConnection> | undefined;
  #connection: BackendConnection | undefined;
  /** Grows with every stop: what was begun before it no longer counts. */
  #generation = 0;
  #isClosed = false;

  constructor(ports: BackendPorts) {
    this.#ports = ports;
  }

  get status(): BackendStatus {
    return this.#status;
  }

  /** Of the backend that answers now. */
  get facts(): BackendFacts | undefined {
    return this.#connection?.facts;
  }

  /** @returns Takes the listener away. */
  onStatus(listener: (status: BackendStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @throws {CtsError} what the backend answers, or why it does not; the signal's reason when that was aborted. */
  async request<Method extends RequestMethod>(
    method: Method,
    params: ServerRequests[Method]['params'],
    options: RequestOptions = {},
  ): Promise<ServerRequests[Method]['result']> {
    return (await this.relay(method, params, options)) as ServerRequests[Method]['result'];
  }

  /** Asks what somebody else has put together. */
  async relay(method: string, params: object, options: RequestOptions = {}): Promise<unknown> {
    const connection = await untilAborted(this.start(), options.signal);
    return connection.request(method, params, options);
  }

  /** Starts where it has not been started. @throws {CtsError} */
  start(): Promise<BackendConnection> {
    if (this.#isClosed) return Promise.reject(new CtsError('SHUTTING_DOWN', 'The editor closes'));
    const { state, reason } = this.#status;
    if (this.#ready === undefined && state === 'stopped' && reason !== undefined)
      return Promise.reject(reason);
    this.#ready ??= this.#begin('starting', 0);
    return this.#ready;
  }

  /** Ends what runs, and forgets how often it failed. */
  async restart(): Promise<BackendConnection> {
    await this.stop();
    this.#backoff.reset();
    return this.start();
  }

  async stop(): Promise<void> {
    const connection = this.#connection;
    this.#generation++;
    this.#connection = undefined;
    this.#ready = undefined;
    this.#tell({ state: 'stopped' });
    await connection?.close();
  }

  /** Stops for good: whoever waits for an answer, and asks again where there is none, starts no other backend. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.stop();
  }

  #begin(state: 'starting' | 'restarting', delayMs: number, reason?: CtsError): Promise<BackendConnection> {
    this.#tell({ state, reason });
    const ready = this.#connect(this.#generation, delayMs);
    // Whoever asks hears of a failure; where nobody asks, the status tells.
    ready.catch(() => undefined);
    return ready;
  }

  async #connect(generation: number, delayMs: number): Promise<BackendConnection> {
    if (delayMs > 0) await this.#ports.wait(delayMs);
    this.#checkWanted(generation);
    try {
      return await this.#adopt(await this.#ports.connect(), generation);
    } catch (error) {
      this.#checkWanted(generation);
      const failure = toCtsError(error);
      const nextMs = this.#planRestart(failure, 0);
      this.#tell({ state: 'restarting', reason: failure });
      return this.#connect(generation, nextMs);
    }
  }

  async #adopt(connection: BackendConnection, generation: number): Promise<BackendConnection> {
    if (generation !== this.#generation) {
      await connection.close();
      this.#checkWanted(generation);
    }
    this.#connection = connection;
    const since = this.#ports.now();
    this.#tell({ state: 'ready' });
    void connection.closed.then((why) => {
      if (this.#connection === connection) this.#lose(why, this.#ports.now() - since);
    });
    return connection;
  }

  #lose(why: string, aliveMs: number): void {
    this.#connection = undefined;
    this.#ready = undefined;
    const failure = new CtsError('SERVER_UNREACHABLE', `The CTS backend stopped: ${why}`);
    try {
      this.#ready = this.#begin('restarting', this.#planRestart(failure, aliveMs), failure);
    } catch {
      // Given up; the status says why.
    }
  }

  /** @throws {CtsError} when it is not tried again. */
  #planRestart(failure: CtsError, aliveMs: number): number {
    const delayMs = FINAL.has(failure.code) ? undefined : this.#backoff.next(aliveMs);
    if (delayMs !== undefined) return delayMs;
    const reason = FINAL.has(failure.code) ? failure : createGivenUp(failure);
    this.#ready = undefined;
    this.#tell({ state: 'stopped', reason });
    throw reason;
  }

  #checkWanted(generation: number): void {
    if (generation !== this.#generation)
      throw new CtsError('SERVER_UNREACHABLE', 'The CTS backend was stopped', {
        actions: ['Run the command CTS: Restart Backend.'],
      });
  }

  #tell(status: BackendStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) listener(status);
  }
}

function createGivenUp(last: CtsError): CtsError {
  return new CtsError(
    'SERVER_NOT_STARTED',
    `The CTS backend stopped ${MOST_RESTARTS + 1} times and is not started again. Last: ${messageOf(last)}`,
    { actions: ['See its log, then run the command CTS: Restart Backend.', ...last.actions], cause: last },
  );
}

/** Waits no longer than the caller does. */
function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}
