import { holdSeconds } from './sample-gaps.ts';
import type { SampleRange } from './sample-range.ts';

/** How samples become points. */
export interface ColumnOptions {
  /** Where column 0 begins, in seconds. */
  readonly from: number;
  /** Width of a column; 0 where the stretch of time has no length. */
  readonly columnSeconds: number;
  readonly gapSeconds: number;
  /** Whether points that repeat the value before them are left out. */
  readonly isStepped: boolean;
}

/** Points in the order of time; a null value ends the line before it. */
export interface Points {
  readonly seconds: number[];
  readonly values: (number | null)[];
}

/** Keeps of each column of time the first, the smallest, the largest and the last sample. */
export class ColumnPoints {
  readonly #options: ColumnOptions;
  readonly #seconds: number[] = [];
  readonly #values: (number | null)[] = [];

  constructor(options: ColumnOptions) {
    this.#options = options;
  }

  /** Adds the samples of these rows: once, as the columns start anew with every call. */
  append(seconds: ArrayLike<number>, values: ArrayLike<number>, { first, end }: SampleRange): void {
    // Rows of the column that is being filled; `last` is -1 before the first.
    let head = -1;
    let low = -1;
    let high = -1;
    let last = -1;
    let lowest = Infinity;
    let highest = -Infinity;
    let columnEnd = -Infinity;
    let brokenAt = NaN;
    for (let row = first; row < end; row++) {
      const value = values[row]!;
      if (value - value !== 0) {
        if (Number.isNaN(brokenAt)) brokenAt = seconds[row]!;
        continue;
      }
      const at = seconds[row]!;
      if (at >= columnEnd) {
        if (last >= 0) {
          this.#flush(seconds, values, [head, low, high, last]);
          this.#breakBetween(seconds[last]!, at, brokenAt);
        }
        columnEnd = this.#findColumnEnd(at);
        head = low = high = row;
        lowest = highest = value;
      } else if (value < lowest) {
        low = row;
        lowest = value;
      } else if (value > highest) {
        high = row;
        highest = value;
      }
      last = row;
      brokenAt = NaN;
    }
    if (last >= 0) this.#flush(seconds, values, [head, low, high, last]);
    if (last >= 0 && !Number.isNaN(brokenAt)) this.#break(brokenAt);
  }

  /** Gives the points; nothing may be added afterwards. */
  finish(): Points {
    const points = { seconds: this.#seconds, values: this.#values };
    return this.#options.isStepped ? dropRepeated(points) : points;
  }

  /** Writes the rows of one column in their order, each once. */
  #flush(seconds: ArrayLike<number>, values: ArrayLike<number>, rows: readonly number[]): void {
    let previous = -1;
    const [head = 0, low = 0, high = 0, last = 0] = rows;
    for (const row of low < high ? [head, low, high, last] : [head, high, low, last]) {
      if (row === previous) continue;
      this.#seconds.push(roundToMicros(seconds[row]!));
      this.#values.push(values[row]!);
      previous = row;
    }
  }

  #findColumnEnd(at: number): number {
    const { from, columnSeconds } = this.#options;
    // Without a length everything stands in one column, apart from what is beside it.
    if (!(columnSeconds > 0)) return at <= from ? from : Infinity;
    return from + (Math.floor((at - from) / columnSeconds) + 1) * columnSeconds;
  }

  /** Ends the line where values that are none stand between two samples, or a pause. */
  #breakBetween(last: number, next: number, brokenAt: number): void {
    const { gapSeconds } = this.#options;
    if (!Number.isNaN(brokenAt)) this.#break(brokenAt);
    else if (next - last > gapSeconds) this.#break(Math.min(next, last + holdSeconds(gapSeconds)));
  }

  #break(at: number): void {
    this.#seconds.push(roundToMicros(at));
    this.#values.push(null);
  }
}

/** Leaves out points that repeat the value before and after them. */
function dropRepeated({ seconds, values }: Points): Points {
  const kept: Points = { seconds: [], values: [] };
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (i > 0 && i < values.length - 1 && value === values[i - 1] && value === values[i + 1]) continue;
    kept.seconds.push(seconds[i]!);
    kept.values.push(value);
  }
  return kept;
}

/** Digits beyond are noise of the arithmetic, and cost space wherever points are written. */
function roundToMicros(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}
