import type { ChartColours } from '../../shared/chart/chart-colours.ts';
import { PLOT_SIDES } from '../../shared/chart/time-chart.ts';
import type { TimeRange } from '../../shared/time-range.ts';
import type { SeriesFeed } from './series-feed.ts';
import type { SignalsPlan } from './signals-plan.ts';

/** Everything that the parts of the tab draw from. */
export interface SignalsView {
  readonly plan: SignalsPlan;
  readonly feed: SeriesFeed;
  readonly range: TimeRange;
  readonly cursor: number;
  readonly colours: ChartColours;
  /** The name of a series, as it is told apart from the others that are shown. */
  readonly nameOf: (key: string) => string;
}

/** The place of a time in a chart, in pixels from its left; null where it is not seen. */
export function placeInPlot(seconds: number, { from, to }: TimeRange, width: number): number | null {
  if (seconds < from || seconds > to) return null;
  const plot = width - PLOT_SIDES.left - PLOT_SIDES.right;
  return PLOT_SIDES.left + ((seconds - from) / (to - from)) * plot;
}

/** The time at a place. */
export function readPlotTime(x: number, { from, to }: TimeRange, width: number): number {
  const plot = width - PLOT_SIDES.left - PLOT_SIDES.right;
  return plot > 0 ? from + ((x - PLOT_SIDES.left) / plot) * (to - from) : from;
}
