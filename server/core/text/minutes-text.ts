import { formatFixed } from './fixed-decimal.ts';
import { formatPythonFloat, roundHalfEvenTo } from './python-number.ts';

const MINUTE = 60_000;

/**
 * Writes seconds as `mm:ss.mmm`, for data files: rounded to milliseconds on the exact value, halves to even, and only
 * then divided, so that seconds never reach 60. Minutes may exceed 99. Times before zero are floored, as in Python: -1.25 s
 * is `-1:58.750`.
 */
export function formatMinutes(seconds: number): string {
  if (!Number.isFinite(seconds)) return formatPythonFloat(seconds);
  const milliseconds = roundToMilliseconds(seconds);
  if (!Number.isSafeInteger(milliseconds)) return formatLong(seconds);
  const minutes = Math.floor(milliseconds / MINUTE);
  return writeMinutes(minutes, milliseconds - minutes * MINUTE);
}

/** What has more milliseconds than a double can count: minutes for half a million years. */
function formatLong(seconds: number): string {
  const milliseconds = BigInt(formatFixed(seconds, 3).replace('.', ''));
  const divisor = BigInt(MINUTE);
  const rest = ((milliseconds % divisor) + divisor) % divisor;
  return writeMinutes((milliseconds - rest) / divisor, Number(rest));
}

function writeMinutes(minutes: number | bigint, milliseconds: number): string {
  const whole = Math.floor(milliseconds / 1000);
  return `${pad(minutes, 2)}:${pad(whole, 2)}.${pad(milliseconds - whole * 1000, 3)}`;
}

/** A time as tables state it: on the time line of the source, from the origin, and in minutes. */
export interface TimeFields {
  /** Seconds, rounded to milliseconds. */
  readonly absolute: number;
  /** Seconds after the origin, rounded to milliseconds. */
  readonly relative: number;
  /** `relative` as `mm:ss.mmm`. */
  readonly minutes: string;
}

/** States a time in the three ways of the tables; both are seconds on one time line. */
export function describeTime(seconds: number, origin: number): TimeFields {
  const relative = roundHalfEvenTo(seconds - origin, 3);
  return { absolute: roundHalfEvenTo(seconds, 3), relative, minutes: formatMinutes(relative) };
}

function roundToMilliseconds(seconds: number): number {
  return Number(formatFixed(seconds, 3).replace('.', ''));
}

function pad(value: number | bigint, width: number): string {
  return String(value).padStart(width, '0');
}
