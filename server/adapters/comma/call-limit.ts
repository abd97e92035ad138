import type { Clock } from '../../services/clock.ts';
import { waitFor } from './abortable-wait.ts';

/** How often something may be done. */
export interface CallRate {
  readonly calls: number;
  readonly windowMs: number;
}

/** Lets so many calls through in any stretch of time, and makes the others wait. */
export class CallLimit {
  readonly #clock: Clock;
  readonly #rate: CallRate;
  /** Of the calls that still count, oldest first. */
  readonly #times: number[] = [];

  constructor(clock: Clock, rate: CallRate) {
    this.#clock = clock;
    this.#rate = rate;
  }

  /** Takes the right to one call; rejects with the signal's reason when it is aborted while waiting. */
  async take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { calls, windowMs } = this.#rate;
    const now = this.#clock.monotonicMs();
    while (this.#times[0] !== undefined && this.#times[0] <= now - windowMs) this.#times.shift();
    const oldest = this.#times[0];
    if (oldest === undefined || this.#times.length < calls) {
      this.#times.push(now);
      return;
    }
    await waitFor(this.#clock, oldest + windowMs - now, signal);
    await this.take(signal);
  }
}
