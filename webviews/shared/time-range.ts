/** A stretch of time, in seconds of the log. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** Least length of a range: below, nothing can be told apart. */
const LEAST_RANGE = 0.001;

/** Whether two ranges are the same. */
export function isSameRange(a: TimeRange, b: TimeRange): boolean {
  return a.from === b.from && a.to === b.to;
}

/** A number between two others. */
export function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}

/** The range within a log: in order, inside, and not too short. */
export function fitRange({ from, to }: TimeRange, whole: TimeRange): TimeRange {
  const low = clamp(Math.min(from, to), whole.from, whole.to);
  const high = clamp(Math.max(from, to), whole.from, whole.to);
  if (high - low >= LEAST_RANGE) return { from: low, to: high };
  const start = clamp(low, whole.from, whole.to - LEAST_RANGE);
  return { from: start, to: Math.min(whole.to, start + LEAST_RANGE) };
}

/** A range after zooming around a time: a factor below 1 shows less. */
export function zoomRange({ from, to }: TimeRange, at: number, factor: number): TimeRange {
  const center = clamp(at, from, to);
  return { from: center - (center - from) * factor, to: center + (to - center) * factor };
}

/** A range moved by seconds, its length kept, as far as the log goes. */
export function panRange({ from, to }: TimeRange, by: number, whole: TimeRange): TimeRange {
  const moved = clamp(by, whole.from - from, whole.to - to);
  return { from: from + moved, to: to + moved };
}
