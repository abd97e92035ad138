/** Work goes on for so long without a pause. */
const WORK_MS = 50;

/** Pauses of long computing, in which the process hears that the run is cancelled. */
export class WorkPauses {
  readonly #signal: AbortSignal;
  readonly #workMs: number;
  #since = performance.now();

  /** @param workMs How long the work goes on between pauses. */
  constructor(signal: AbortSignal, workMs = WORK_MS) {
    this.#signal = signal;
    this.#workMs = workMs;
  }

  /** Lets the event loop turn when it has not for a while; throws the signal's reason where the run is cancelled. */
  async pauseWhenDue(): Promise<void> {
    if (performance.now() - this.#since >= this.#workMs) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#since = performance.now();
    }
    this.#signal.throwIfAborted();
  }
}
