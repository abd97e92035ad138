import type { Clock } from '../../services/clock.ts';

/** Failures of one address within the current minute. */
interface Attempts {
  readonly sinceMs: number;
  readonly count: number;
}

const WINDOW_MS = 60_000;
/** Addresses remembered; when there are more, the one that failed longest ago is forgotten. */
const MAX_ADDRESSES = 10_000;

/** Counts failed authentications by address, so that nobody guesses at speed. */
export class FailedAttempts {
  readonly #attempts = new Map<string, Attempts>();
  readonly #limit: number;
  readonly #clock: Clock;

  constructor(limit: number, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** Seconds until the address may try again; 0 when it may now. */
  measureWait(address: string): number {
    const attempts = this.#find(address);
    if (attempts === undefined || attempts.count < this.#limit) return 0;
    return Math.ceil((attempts.sinceMs + WINDOW_MS - this.#clock.monotonicMs()) / 1000);
  }

  /** Remembers a failure of the address. */
  add(address: string): void {
    const { sinceMs, count } = this.#find(address) ?? { sinceMs: this.#clock.monotonicMs(), count: 0 };
    this.#attempts.delete(address);
    this.#attempts.set(address, { sinceMs, count: count + 1 });
    if (this.#attempts.size > MAX_ADDRESSES) this.#forgetOldest();
  }

  #find(address: string): Attempts | undefined {
    const attempts = this.#attempts.get(address);
    if (attempts === undefined || this.#clock.monotonicMs() < attempts.sinceMs + WINDOW_MS) return attempts;
    this.#attempts.delete(address);
    return undefined;
  }

  #forgetOldest(): void {
    const [oldest] = this.#attempts.keys();
    if (oldest !== undefined) this.#attempts.delete(oldest);
  }
}
