import type { ColumnOptions } from './column-points.ts';
import type { SeriesSamples } from './series-samples.ts';

/**
 * Finds the least and the greatest value of each column of a stretch, in turn; NaN where a column has no sample.
 */
export function findSparkline(samples: SeriesSamples, options: ColumnOptions): Float32Array<ArrayBuffer> {
  const { from, to, columns } = options;
  const values = new Float32Array(2 * columns).fill(NaN);
  let first = samples.countBefore(from);
  for (let column = 0; column < columns; column++) {
    const isLast = column === columns - 1;
    const stop = from + ((column + 1) / columns) * (to - from);
    const end = Math.max(first, isLast ? samples.countUpTo(to) : samples.countBefore(stop));
    const { lowest, highest } = samples.pyramid.findExtremes(first, end);
    if (lowest >= 0) {
      values[2 * column] = samples.values[lowest]!;
      values[2 * column + 1] = samples.values[highest]!;
    }
    first = end;
  }
  return values;
}
