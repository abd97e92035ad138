/** Work goes on for so long without a pause. */
const WORK_MS = 50;

/** Pauses of long computing, in which the process hears that the run is cancelled. */
export class WorkPauses {
  readonly #signal: AbortSignal | undefined;
  readonly #workMs: number;
  #since = performance.now();

  /**
   * @param signal Of the run; without it, pauses only let others work.
   * @param workMs How long the work goes on between pauses.
   */
  constructor(signal?: AbortSignal, workMs = WORK_MS) {
    this.#signal = signal;
    this.#workMs = workMs;
  }

  /** Lets the event loop turn when it has not for a while; throws the signal's reason where the run is cancelled. */
  async pauseWhenDue(): Promise<void> {
    if (performance.now() - this.#since >= this.#workMs) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#since = performance.now();
    }
    this.#signal?.throwIfAborted();
  }
}

/** Does work that goes on step by step, with a pause, where one is due, after each; it hears which part is done. */
export async function takeSteps<Result>(
  steps: Generator<number, Result, undefined>,
  pause: (fraction: number) => Promise<void>,
): Promise<Result> {
  let step = steps.next();
  while (step.done !== true) {
    await pause(step.value);
    step = steps.next();
  }
  return step.value;
}
