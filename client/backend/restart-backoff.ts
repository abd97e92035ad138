const FIRST_DELAY_MS = 250;
const STABLE_AFTER_MS = 60_000;

/** How often a backend that ends is started again before somebody has to look. */
export const MOST_RESTARTS = 6;

/** Decides whether, and when, a backend that ended is started again: later each time, and not for ever. */
export class RestartBackoff {
  #restarts = 0;

  /**
   * Counts an end.
   *
   * @param aliveMs How long the backend had answered; 0 where it never did.
   * @returns Milliseconds until the next start; undefined when it has ended too often.
   */
  next(aliveMs: number): number | undefined {
    if (aliveMs >= STABLE_AFTER_MS) this.#restarts = 0;
    if (this.#restarts >= MOST_RESTARTS) return undefined;
    return FIRST_DELAY_MS * 2 ** this.#restarts++;
  }

  reset(): void {
    this.#restarts = 0;
  }
}
