/** What many runs of the same work took. */
export interface Summary {
  readonly count: number;
  readonly minimum: number;
  readonly median: number;
}

/** How one contestant compares with another, by two statistics of the same interleaved run. */
export interface Ratio {
  /** Least disturbed run against least disturbed run: what the programs can do. */
  readonly ofMinima: number;
  /** Usual run against usual run: what users see, with collections and the machine's noise. */
  readonly ofMedians: number;
}

/** Middle value of at least one number; the mean of the two middle ones of an even count. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) throw new Error('The median of no values was asked for');
  const lower = sorted.length % 2 === 1 ? upper : (sorted[middle - 1] ?? upper);
  return (lower + upper) / 2;
}

/** Summarizes at least one value. */
export function summarize(values: readonly number[]): Summary {
  return { count: values.length, minimum: Math.min(...values), median: median(values) };
}

/** Divides a contestant's times by those of its reference. */
export function compare(contestant: Summary, reference: Summary): Ratio {
  return {
    ofMinima: contestant.minimum / reference.minimum,
    ofMedians: contestant.median / reference.median,
  };
}
