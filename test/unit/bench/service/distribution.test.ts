import { describe, expect, it } from 'vitest';
import { describeDistribution } from '../../../../bench/service/distribution.ts';

describe('describeDistribution', () => {
  it('names values that occurred, however the values are ordered', () => {
    const values = Array.from({ length: 200 }, (_, i) => ((i * 7) % 200) + 1);
    expect(describeDistribution(values)).toEqual({
      count: 200,
      minimum: 1,
      median: 100.5,
      p95: 190,
      p99: 198,
      maximum: 200,
    });
  });

  it('has the same figure everywhere for a single value', () => {
    const only = { count: 1, minimum: 3, median: 3, p95: 3, p99: 3, maximum: 3 };
    expect(describeDistribution([3])).toEqual(only);
  });

  it('refuses nothing at all', () => {
    expect(() => describeDistribution([])).toThrow('no values');
  });
});
