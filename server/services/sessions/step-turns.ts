/** Work goes on for so long without a turn of the event loop: the same process answers requests. */
const STEP_MS = 10;

/** Lets others work between steps. */
export class StepTurns {
  #turnedAt = performance.now();

  /** Whether the step at hand has lasted long enough. */
  get isDue(): boolean {
    return performance.now() - this.#turnedAt >= STEP_MS;
  }

  async give(): Promise<void> {
    if (!this.isDue) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#turnedAt = performance.now();
  }
}
