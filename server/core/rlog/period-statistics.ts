/** Longest periods that are kept, with their times, of each source. */
const KEPT_PERIODS = 8;

// Periods are gathered in bins: 16 to each power of two, from half a microsecond to 137 s. A bin knows the sum of what
// fell into it, so periods that repeat come out exact; others to 6 %.
const BINS_PER_OCTAVE_BITS = 4;
const BIN_SHIFT = 20 - BINS_PER_OCTAVE_BITS;
const EXPONENT_BIAS = 1023;
const LOWEST_EXPONENT = 9;
const HIGHEST_EXPONENT = 37;
const FIRST_BIN = (EXPONENT_BIAS + LOWEST_EXPONENT) << BINS_PER_OCTAVE_BITS;
const BINS = ((HIGHEST_EXPONENT - LOWEST_EXPONENT) << BINS_PER_OCTAVE_BITS) + 2;

const scratch = new Float64Array(1);
const scratchWords = new Uint32Array(scratch.buffer);

/** A stretch of time without an event, in nanoseconds after second 0. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** What is known of the times of one source. Nanoseconds; periods are those between events that follow each other. */
export interface PeriodSummary {
  readonly count: number;
  readonly first: number;
  readonly last: number;
  /** Events that are earlier than one before them; they begin and end no period. */
  readonly inversions: number;
  /** Undefined without a period. */
  readonly periods: PeriodFigures | undefined;
  /** The longest first. */
  readonly longest: readonly Period[];
}

/** Figures of at least one period, in nanoseconds. */
export interface PeriodFigures {
  readonly count: number;
  readonly mean: number;
  /** Standard deviation, of all periods. */
  readonly deviation: number;
  readonly median: number;
  /** 95 of 100 periods are no longer. */
  readonly period95: number;
  /** 95 of 100 periods differ from the mean by no more. */
  readonly deviation95: number;
  readonly largestDeviation: number;
  readonly longest: number;
}

/**
 * Running statistics of the times of many sources, in columns: about 6 KB a source, however many events it has. Means
 * and deviations after Welford (1962), percentiles from bins.
 */
export class PeriodStatistics {
  #sources = 0;
  #count = new Float64Array(16);
  #first = new Float64Array(16);
  #last = new Float64Array(16);
  #periods = new Float64Array(16);
  #mean = new Float64Array(16);
  #squares = new Float64Array(16);
  #shortest = new Float64Array(16);
  #inversions = new Float64Array(16);
  #binCount = new Uint32Array(16 * BINS);
  #binSum = new Float64Array(16 * BINS);
  // The longest periods of a source, not in order; -1 is free.
  #keptLength = new Float64Array(16 * KEPT_PERIODS).fill(-1);
  #keptFrom = new Float64Array(16 * KEPT_PERIODS);

