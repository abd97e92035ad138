import type { Clock, CreateId } from '../../server/services/clock.ts';

/** A clock that a test moves. */
export class FakeClock implements Clock {
  #elapsedMs = 0;
  readonly #startMs: number;
  readonly #timers = new Set<{ readonly atMs: number; readonly callback: () => void }>();

  /** @param start What `now` tells at first. */
  constructor(start = '2026-01-02T03:04:05.000Z') {
    this.#startMs = Date.parse(start);
  }

  now(): string {
    return new Date(this.#startMs + this.#elapsedMs).toISOString();
  }

  monotonicMs(): number {
    return this.#elapsedMs;
  }

  /** Callbacks that wait for their time. */
  get waiting(): number {
    return this.#timers.size;
  }

  schedule(delayMs: number, callback: () => void): () => void {
    const timer = { atMs: this.#elapsedMs + delayMs, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Lets time pass, and calls back whoever waited for it, in order. */
  advance(ms: number): void {
    const untilMs = this.#elapsedMs + ms;
    for (let due = this.#findDue(untilMs); due !== undefined; due = this.#findDue(untilMs)) {
      this.#timers.delete(due);
      this.#elapsedMs = Math.max(this.#elapsedMs, due.atMs);
      due.callback();
    }
    this.#elapsedMs = untilMs;
  }

  #findDue(untilMs: number): { readonly atMs: number; readonly callback: () => void } | undefined {
    return [...this.#timers].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
  }
}

/** Ids that tell what they belong to and in which order they were made. */
export function createCountedIds(prefix: string): CreateId {
  let count = 0;
  return () => `${prefix}-${String(++count)}`;
}

/** Lets everything go on that waits for nothing but a turn of the event loop. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
