import { median, type Summary } from '../statistics.ts';

/** What many repetitions took, with those that took longest. */
export interface Distribution extends Summary {
  readonly p95: number;
  readonly p99: number;
  readonly maximum: number;
}

/** Describes at least one value. */
export function describeDistribution(values: readonly number[]): Distribution {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    count: sorted.length,
    minimum: takeQuantile(sorted, 0),
    median: median(sorted),
    p95: takeQuantile(sorted, 0.95),
    p99: takeQuantile(sorted, 0.99),
    maximum: takeQuantile(sorted, 1),
  };
}

/** The smallest value that so large a part of all values does not exceed: never one that did not occur. */
function takeQuantile(sorted: readonly number[], part: number): number {
  const value = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
  if (value === undefined) throw new Error('A quantile of no values was asked for');
  return value;
}
