import { isSameRange, type TimeRange } from '../shared/time-range.ts';

const MOST_KEPT = 100;

/** The ranges that were looked at, to walk back and forth. */
export class RangeHistory {
  #ranges: readonly TimeRange[];
  #place = 0;

  constructor(first: TimeRange) {
    this.#ranges = [first];
  }

  /** Notes a range; what lay ahead is forgotten. */
  add(range: TimeRange): void {
    const current = this.#ranges[this.#place];
    if (current !== undefined && isSameRange(current, range)) return;
    this.#ranges = [...this.#ranges.slice(0, this.#place + 1), range].slice(-MOST_KEPT);
    this.#place = this.#ranges.length - 1;
  }

  /** The range one step back (-1) or ahead (1); null at the end. */
  walk(step: -1 | 1): TimeRange | null {
    const range = this.#ranges[this.#place + step];
    if (range === undefined) return null;
    this.#place += step;
    return range;
  }
}
