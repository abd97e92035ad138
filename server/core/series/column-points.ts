import { holdSeconds } from './sample-gaps.ts';
import type { SampleRange } from './sample-range.ts';

/** The stretch of time that points are made for. */
export interface ColumnOptions {
  /** Where column 0 begins, in seconds. */
  readonly from: number;
  /** Not before `from`; belongs to the stretch. */
  readonly to: number;
  /** At least 1. */
  readonly columns: number;
}

/** How columns become lines. */
export interface LineOptions {
  /** No line is drawn over a longer pause. */
  readonly gapSeconds: number;
  /** Whether points that repeat the value before them are left out. */
  readonly isStepped: boolean;
}

/** Points in the order of time; a null value ends the line before it. */
export interface Points {
  readonly seconds: number[];
  readonly values: (number | null)[];
}

// A column is four samples of three numbers each: time, value, and the number under which it came, from 1; 0: none.
const LOWEST = 3;
const HIGHEST = 6;
const LAST = 9;
const STRIDE = 12;
const VALUE = 1;
const NUMBER = 2;

/**
 * Keeps of each column of time the first, the smallest, the largest and the last sample, and the samples next to the
 * stretch. Samples may come in any number of portions and in any order of time; memory grows with columns alone.
 */
export class ColumnPoints {
  readonly #options: ColumnOptions;
  readonly #columnSeconds: number;
  /** Column -1 before the stretch, those in it, one for samples at its very edge, and one behind. */
  readonly #columns: Float64Array;
  /** Earliest values that are none, of each column: before its first sample and behind its last; NaN: none. */
  #broken: Float64Array | undefined;
  readonly #before = { seconds: -Infinity, value: NaN };
  readonly #behind = { seconds: Infinity, value: NaN };
  #count = 0;

  constructor(options: ColumnOptions) {
    this.#options = options;
    this.#columnSeconds = (options.to - options.from) / options.columns;
    this.#columns = new Float64Array(STRIDE * (options.columns + 3));
  }

  /** Adds the samples of these rows. What is not finite is a gap. */
  append(seconds: ArrayLike<number>, values: ArrayLike<number>, { first, end }: SampleRange): void {
    const { from, to } = this.#options;
    for (let row = first; row < end; row++) {
      const at = seconds[row]!;
      const value = values[row]!;
      if (at < from) this.#addBefore(at, value);
      else if (at > to) this.#addBehind(at, value);
      else this.#add(at, value);
    }
  }

