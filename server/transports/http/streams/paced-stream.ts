import { Readable } from 'node:stream';

/** What waits for a reader at most, besides one piece and what its socket holds. */
const WAITING_BYTES = 64 * 1024;

/** What an idle stream says to show that it is alive. */
export interface Heartbeat {
  readonly everyMs: number;
  readonly text: string;
}

/** How a paced stream begins, lives and ends. */
export interface PacedStreamOptions {
  /** Aborted when the service closes. */
  readonly closing: AbortSignal;
  readonly heartbeat?: Heartbeat;
}

/** A stream whose writer is held back by its reader, and told when the reader has gone. */
export class PacedStream extends Readable {
  readonly #work = new AbortController();
  readonly #closing: AbortSignal;
  readonly #heartbeatTimer: NodeJS.Timeout | undefined;
  #wakeWriter: (() => void) | undefined;
  #isFinished = false;

  constructor({ closing, heartbeat }: PacedStreamOptions) {
    super({ highWaterMark: WAITING_BYTES });
    this.#closing = closing;
    closing.addEventListener('abort', this.#stopWork);
    if (closing.aborted) this.#stopWork();
    if (heartbeat === undefined) return;
    this.#heartbeatTimer = setTimeout(() => {
      this.#beat(heartbeat.text);
    }, heartbeat.everyMs).unref();
  }

  /** Aborted when what is written is no longer wanted: the reader has gone, or the service closes. */
  get signal(): AbortSignal {
    return this.#work.signal;
  }

  /** Hands a piece on; the returned promise is settled when the next one is wanted, or none any more. */
  deliver(piece: Uint8Array | string): void | Promise<void> {
    if (this.destroyed || this.#isFinished) return;
    this.#heartbeatTimer?.refresh();
    if (this.push(piece)) return;
    return new Promise((resolve) => {
      this.#wakeWriter = resolve;
    });
  }

  /** Says that nothing follows, after a last piece where there is one. */
  finish(lastPiece?: Uint8Array | string): void {
    if (this.destroyed || this.#isFinished) return;
    this.#isFinished = true;
    if (lastPiece !== undefined) this.push(lastPiece);
    this.push(null);
  }

  override _read(): void {
    this.#wakeWriter?.();
    this.#wakeWriter = undefined;
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    clearTimeout(this.#heartbeatTimer);
    this.#closing.removeEventListener('abort', this.#stopWork);
    this.#stopWork();
    this._read();
    callback(error);
  }

  readonly #stopWork = (): void => {
    this.#work.abort();
  };

  /** A reader that does not take what is there needs no sign of life. */
  #beat(text: string): void {
    if (this.readableLength === 0 && !this.#isFinished) this.push(text);
    this.#heartbeatTimer?.refresh();
  }
}
