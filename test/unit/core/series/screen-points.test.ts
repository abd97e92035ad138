import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ColumnPoints } from '../../../../server/core/series/column-points.ts';
import { findScreenPoints } from '../../../../server/core/series/screen-points.ts';
import { SeriesSamples } from '../../../../server/core/series/series-samples.ts';

const sample = fc.record({
  /** In milliseconds, so that rounding to microseconds changes nothing. */
  pause: fc.oneof(
    { arbitrary: fc.integer({ min: 0, max: 40 }), weight: 20 },
    { arbitrary: fc.integer({ min: 500, max: 3000 }), weight: 1 },
  ),
  value: fc.oneof(
    { arbitrary: fc.integer({ min: -5, max: 5 }), weight: 12 },
    { arbitrary: fc.constant(NaN), weight: 1 },
  ),
});

describe('findScreenPoints', () => {
  it('draws what ColumnPoints draws of all samples', () => {
    const property = fc.property(
      fc.array(sample, { maxLength: 400, size: 'max' }),
      fc.record({
        from: fc.integer({ min: -500, max: 8000 }),
        length: fc.integer({ min: 1, max: 9000 }),
        columns: fc.integer({ min: 1, max: 90 }),
        isStepped: fc.boolean(),
      }),
      (drawn, { from, length, columns, isStepped }) => {
        let at = 0;
        const seconds = drawn.map(({ pause }) => (at += pause) / 1000);
        const values = drawn.map((each) => each.value);
        const samples = new SeriesSamples();
        samples.append(seconds, values, drawn.length);
        const options = { from: from / 1000, to: (from + length) / 1000, columns };
        const found = findScreenPoints(samples, { ...options, isStepped });
        const slow = new ColumnPoints(options);
        // Of values that are none the first is kept.
        const kept = [...drawn.keys()].filter(
          (i) => Number.isFinite(values[i]) || Number.isFinite(values[i - 1] ?? 0),
        );
        const pick = (all: readonly number[]): number[] => kept.map((i) => all[i] ?? NaN);
        slow.append(pick(seconds), pick(values), { first: 0, end: kept.length });
        const expected = slow.finish({ gapSeconds: samples.gapSeconds, isStepped });
        expect(listPoints(found.seconds, found.values)).toEqual(
          listPoints(expected.seconds, expected.values),
        );
      },
    );
    fc.assert(property, { numRuns: 400 });
  });
});

/** What ends a line at the same time as a sample may stand before or behind it. */
function listPoints(seconds: ArrayLike<number>, values: ArrayLike<number | null>): object[] {
  return Array.from({ length: seconds.length }, (_, i) => {
    const value = values[i] ?? NaN;
    return { at: Math.round((seconds[i] ?? NaN) * 1e6) / 1e6, value: Number.isNaN(value) ? null : value };
  });
}
