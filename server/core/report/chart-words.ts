import type { ChartLane, ChartPanel, ChartSeries } from '#protocol';
import { formatReading } from './number-text.ts';

/** Says what a panel shows, for those who do not see it. */
export function describePanel(panel: ChartPanel): string {
  const series = panel.series.map((one) => describeSeries(one, panel.unit));
  const bands = panel.bands.map(({ label }) => `band ${label}`);
  const marks = panel.marks.slice(0, 12).map(({ label }) => `mark ${label}`);
  return `${panel.title === '' ? 'Chart' : panel.title}: ${[...series, ...bands, ...marks].join('; ') || 'no data'}`;
}

/** Says what lanes show. */
export function describeLanes(lanes: readonly ChartLane[]): string {
  return lanes
    .map(({ label, spans }) => `${label}: ${spans.length === 1 ? '1 span' : `${String(spans.length)} spans`}`)
    .join('; ');
}

function describeSeries({ name, values }: ChartSeries, unit: string): string {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return `${name}, no data`;
  if (low === high) return `${name} always ${formatReading(low, unit)}`;
  return `${name} from ${formatReading(low)} to ${formatReading(high, unit)}`;
}
