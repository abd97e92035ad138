import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SeriesSamples } from '../../../../server/core/series/series-samples.ts';
import { findSparkline } from '../../../../server/core/series/sparkline.ts';

it('a sparkline has the extremes of every column', () => {
  const steps = fc.array(
    fc.record({ pause: fc.integer({ min: 0, max: 4 }), value: fc.integer({ min: -9, max: 9 }) }),
  );
  fc.assert(
    fc.property(steps, fc.integer({ min: 0, max: 8 }), (drawn, columns) => {
      let at = 0;
      const all = drawn.map(({ pause, value }) => ({ at: (at += pause) / 4, value }));
      const samples = new SeriesSamples();
      samples.append(
        all.map((each) => each.at),
        all.map(({ value }) => value),
        all.length,
      );
      const found = [...findSparkline(samples, { from: 1, to: 1 + columns, columns })];
      const expected = Array.from({ length: columns }, (_, column) => {
        const own = all.filter((each) => {
          const isLast = column === columns - 1 && each.at === 1 + columns;
          return isLast || (each.at >= 1 + column && each.at < 2 + column);
        });
        const values = own.map(({ value }) => value);
        return values.length === 0 ? [NaN, NaN] : [Math.min(...values), Math.max(...values)];
      });
      expect(found).toEqual(expected.flat());
    }),
  );
});
