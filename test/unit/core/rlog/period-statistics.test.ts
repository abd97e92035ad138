import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PeriodStatistics } from '../../../../server/core/rlog/period-statistics.ts';

const MS = 1e6;

function gather(times: readonly number[]): ReturnType<PeriodStatistics['describe']> {
  const statistics = new PeriodStatistics();
  const source = statistics.addSource();
  for (const time of times) statistics.note(source, time);
  return statistics.describe(source);
}

describe('statistics of periods', () => {
  it('tells nothing of periods where there is one event', () => {
    expect(gather([5])).toEqual({
      count: 1,
      first: 5,
      last: 5,
      inversions: 0,
      periods: undefined,
      longest: [],
    });
  });

  it('is exact where periods repeat', () => {
    const times = Array.from({ length: 101 }, (_, i) => i * 10 * MS);
    expect(gather(times).periods).toEqual({
      count: 100,
      mean: 10 * MS,
      deviation: 0,
      median: 10 * MS,
      period95: 10 * MS,
      deviation95: 0,
      largestDeviation: 0,
      longest: 10 * MS,
    });
  });

  it('counts events that come early as inversions, and measures no period at them', () => {
    const { inversions, periods, first, last, longest } = gather([0, 10 * MS, 5 * MS, 20 * MS]);
    expect({ inversions, first, last, count: periods?.count }).toEqual({
      inversions: 1,
      first: 0,
      last: 20 * MS,
      count: 2,
    });
    expect(longest).toEqual([
      { from: 0, to: 10 * MS },
      { from: 10 * MS, to: 20 * MS },
    ]);
  });

  it('moves the first time where an early event lies before it', () => {
    expect(gather([10, 5])).toMatchObject({ first: 5, last: 10, inversions: 1 });
  });

  it('keeps the eight longest periods with their times', () => {
    let at = 0;
    const times = [at, ...Array.from({ length: 20 }, (_, i) => (at += (i + 1) * MS))];
    const lengths = gather(times).longest.map(({ from, to }) => (to - from) / MS);
    expect(lengths).toEqual([20, 19, 18, 17, 16, 15, 14, 13]);
  });

  it('agrees with figures worked out from all periods', () => {
    const steps = fc.array(fc.integer({ min: 1000, max: 50 * MS }), { minLength: 2, maxLength: 200 });
    fc.assert(
      fc.property(steps, (periods) => {
        let at = 0;
        const found = gather([0, ...periods.map((period) => (at += period))]).periods;
        const mean = periods.reduce((sum, period) => sum + period, 0) / periods.length;
        const variance = periods.reduce((sum, period) => sum + (period - mean) ** 2, 0) / periods.length;
        const sorted = periods.toSorted((a, b) => a - b);
        const median = sorted[Math.ceil(periods.length / 2) - 1] ?? 0;
        expect(found?.mean).toBeCloseTo(mean, 3);
        expect(Math.abs((found?.deviation ?? 0) - Math.sqrt(variance))).toBeLessThan(1);
        expect(Math.abs((found?.median ?? 0) - median)).toBeLessThanOrEqual(0.0625 * median);
        expect(found?.longest).toBe(sorted.at(-1));
      }),
    );
  });

  it('keeps sources apart, however many there are', () => {
    const statistics = new PeriodStatistics();
    const sources = Array.from({ length: 100 }, () => statistics.addSource());
    for (let round = 0; round < 3; round++)
      for (const source of sources) statistics.note(source, round * (source + 1) * MS);
    const means = sources.map((source) => statistics.describe(source).periods?.mean);
    expect(means).toEqual(sources.map((source) => (source + 1) * MS));
  });
});
