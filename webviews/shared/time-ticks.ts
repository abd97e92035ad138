import type { TimeRange } from './time-range.ts';
import { formatTime } from './time-text.ts';

const STEPS = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600,
];

/** A place on an axis of time. */
export interface TimeTick {
  readonly seconds: number;
  readonly label: string;
}

/** What an axis of time has room for. */
export interface TickRoom {
  readonly pixels: number;
  /** Least distance of two labels. */
  readonly leastPixels?: number;
}

/** Places for labels on an axis of time, on whole steps of 1, 2, 5 (seconds) or 10, 15, 30 (and minutes). */
export function placeTicks(
  { from, to }: TimeRange,
  { pixels, leastPixels = 64 }: TickRoom,
): readonly TimeTick[] {
  const span = to - from;
  if (!(span > 0) || !(pixels > 0) || !Number.isFinite(span)) return [];
  const step = chooseStep((span / pixels) * leastPixels);
  const decimals = step >= 1 ? 0 : step >= 0.1 ? 1 : step >= 0.01 ? 2 : 3;
  const first = Math.ceil(from / step - 1e-6);
  const last = Math.floor(to / step + 1e-6);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const seconds = (first + index) * step;
    return { seconds, label: formatTime(seconds, decimals) };
  });
}

function chooseStep(least: number): number {
  const known = STEPS.find((step) => step >= least);
  if (known !== undefined) return known;
  return 3600 * Math.ceil(least / 3600);
}
