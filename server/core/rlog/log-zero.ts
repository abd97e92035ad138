import type { EventBatch } from './event-batch.ts';
import { SERVICE_TAGS } from './service-tags.ts';

const WORD = 0x1_0000_0000;

/** Whether the logger writes events of this tag by itself: they may lie long before the segment they stand in. */
export function isOfLogger(tag: number): boolean {
  return tag === SERVICE_TAGS.initData || tag === SERVICE_TAGS.sentinel;
}

/**
 * The time from which nanoseconds are counted while a log is read: differences are exact doubles, where nanoseconds
 * since boot would not always be. It is the earliest event of the first window, and as a rule second 0 of the log.
 */
export class LogZero {
  /** Nanoseconds since boot; undefined before the first event. */
  time: bigint | undefined;
  #low = 0;
  #high = 0;

  /** Sets the time by the first batch that has events. */
  see(batch: EventBatch): void {
    if (this.time !== undefined || batch.length === 0) return;
    const own = batch.monoTime.subarray(0, batch.length);
    const times = own.filter((_, row) => !isOfLogger(batch.tag[row]!));
    this.time = (times.length > 0 ? times : own).reduce((least, time) => (time < least ? time : least));
    this.#low = Number(this.time & 0xffff_ffffn);
    this.#high = Number(this.time >> 32n);
  }

  /** @param low Lower half of a monoTime; `high` is the upper one. */
  nanosecondsOf(low: number, high: number): number {
    return (high - this.#high) * WORD + (low - this.#low);
  }
}
