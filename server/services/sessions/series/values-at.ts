import type { ValuesAt, ValuesAtParams } from '#protocol';
import type { SeriesSamples } from '../../../core/series/series-samples.ts';
import type { OpenedSeries } from './log-series.ts';

type ValueAt = ValuesAt['values'][number];

/** Reads series at a time, or at the sample that stands nearest before or behind it. */
export function readValuesAt(
  opened: readonly (OpenedSeries | undefined)[],
  { keys, atSeconds, step = 0 }: ValuesAtParams,
): Omit<ValuesAt, 'revision'> {
  const at = step === 0 ? atSeconds : findStep(opened, atSeconds, step);
  return { atSeconds: at, values: opened.map((series, i) => readValue(series, keys[i] ?? '', at)) };
}

function findStep(opened: readonly (OpenedSeries | undefined)[], atSeconds: number, step: number): number {
  const times = opened.flatMap((series) => (series && findNeighbour(series.samples, atSeconds, step)) ?? []);
  if (times.length === 0) return atSeconds;
  return step > 0 ? Math.min(...times) : Math.max(...times);
}

function findNeighbour(samples: SeriesSamples, atSeconds: number, step: number): number | undefined {
  return step > 0 ? samples.findNext(atSeconds) : samples.findPrevious(atSeconds);
}

function readValue(series: OpenedSeries | undefined, key: string, atSeconds: number): ValueAt {
  const row = series?.samples.findRowAt(atSeconds) ?? -1;
  if (series === undefined || row < 0) return { key, seconds: null, value: null, label: null };
  const [seconds = null, value = NaN] = [series.samples.seconds[row], series.samples.values[row]];
  return { key, seconds, value, label: series.labelOf(value) };
}
