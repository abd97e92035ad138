import { formatFixed, formatWithUnit, NO_VALUE } from './number-text.ts';

const MINUS = '\u2212';

/** A time as m:ss with decimals: "0:27.072". */
export function formatTime(seconds: number, decimals = 3): string {
  if (!Number.isFinite(seconds)) return NO_VALUE;
  const scale = 10 ** decimals;
  const ticks = Math.round(Math.abs(seconds) * scale);
  const minutes = Math.floor(ticks / (60 * scale));
  const rest = (ticks - minutes * 60 * scale) / scale;
  const width = decimals === 0 ? 2 : 3 + decimals;
  const sign = seconds < 0 && ticks > 0 ? MINUS : '';
  return `${sign}${minutes}:${rest.toFixed(decimals).padStart(width, '0')}`;
}

/** A length of time: "30 ms", "1.51 s", "2:05". */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return NO_VALUE;
  const size = Math.abs(seconds);
  if (size >= 119.95) return formatTime(seconds, 0);
  if (size >= 0.9995) return formatWithUnit(formatFixed(seconds, 2), 's');
  if (size >= 0.00995) return formatWithUnit(formatFixed(seconds * 1000, 0), 'ms');
  return formatWithUnit(formatFixed(seconds * 1000, size === 0 ? 0 : 2), 'ms');
}

/** A time that somebody typed: "27", "0:27.072", "1:02:03"; null where it is none. */
export function parseTime(text: string): number | null {
  const parts = text.trim().replace(',', '.').split(':');
  if (parts.length > 3 || !parts.every(isTimePart)) return null;
  return parts.reduce((sum, part) => sum * 60 + Number(part), 0);
}

function isTimePart(part: string, place: number, parts: readonly string[]): boolean {
  const isLast = place === parts.length - 1;
  if (!(isLast ? /^\d{1,7}(\.\d{0,9})?$/ : /^\d{1,7}$/).test(part)) return false;
  return place === 0 || Number(part) < 60;
}
