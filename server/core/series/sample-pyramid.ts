/** Samples below one entry of the lowest level. */
const BLOCK = 64;
/** Entries below one entry of each level above. */
const FAN = 16;
/** No finite sample. */
const NONE = 0xffff_ffff;

/** What lies in some samples; overwritten by the next question. */
export interface SampleExtremes {
  /** Rows of the least and the greatest value, of several the first; -1 where no value is finite. */
  lowest: number;
  highest: number;
}

/** How many of some samples are finite, and what they add up to; overwritten by the next question. */
export interface SampleSum {
  count: number;
  sum: number;
}

/**
 * Finds extremes and sums of any stretch of samples in a time that hardly grows with its length: of every 64 samples,
 * and of every 16 entries above, rows and values of the extremes are kept. About half a byte a sample. What is not
 * finite does not count.
 */
export class SamplePyramid {
  readonly extremes: SampleExtremes = { lowest: -1, highest: -1 };
  readonly sum: SampleSum = { count: 0, sum: 0 };
  readonly #levels: Level[] = [];
  #values = new Float64Array(0);
  // The values of `extremes`.
  #least = Infinity;
  #greatest = -Infinity;

  /** Bytes of memory. */
  get byteLength(): number {
    return this.#levels.reduce((sum, level) => sum + level.byteLength, 0);
  }

  /** Takes in samples that were added behind those it knows; the array may be another one. */
  extend(values: Float64Array<ArrayBuffer>, length: number): void {
    this.#values = values;
    let size = BLOCK;
    for (let depth = 0; length >= size; depth++, size *= FAN) {
      const level = (this.#levels[depth] ??= new Level());
      // Only whole entries are kept: what is behind them is looked at sample by sample.
      const entries = Math.floor(length / size);
      level.reserve(entries);
      while (level.length < entries) this.#fill(depth, level.length);
    }
  }

  /** Finds the extremes of the rows from `first` to `end`, without `end`. */
  findExtremes(first: number, end: number): SampleExtremes {
    const { extremes } = this;
    extremes.lowest = -1;
    extremes.highest = -1;
    this.#least = Infinity;
    this.#greatest = -Infinity;
    this.#visit(first, end, EXTREMES);
    return extremes;
  }

  /** Adds up the rows from `first` to `end`, without `end`. */
  addUp(first: number, end: number): SampleSum {
    this.sum.count = 0;
    this.sum.sum = 0;
    this.#visit(first, end, SUMS);
    return this.sum;
  }

  #fill(depth: number, entry: number): void {
    const level = this.#levels[depth]!;
    const size = BLOCK * FAN ** depth;
    // Through the levels below, which are whole as far as this entry goes.
    const { lowest, highest } = this.findExtremes(entry * size, (entry + 1) * size);
    const { count, sum } = this.addUp(entry * size, (entry + 1) * size);
    level.lowest[entry] = lowest < 0 ? NONE : lowest;
    level.highest[entry] = highest < 0 ? NONE : highest;
    level.least[entry] = lowest < 0 ? Infinity : this.#values[lowest]!;
    level.greatest[entry] = highest < 0 ? -Infinity : this.#values[highest]!;
    level.counts[entry] = count;
    level.sums[entry] = sum;
    level.length = entry + 1;
  }

  /** Walks a stretch in the largest steps that the levels have, in order of time. */
  #visit(first: number, end: number, what: typeof EXTREMES | typeof SUMS): void {
    let at = first;
    while (at < end) {
      const depth = this.#findLevel(at, end);
      if (depth < 0) {
        const stop = Math.min(end, (Math.floor(at / BLOCK) + 1) * BLOCK);
        if (what === EXTREMES) this.#compareRows(at, stop);
        else this.#addRows(at, stop);
        at = stop;
      } else {
        const size = BLOCK * FAN ** depth;
        const level = this.#levels[depth]!;
        if (what === EXTREMES) this.#compareEntry(level, at / size);
        else this.#addEntry(level, at / size);
        at += size;
      }
    }
  }

  /** The highest level with a whole entry that begins at a row and ends by another; -1: none. */
  #findLevel(at: number, end: number): number {
    let depth = -1;
    let size = BLOCK;
    while (at % size === 0 && at + size <= end && at / size < (this.#levels[depth + 1]?.length ?? 0)) {
      depth++;
      size *= FAN;
    }
    return depth;
  }

  #compareRows(first: number, end: number): void {
    const values = this.#values;
    const { extremes } = this;
    for (let row = first; row < end; row++) {
      const value = values[row]!;
      if (value - value !== 0) continue;
      if (value < this.#least) {
        this.#least = value;
        extremes.lowest = row;
      }
      if (value > this.#greatest) {
        this.#greatest = value;
        extremes.highest = row;
      }
    }
  }

  #compareEntry(level: Level, entry: number): void {
    // Values stand beside their rows: those of the samples would have to be fetched from far.
    const least = level.least[entry]!;
    const greatest = level.greatest[entry]!;
    if (least < this.#least) {
      this.#least = least;
      this.extremes.lowest = level.lowest[entry]!;
    }
    if (greatest > this.#greatest) {
      this.#greatest = greatest;
      this.extremes.highest = level.highest[entry]!;
    }
  }

  #addRows(first: number, end: number): void {
    const values = this.#values;
    let count = 0;
    let sum = 0;
    for (let row = first; row < end; row++) {
      const value = values[row]!;
      if (value - value !== 0) continue;
      count++;
      sum += value;
    }
    this.sum.count += count;
    this.sum.sum += sum;
  }

  #addEntry(level: Level, entry: number): void {
    this.sum.count += level.counts[entry]!;
    this.sum.sum += level.sums[entry]!;
  }
}

const EXTREMES = 0;
const SUMS = 1;

/** Entries of one size, the first at row 0. */
class Level {
  length = 0;
  lowest = new Uint32Array(16);
  highest = new Uint32Array(16);
  least = new Float64Array(16);
  greatest = new Float64Array(16);
  counts = new Uint32Array(16);
  sums = new Float64Array(16);

  get byteLength(): number {
    return 36 * this.lowest.length;
  }

  reserve(entries: number): void {
    if (entries <= this.lowest.length) return;
    const capacity = Math.max(entries, 2 * this.lowest.length);
    this.lowest = new Uint32Array(this.lowest.buffer.transfer(4 * capacity));
    this.highest = new Uint32Array(this.highest.buffer.transfer(4 * capacity));
    this.least = new Float64Array(this.least.buffer.transfer(8 * capacity));
    this.greatest = new Float64Array(this.greatest.buffer.transfer(8 * capacity));
    this.counts = new Uint32Array(this.counts.buffer.transfer(4 * capacity));
    this.sums = new Float64Array(this.sums.buffer.transfer(8 * capacity));
  }
}
