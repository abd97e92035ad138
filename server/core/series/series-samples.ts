import { GapFinder, holdSeconds } from './sample-gaps.ts';
import { SamplePyramid } from './sample-pyramid.ts';
import { StepWatch } from './step-watch.ts';

const FIRST_ROWS = 256;

/**
 * All samples of one series by time, kept so that any stretch of it can be drawn at once; more can be added behind. Of
 * values that are not finite and follow each other the first is kept: it says that the line ends there.
 */
export class SeriesSamples {
  /** Samples, those that are not finite included. */
  length = 0;
  /** Longer than `length`, and another array when it grows. */
  seconds: Float64Array<ArrayBuffer> = new Float64Array(FIRST_ROWS);
  values: Float64Array<ArrayBuffer> = new Float64Array(FIRST_ROWS);
  readonly pyramid = new SamplePyramid();
  readonly #gaps = new GapFinder();
  readonly #steps = new StepWatch();
  #gapSeconds: number | undefined;

  /** Whether all values are integers and few are different. */
  get looksStepped(): boolean {
    return this.#steps.looksStepped;
  }

  /** No line is drawn over a longer pause: three usual periods, at least half a second. */
  get gapSeconds(): number {
    return (this.#gapSeconds ??= this.#gaps.gapSeconds);
  }

  /** Bytes of memory. */
  get byteLength(): number {
    return 16 * this.seconds.length + this.pyramid.byteLength;
  }

  /** Adds the first `count` samples; none is earlier than what is there. */
  append(seconds: ArrayLike<number>, values: ArrayLike<number>, count: number): void {
    this.#reserve(this.length + count);
    let { length } = this;
    for (let i = 0; i < count; i++) {
      const at = seconds[i]!;
      const value = values[i]!;
      this.#gaps.add(at);
      this.#steps.add(value);
      if (value - value !== 0 && length > 0 && !Number.isFinite(this.values[length - 1])) continue;
      this.seconds[length] = at;
      this.values[length++] = value;
    }
    this.length = length;
    this.#gapSeconds = undefined;
    this.pyramid.extend(this.values, length);
  }

  /** The number of samples that are not later than a time. */
  countUpTo(atSeconds: number): number {
    return findFirst(this, (seconds) => seconds > atSeconds);
  }

  /** The number of samples that are earlier than a time. */
  countBefore(atSeconds: number): number {
    return findFirst(this, (seconds) => seconds >= atSeconds);
  }

  /** The row of the last sample at or before a time; -1 before the first, and where its line has ended by then. */
  findRowAt(atSeconds: number): number {
    const row = this.countUpTo(atSeconds) - 1;
    if (row < 0 || !Number.isFinite(this.values[row])) return -1;
    const { gapSeconds, seconds } = this;
    const age = atSeconds - seconds[row]!;
    if (row + 1 === this.length) return age > gapSeconds ? -1 : row;
    const isGap = seconds[row + 1]! - seconds[row]! > gapSeconds;
    return isGap && age > holdSeconds(gapSeconds) ? -1 : row;
  }

  /** Time of the nearest finite sample behind a time; undefined where there is none. */
  findNext(atSeconds: number): number | undefined {
    const row = this.countUpTo(atSeconds);
    // What is not finite never stands beside another one.
    const next = Number.isFinite(this.values[row]) ? row : row + 1;
    return next < this.length ? this.seconds[next] : undefined;
  }

  /** Time of the nearest finite sample before a time; undefined where there is none. */
  findPrevious(atSeconds: number): number | undefined {
    const row = this.countBefore(atSeconds) - 1;
    const previous = Number.isFinite(this.values[row]) ? row : row - 1;
    return previous >= 0 ? this.seconds[previous] : undefined;
  }

  #reserve(rows: number): void {
    if (rows <= this.seconds.length) return;
    const capacity = Math.ceil(Math.max(rows, 1.5 * this.seconds.length));
    this.seconds = new Float64Array(this.seconds.buffer.transfer(8 * capacity));
    this.values = new Float64Array(this.values.buffer.transfer(8 * capacity));
  }
}

/** Index of the first time for which something is true that stays true; the number of samples where there is none. */
function findFirst({ seconds, length }: SeriesSamples, isTrue: (seconds: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isTrue(seconds[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
