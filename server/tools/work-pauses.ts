/** Work goes on for so long without a pause. */
const WORK_MS = 50;

/** Pauses of long computing, in which the process hears that the run is cancelled. */
export class WorkPauses {
  readonly #signal: AbortSignal;
  #since = performance.now();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Lets the event loop turn when it has not for a while; throws the signal's reason where the run is cancelled. */
  async pauseWhenDue(): Promise<void> {
    if (performance.now() - this.#since < WORK_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#signal.throwIfAborted();
    this.#since = performance.now();
  }
}
