import type { ChartSeries, ChartTone } from '#protocol';
import { ColumnPoints } from './column-points.ts';
import { findGapSeconds } from './sample-gaps.ts';
import { findSamples } from './sample-range.ts';
import { StepWatch } from './step-watch.ts';

/** Columns that a chart of the usual width has. */
const CHART_COLUMNS = 920;

/** Samples of one signal, and how much of them is drawn. */
export interface SeriesSource {
  readonly name: string;
  readonly tone: ChartTone;
  /** Whether a value holds until the next sample. Default: for integers with up to 16 different values. */
  readonly isStepped?: boolean;
  /** Time of each sample, ascending. */
  readonly seconds: ArrayLike<number>;
  /** Value of each sample; what is not finite is a gap. */
  readonly values: ArrayLike<number>;
  /** The stretch of time that is drawn. */
  readonly from: number;
  readonly to: number;
  /** Columns of pixels that it is drawn into. Default: 920. */
  readonly columns?: number;
  /** No line is drawn over a longer pause. Default: three usual periods, at least 0.5 s. */
  readonly gapSeconds?: number;
}

/**
 * Decimates samples to what can be seen: of each column of pixels the first, the smallest, the largest and the last.
 * Extremes are never lost, order is kept, and a column without more than four samples keeps them all. The samples next
 * to the stretch are kept too, so that lines reach its edges.
 */
export function createSeries(source: SeriesSource): ChartSeries {
  const { name, tone, seconds, values } = source;
  const isStepped = source.isStepped ?? looksStepped(values);
  const { first, end } = findSamples(seconds, source.from, source.to);
  const points = new ColumnPoints({
    from: source.from,
    to: source.to,
    columns: source.columns ?? CHART_COLUMNS,
  });
  points.append(seconds, values, { first: Math.max(0, first - 1), end: Math.min(end + 1, seconds.length) });
  const gapSeconds = source.gapSeconds ?? findGapSeconds(seconds);
  return { name, tone, isStepped, ...points.finish({ gapSeconds, isStepped }) };
}

/** Whether all values are integers and few are different. */
function looksStepped(values: ArrayLike<number>): boolean {
  const watch = new StepWatch();
  for (let i = 0; i < values.length && !watch.isRefuted; i++) watch.add(values[i]!);
  return watch.looksStepped;
}
