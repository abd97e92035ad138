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
    const { from, columnSeconds, gapSeconds } = this.#options;
    const scale = columnSeconds > 0 ? 1 / columnSeconds : 0;
    // Rows of the column that is being filled; `last` is -1 before the first.
    let [head, low, high, last] = [-1, -1, -1, -1];
    let column = NaN;
    let brokenAt = NaN;
    for (let row = first; row < end; row++) {
      const value = values[row]!;
      if (value - value !== 0) {
        if (brokenAt !== brokenAt) brokenAt = seconds[row]!;
        continue;
      }
      const at = Math.floor((seconds[row]! - from) * scale);
      if (at === column) {
        if (value < values[low]!) low = row;
        if (value > values[high]!) high = row;
        last = row;
      } else {
        if (last >= 0) {
          this.#flush(seconds, values, [head, low, high, last]);
          const pause = seconds[row]! - seconds[last]!;
          if (brokenAt === brokenAt) this.#break(brokenAt);
          else if (pause > gapSeconds) this.#break(seconds[last]! + Math.min(pause, holdSeconds(gapSeconds)));
        }
        column = at;
        head = low = high = last = row;
      }
      brokenAt = NaN;
    }
    if (last >= 0) this.#flush(seconds, values, [head, low, high, last]);
    if (last >= 0 && brokenAt === brokenAt) this.#break(brokenAt);
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
