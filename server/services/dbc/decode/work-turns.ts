/** Work goes on for so long without a turn of the event loop. */
const WORK_MS = 50;

/** Lets others work, and hears when the work is no longer wanted. */
export class WorkTurns {
  readonly #signal: AbortSignal;
  #turnedAt = performance.now();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** @throws The reason of the signal when it is aborted. */
  async give(): Promise<void> {
    if (performance.now() - this.#turnedAt >= WORK_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#turnedAt = performance.now();
    }
    this.#signal.throwIfAborted();
  }
}
