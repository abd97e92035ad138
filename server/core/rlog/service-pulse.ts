import type { EventBatch } from './event-batch.ts';
import { type PeriodSummary, PeriodStatistics } from './period-statistics.ts';
import { isOfLogger, type LogZero } from './log-zero.ts';

const NONE = -1;

/** When the events of one service came. */
export interface ServiceTimes {
  readonly tag: number;
  readonly times: PeriodSummary;
}

/** Running statistics of the times of every service, and of all events together. */
export class ServicePulse {
  readonly #periods = new PeriodStatistics();
  readonly #all = this.#periods.addSource();
  readonly #sourceOfTag = new Int32Array(0x10000).fill(NONE);

  /** Adds the events of a batch. */
  add({ length, tag, monoTimeWords }: EventBatch, zero: LogZero): void {
    for (let i = 0; i < length; i++) {
      const nanoseconds = zero.nanosecondsOf(monoTimeWords[2 * i]!, monoTimeWords[2 * i + 1]!);
      this.#periods.note(this.#sourceOf(tag[i]!), nanoseconds);
      if (!isOfLogger(tag[i]!)) this.#periods.note(this.#all, nanoseconds);
    }
  }

  /** Times of all events that the logger does not write of itself; undefined where there are none. */
  describeLog(): PeriodSummary | undefined {
    const times = this.#periods.describe(this.#all);
    return times.count === 0 ? undefined : times;
  }

  /** Every service that has events, by tag. */
  list(): readonly ServiceTimes[] {
    return Array.from(this.#sourceOfTag).flatMap((source, tag) =>
      source === NONE ? [] : [{ tag, times: this.#periods.describe(source) }],
    );
  }

  #sourceOf(tag: number): number {
    const source = this.#sourceOfTag[tag]!;
    return source === NONE ? (this.#sourceOfTag[tag] = this.#periods.addSource()) : source;
  }
}
