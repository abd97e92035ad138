import type { ColumnOptions } from './column-points.ts';
import { holdSeconds } from './sample-gaps.ts';
import type { SeriesSamples } from './series-samples.ts';

/** Points in the order of time; the value NaN ends the line before it. */
export interface ScreenPoints {
  readonly seconds: Float64Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
}

/** What is drawn. */
export interface ScreenOptions extends ColumnOptions {
  /** Whether a value holds until the next sample: points that repeat their neighbours are left out. */
  readonly isStepped: boolean;
}

/** Most points of a column: four samples, and the end of a line before and behind them. */
export const MOST_POINTS_OF_COLUMN = 6;

/**
 * Decimates a stretch to what can be seen, as `ColumnPoints` does for samples that are not kept: of each column of time
 * the first, the least, the greatest and the last sample, and the samples next to the stretch.
 */
export function findScreenPoints(samples: SeriesSamples, options: ScreenOptions): ScreenPoints {
  const line = new ScreenLine(samples, options);
  line.draw();
  if (options.isStepped) line.dropRepeated();
  return line.points;
}

/** A line under construction. */
class ScreenLine {
  readonly #samples: SeriesSamples;
  readonly #options: ColumnOptions;
  readonly #seconds: Float64Array<ArrayBuffer>;
  readonly #values: Float64Array<ArrayBuffer>;
  #length = 0;
  #last = NaN;
  #brokenAt = NaN;
  /** Rows of the last column. */
  #usualRows = 0;

  constructor(samples: SeriesSamples, options: ColumnOptions) {
    this.#samples = samples;
    this.#options = options;
    const most = Math.min(MOST_POINTS_OF_COLUMN * (options.columns + 3), 2 * samples.length + 2);
    this.#seconds = new Float64Array(most);
    this.#values = new Float64Array(most);
  }

  get points(): ScreenPoints {
    return { seconds: this.#seconds.slice(0, this.#length), values: this.#values.slice(0, this.#length) };
  }

  draw(): void {
    const { from, to, columns } = this.#options;
    const first = this.#samples.countBefore(from);
    const end = Math.max(first, this.#samples.countUpTo(to));
    if (first > 0) this.#drawRows(first - 1, first);
    let at = first;
    // The last column takes what rounding leaves at the very edge.
    for (let column = 0; at < end && column < columns; column++) {
      const stop = this.#findColumnEnd(at, end, column);
      if (stop > at) this.#drawRows(at, stop);
      at = stop;
    }
    if (at < end) this.#drawRows(at, end);
    if (end < this.#samples.length) this.#drawRows(end, end + 1);
    this.#endBroken();
  }

  /** Leaves out points that repeat the value before and behind them. */
  dropRepeated(): void {
    const seconds = this.#seconds;
    const values = this.#values;
    let kept = 0;
    let before = NaN;
    for (let i = 0; i < this.#length; i++) {
      const value = values[i]!;
      const isRepeated = i > 0 && i < this.#length - 1 && value === before && value === values[i + 1];
      before = value;
      if (isRepeated) continue;
      seconds[kept] = seconds[i]!;
      values[kept++] = value;
    }
    this.#length = kept;
  }

  /** The first row that is in a later column, searched for from where the last column would have it. */
  #findColumnEnd(first: number, end: number, column: number): number {
    let low = first;
    let high = end;
    let step = 1;
    let probe = Math.min(end - 1, first + this.#usualRows);
    while (low < high) {
      if (this.#isLater(probe, column)) high = probe;
      else low = probe + 1;
      step *= 2;
      // Steps away from the guess that double, then halves of what is left.
      if (high === end) probe = Math.min(end - 1, low + step);
      else if (low === first) probe = Math.max(first, high - step);
      else probe = (low + high) >>> 1;
    }
    this.#usualRows = low - first;
    return low;
  }

  #isLater(row: number, column: number): boolean {
    const { from, to, columns } = this.#options;
    return Math.floor((this.#samples.seconds[row]! - from) / ((to - from) / columns)) > column;
  }

  /** Draws the samples of a column, each once. */
  #drawRows(from: number, to: number): void {
    const { values, seconds, pyramid } = this.#samples;
    let first = from;
    let last = to - 1;
    // What is not finite never stands beside another one.
    if (!Number.isFinite(values[first])) this.#break(seconds[first++]!);
    if (first >= to) return;
    const isBrokenBehind = !Number.isFinite(values[last]);
    if (isBrokenBehind) last--;
    this.#begin(seconds[first]!);
    const { lowest, highest } = pyramid.findExtremes(first, last + 1);
    this.#add(first);
    this.#addBehind(first, Math.min(lowest, highest));
    this.#addBehind(Math.max(first, Math.min(lowest, highest)), Math.max(lowest, highest));
    this.#addBehind(Math.max(first, lowest, highest), last);
    if (isBrokenBehind) this.#break(seconds[last + 1]!);
  }

  #addBehind(previous: number, row: number): void {
    if (row > previous) this.#add(row);
  }

  #add(row: number): void {
    const { seconds, values } = this.#samples;
    this.#push(seconds[row]!, values[row]!);
    this.#last = seconds[row]!;
  }

  /** Notes that the line ends; the first time between two samples counts. */
  #break(seconds: number): void {
    if (Number.isNaN(this.#brokenAt)) this.#brokenAt = seconds;
  }

  /** Ends the line where it is broken, or pauses, before the next sample. */
  #begin(next: number): void {
    const { gapSeconds } = this.#samples;
    if (!Number.isNaN(this.#brokenAt)) this.#endBroken();
    else if (next - this.#last > gapSeconds)
      this.#push(Math.min(next, this.#last + holdSeconds(gapSeconds)), NaN);
  }

  #endBroken(): void {
    if (!Number.isNaN(this.#brokenAt) && !Number.isNaN(this.#last)) this.#push(this.#brokenAt, NaN);
    this.#brokenAt = NaN;
  }

  #push(seconds: number, value: number): void {
    this.#seconds[this.#length] = seconds;
    this.#values[this.#length++] = value;
  }
}