  /** Returns the number of one more source. */
  addSource(): number {
    if (this.#sources === this.#count.length) this.#grow();
    return this.#sources++;
  }

  /** Adds an event of a source. */
  note(source: number, nanoseconds: number): void {
    if (this.#count[source]!++ === 0) {
      this.#first[source] = this.#last[source] = nanoseconds;
      return;
    }
    const period = nanoseconds - this.#last[source]!;
    if (period < 0) {
      this.#inversions[source]!++;
      if (nanoseconds < this.#first[source]!) this.#first[source] = nanoseconds;
      return;
    }
    this.#notePeriod(source, period);
    this.#last[source] = nanoseconds;
  }

  /** Time of the latest event of a source that has one. */
  lastOf(source: number): number {
    return this.#last[source]!;
  }

  /** Describes a source that has events. */
  describe(source: number): PeriodSummary {
    return {
      count: this.#count[source]!,
      first: this.#first[source]!,
      last: this.#last[source]!,
      inversions: this.#inversions[source]!,
      periods: this.#periods[source] === 0 ? undefined : this.#describePeriods(source),
      longest: this.#listLongest(source),
    };
  }

  #notePeriod(source: number, period: number): void {
    const count = ++this.#periods[source]!;
    const fromMean = period - this.#mean[source]!;
    const mean = (this.#mean[source]! += fromMean / count);
    this.#squares[source]! += fromMean * (period - mean);
    if (count === 1 || period < this.#shortest[source]!) this.#shortest[source] = period;
    const bin = source * BINS + findBin(period);
    this.#binCount[bin]!++;
    this.#binSum[bin]! += period;
    this.#keep(source, period);
  }

  #keep(source: number, period: number): void {
    const start = source * KEPT_PERIODS;
    let shortest = start;
    for (let at = start + 1; at < start + KEPT_PERIODS; at++)
      if (this.#keptLength[at]! < this.#keptLength[shortest]!) shortest = at;
    if (period <= this.#keptLength[shortest]!) return;
    this.#keptLength[shortest] = period;
    this.#keptFrom[shortest] = this.#last[source]!;
  }

  #describePeriods(source: number): PeriodFigures {
    const count = this.#periods[source]!;
    const mean = this.#mean[source]!;
    const bins = this.#listBins(source);
    const longest = Math.max(...this.#keptOf(source).map((at) => this.#keptLength[at]!));
    return {
      count,
      mean,
      deviation: Math.sqrt(this.#squares[source]! / count),
      median: findQuantile(bins, 0.5),
      period95: findQuantile(bins, 0.95),
      deviation95: findQuantile(listDeviations(bins, mean), 0.95),
      largestDeviation: Math.max(longest - mean, mean - this.#shortest[source]!),
      longest,
    };
  }

  #listBins(source: number): readonly Bin[] {
    const bins: Bin[] = [];
    for (let bin = source * BINS; bin < (source + 1) * BINS; bin++) {
      const count = this.#binCount[bin]!;
      if (count > 0) bins.push({ count, value: this.#binSum[bin]! / count });
    }
    return bins;
  }

  #keptOf(source: number): readonly number[] {
    const places = Array.from({ length: KEPT_PERIODS }, (_, i) => source * KEPT_PERIODS + i);
    return places.filter((at) => this.#keptLength[at]! >= 0);
  }

  #listLongest(source: number): readonly Period[] {
    return this.#keptOf(source)
      .map((at) => ({ from: this.#keptFrom[at]!, to: this.#keptFrom[at]! + this.#keptLength[at]! }))
      .sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
  }

  #grow(): void {
    const sources = 2 * this.#count.length;
    this.#count = growColumn(this.#count, sources);
    this.#first = growColumn(this.#first, sources);
    this.#last = growColumn(this.#last, sources);
    this.#periods = growColumn(this.#periods, sources);
    this.#mean = growColumn(this.#mean, sources);
    this.#squares = growColumn(this.#squares, sources);
    this.#shortest = growColumn(this.#shortest, sources);
    this.#inversions = growColumn(this.#inversions, sources);
    this.#binCount = new Uint32Array(this.#binCount.buffer.transfer(4 * sources * BINS));
    this.#binSum = growColumn(this.#binSum, sources * BINS);
    const kept = this.#keptLength.length;
    this.#keptLength = growColumn(this.#keptLength, 2 * kept).fill(-1, kept);
    this.#keptFrom = growColumn(this.#keptFrom, 2 * kept);
  }
}

/** Values that are nearly the same, and how many there are. */
interface Bin {
  readonly count: number;
  readonly value: number;
}

/** Power of two and the first bits behind it, as they stand in the double. */
function findBin(period: number): number {
  scratch[0] = period;
  const bin = (scratchWords[1]! >>> BIN_SHIFT) - FIRST_BIN + 1;
  return Math.max(0, Math.min(bin, BINS - 1));
}

function listDeviations(bins: readonly Bin[], mean: number): readonly Bin[] {
  const deviations = bins.map(({ count, value }) => ({ count, value: Math.abs(value - mean) }));
  return deviations.sort((a, b) => a.value - b.value);
}

/** The smallest value that so large a part of all does not exceed. */
function findQuantile(bins: readonly Bin[], part: number): number {
  const wanted = part * bins.reduce((sum, { count }) => sum + count, 0);
  let seen = 0;
  for (const { count, value } of bins) if ((seen += count) >= wanted) return value;
  return bins.at(-1)?.value ?? NaN;
}

function growColumn(column: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  return new Float64Array(column.buffer.transfer(8 * length));
}
