import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, median, summarize } from '../../../bench/statistics.ts';

describe('median', () => {
  it.each([
    { values: [7], expected: 7 },
    { values: [3, 1, 2], expected: 2 },
    { values: [10, 1, 3, 2], expected: 2.5 },
    { values: [5, 5, 5, 1000], expected: 5 },
    { values: [10, 9, 100], expected: 10 },
  ])('of $values is $expected', ({ values, expected }) => {
    expect(median(values)).toBe(expected);
  });

  it('refuses no values, which have none', () => {
    expect(() => median([])).toThrow('The median of no values');
  });

  it('leaves as many values above it as below it, and the order of its input alone', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const before = [...values];
        const middle = median(values);
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2);
        expect(values).toEqual(before);
      }),
    );
  });
});

describe('summarize', () => {
  it('counts runs and keeps the least and the usual one', () => {
    expect(summarize([30, 28, 90, 31])).toEqual({ count: 4, minimum: 28, median: 30.5 });
  });
});

describe('compare', () => {
  it('divides minima by minima and medians by medians', () => {
    const contestant = summarize([30, 36, 40]);
    const reference = summarize([60, 48, 50]);
    expect(compare(contestant, reference)).toEqual({ ofMinima: 0.625, ofMedians: 0.72 });
  });
});
