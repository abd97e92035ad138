import type { ChartPanel } from '#protocol';

/** What an axis of values shows. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
}

/** Free above and below, as part of the range. */
const MARGIN = 0.08;
/** Beyond, differences of two numbers may be infinite. */
const LARGEST = 1e300;
/** Ranges that are smaller, also as part of their values, are those of a constant: doubles end there. */
const SMALLEST = 1e-250;
const SMALLEST_PART = 1e-12;

/** The range of a panel's axis: its lines, bands, spans and marks, and 8 % around them. */
export function findValueRange(panel: ChartPanel): ValueRange {
  let low = Infinity;
  let high = -Infinity;
  const include = (value: number | null): void => {
    if (value === null || !Number.isFinite(value)) return;
    const kept = Math.min(LARGEST, Math.max(-LARGEST, value));
    if (kept < low) low = kept;
    if (kept > high) high = kept;
  };
  for (const { values } of panel.series) values.forEach(include);
  for (const { from, to } of panel.bands) [from, to].forEach(include);
  for (const span of panel.spans) [span.low, span.high].forEach(include);
  for (const { value } of panel.marks) include(value);
  if (low > high) return { low: 0, high: 1 };
  const size = Math.max(Math.abs(low), Math.abs(high));
  const isConstant = high - low <= SMALLEST_PART * size || high - low < SMALLEST;
  const margin = isConstant ? Math.max(size * MARGIN, 0.5) : MARGIN * (high - low);
  return { low: low - margin, high: high + margin };
}
