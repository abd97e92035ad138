import type { TimeRange } from './time-range.ts';

/** A bar on a track, in pixels. */
export interface Bar {
  readonly x: number;
  readonly width: number;
}

/** Where times stand on a track that shows a whole log. */
export interface TrackScale {
  readonly whole: TimeRange;
  readonly width: number;
}

/** The place of a time, in pixels. */
export function placeTime(seconds: number, { whole, width }: TrackScale): number {
  const span = whole.to - whole.from;
  return span > 0 ? ((seconds - whole.from) / span) * width : 0;
}

/** The time at a place. */
export function readTime(x: number, { whole, width }: TrackScale): number {
  return width > 0 ? whole.from + (x / width) * (whole.to - whole.from) : whole.from;
}

/** Bars of spans; those that are closer than can be seen become one. */
export function placeBars(spans: readonly TimeRange[], scale: TrackScale, least = 2): readonly Bar[] {
  const bars: Bar[] = [];
  for (const { from, to } of spans) {
    const x = placeTime(from, scale);
    const width = Math.max(least, placeTime(to, scale) - x);
    const last = bars.at(-1);
    if (last !== undefined && x - (last.x + last.width) < 0.5 && width <= least) {
      bars[bars.length - 1] = { x: last.x, width: Math.max(last.width, x + width - last.x) };
    } else bars.push({ x, width });
  }
  return bars;
}

/** The stretches between spans. */
export function invertSpans(spans: readonly TimeRange[], whole: TimeRange): readonly TimeRange[] {
  const between: TimeRange[] = [];
  let start = whole.from;
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    if (from > start) between.push({ from: start, to: Math.min(from, whole.to) });
    start = Math.max(start, to);
  }
  if (start < whole.to) between.push({ from: start, to: whole.to });
  return between;
}

/** A path of upright ticks, one per pixel at most. */
export function drawTicks(times: readonly number[], scale: TrackScale, { top, height }: TickHeight): string {
  const places = new Set(times.map((seconds) => Math.round(placeTime(seconds, scale))));
  return [...places].map((x) => `M${x + 0.5} ${top}v${height}`).join('');
}

/** From where to where ticks go. */
export interface TickHeight {
  readonly top: number;
  readonly height: number;
}

/** The box that a silhouette is drawn in. */
export interface SilhouetteBox {
  readonly width: number;
  readonly base: number;
  readonly height: number;
}

/** The outline of values over equal columns, filled down to the base; a gap where there is none. */
export function drawSilhouette(values: Float32Array, { width, base, height }: SilhouetteBox): string {
  const most = findMost(values);
  if (most <= 0) return '';
  const step = width / values.length;
  const parts: string[] = [];
  let isOpen = false;
  for (let column = 0; column < values.length; column += 1) {
    const value = values[column] ?? Number.NaN;
    const x = ((column + 0.5) * step).toFixed(1);
    if (Number.isNaN(value)) {
      if (isOpen) parts.push(`V${base}Z`);
      isOpen = false;
      continue;
    }
    const y = (base - (Math.max(0, value) / most) * height).toFixed(1);
    parts.push(isOpen ? `L${x} ${y}` : `M${x} ${base}L${x} ${y}`);
    isOpen = true;
  }
  if (isOpen) parts.push(`V${base}Z`);
  return parts.join('');
}

/** A car that hardly moves must not look like a race. */
const LEAST_TOP_SPEED = 5;

function findMost(values: Float32Array): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most === 0 ? 0 : Math.max(most, LEAST_TOP_SPEED);
}