  /** Gives the points; nothing may be added afterwards. */
  finish({ gapSeconds, isStepped }: LineOptions): Points {
    if (this.#before.seconds > -Infinity) this.#add(this.#before.seconds, this.#before.value);
    if (this.#behind.seconds < Infinity) this.#add(this.#behind.seconds, this.#behind.value);
    const line = new Line(gapSeconds);
    for (let at = 0; at < this.#columns.length; at += STRIDE) this.#draw(at, line);
    line.end();
    return isStepped ? dropRepeated(line) : { seconds: line.seconds, values: line.values };
  }

  /** Of the samples before the stretch the last one counts. */
  #addBefore(seconds: number, value: number): void {
    if (seconds < this.#before.seconds) return;
    this.#before.seconds = seconds;
    this.#before.value = value;
  }

  /** Of the samples behind the stretch the first one counts. */
  #addBehind(seconds: number, value: number): void {
    if (seconds >= this.#behind.seconds) return;
    this.#behind.seconds = seconds;
    this.#behind.value = value;
  }

  #add(seconds: number, value: number): void {
    const at = STRIDE * (this.#findColumn(seconds) + 1);
    if (value - value !== 0) {
      this.#addBroken(at, seconds);
      return;
    }
    if (this.#broken !== undefined) this.#mend(this.#broken, at, seconds);
    const columns = this.#columns;
    const number = ++this.#count;
    if (columns[at + NUMBER] === 0) {
      for (let sample = at; sample < at + STRIDE; sample += 3) this.#write(sample, seconds, value);
      return;
    }
    if (seconds < columns[at]!) this.#write(at, seconds, value);
    const lowest = columns[at + LOWEST + VALUE]!;
    if (value < lowest || (value === lowest && seconds < columns[at + LOWEST]!))
      this.#write(at + LOWEST, seconds, value);
    const highest = columns[at + HIGHEST + VALUE]!;
    if (value > highest || (value === highest && seconds < columns[at + HIGHEST]!))
      this.#write(at + HIGHEST, seconds, value);
    if (seconds >= columns[at + LAST]!) {
      columns[at + LAST] = seconds;
      columns[at + LAST + VALUE] = value;
      columns[at + LAST + NUMBER] = number;
    }
  }

  #write(sample: number, seconds: number, value: number): void {
    const columns = this.#columns;
    columns[sample] = seconds;
    columns[sample + VALUE] = value;
    columns[sample + NUMBER] = this.#count;
  }

  #findColumn(seconds: number): number {
    const { from, columns } = this.#options;
    // Without a length there are no columns of time: what comes at that moment is kept one by one, while there is room.
    if (!(this.#columnSeconds > 0))
      return seconds < from ? -1 : seconds > from ? columns + 1 : Math.min(this.#count, columns);
    const column = Math.floor((seconds - from) / this.#columnSeconds);
    return column < 0 ? -1 : Math.min(column, seconds > this.#options.to ? columns + 1 : columns);
  }

  #addBroken(at: number, seconds: number): void {
    const broken = (this.#broken ??= new Float64Array((this.#columns.length / STRIDE) * 2).fill(NaN));
    const place = (at / STRIDE) * 2;
    if (this.#columns[at + NUMBER] === 0 || seconds < this.#columns[at]!)
      broken[place] = earlier(broken[place]!, seconds);
    else if (seconds >= this.#columns[at + LAST]!) broken[place + 1] = earlier(broken[place + 1]!, seconds);
  }

  /** A sample goes into a column: what was broken stands before it, behind it, or no longer at either end. */
  #mend(broken: Float64Array, at: number, seconds: number): void {
    const place = (at / STRIDE) * 2;
    const isEmpty = this.#columns[at + NUMBER] === 0;
    if (broken[place]! > seconds) {
      if (isEmpty) broken[place + 1] = broken[place]!;
      broken[place] = NaN;
    }
    if (broken[place + 1]! <= seconds) broken[place + 1] = NaN;
  }

  /** Writes the samples of a column in their order, each once. */
  #draw(at: number, line: Line): void {
    const columns = this.#columns;
    const place = (at / STRIDE) * 2;
    if (this.#broken !== undefined) line.break(this.#broken[place]!);
    if (columns[at + NUMBER] === 0) return;
    line.begin(columns[at]!);
    const isLowFirst = this.#isBefore(at + LOWEST, at + HIGHEST);
    let previous = 0;
    for (let step = 0; step < 4; step++) {
      const sample = at + (isLowFirst || step % 3 === 0 ? 3 * step : 3 * (3 - step));
      if (columns[sample + NUMBER] === previous) continue;
      previous = columns[sample + NUMBER]!;
      line.add(columns[sample]!, columns[sample + VALUE]!);
    }
    if (this.#broken !== undefined) line.break(this.#broken[place + 1]!);
  }

  #isBefore(sample: number, other: number): boolean {
    const columns = this.#columns;
    if (columns[sample] !== columns[other]) return columns[sample]! < columns[other]!;
    return columns[sample + NUMBER]! < columns[other + NUMBER]!;
  }
}

/** A line under construction. */
class Line implements Points {
  readonly seconds: number[] = [];
  readonly values: (number | null)[] = [];
  readonly #gapSeconds: number;
  #last = NaN;
  #brokenAt = NaN;

  constructor(gapSeconds: number) {
    this.#gapSeconds = gapSeconds;
  }

  /** Notes a value that is none; nothing happens with NaN. The first between two samples counts. */
  break(seconds: number): void {
    if (Number.isNaN(this.#brokenAt)) this.#brokenAt = seconds;
  }

  /** Ends the line where values that are none, or a pause, stand before the next sample. */
  begin(next: number): void {
    const last = this.#last;
    if (Number.isNaN(last)) this.#brokenAt = NaN;
    else if (!Number.isNaN(this.#brokenAt)) this.end();
    else if (next - last > this.#gapSeconds) this.#end(Math.min(next, last + holdSeconds(this.#gapSeconds)));
  }

  add(seconds: number, value: number): void {
    this.seconds.push(roundToMicros(seconds));
    this.values.push(value);
    this.#last = seconds;
  }

  /** Ends the line where a value that is none stands behind it. */
  end(): void {
    if (!Number.isNaN(this.#brokenAt) && !Number.isNaN(this.#last)) this.#end(this.#brokenAt);
    this.#brokenAt = NaN;
  }

  #end(at: number): void {
    this.seconds.push(roundToMicros(at));
    this.values.push(null);
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

/** Of two times the earlier; the first may be NaN: none. */
function earlier(known: number, seconds: number): number {
  return known <= seconds ? known : seconds;
}

/** Digits beyond are noise of the arithmetic, and cost space wherever points are written. */
function roundToMicros(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}
