import type { ChartPanel, ChartSeries } from '#protocol';
import type { ChartFrame } from './chart-frame.ts';

/** A stretch of time without data. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** Shorter ones, as part of the chart, would not be seen. */
const SMALLEST_PART = 0.004;

/** The stretches in which no line of a panel has data, between data of each. */
export function listPanelGaps(panel: ChartPanel, { from, to }: Pick<ChartFrame, 'from' | 'to'>): Gap[] {
  const [first, ...others] = panel.series.map(listGaps);
  if (first === undefined) return [];
  return others
    .reduce(intersectGaps, first)
    .map((gap) => ({ from: Math.max(gap.from, from), to: Math.min(gap.to, to) }))
    .filter((gap) => gap.to - gap.from >= SMALLEST_PART * (to - from));
}

/** From the last point before a null to the first one behind it. */
function listGaps({ seconds, values }: ChartSeries): Gap[] {
  const gaps: Gap[] = [];
  let last: number | undefined;
  let isOpen = false;
  for (let i = 0; i < seconds.length; i++) {
    const isValue = typeof values[i] === 'number';
    if (isValue && isOpen && last !== undefined) gaps.push({ from: last, to: seconds[i]! });
    if (isValue) last = seconds[i];
    isOpen = !isValue;
  }
  return gaps;
}

/** Both lists are ascending. */
function intersectGaps(left: readonly Gap[], right: readonly Gap[]): Gap[] {
  const common: Gap[] = [];
  let [l, r] = [0, 0];
  while (l < left.length && r < right.length) {
    const a = left[l]!;
    const b = right[r]!;
    const gap = { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
    if (gap.to > gap.from) common.push(gap);
    if (a.to < b.to) l++;
    else r++;
  }
  return common;
}
