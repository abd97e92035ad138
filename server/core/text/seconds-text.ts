import { formatFixed } from './fixed-decimal.ts';

/**
 * Writes nanoseconds as seconds with six decimals, as `'%.6f' % (nanoseconds / 1e9)` does in Python.
 *
 * The division rounds to a double first. Below 2 ** 53 that error is less than a nanosecond: it can tip only what lies
 * exactly between two microseconds, so everything else is decided in integers.
 *
 * @param nanoseconds An integer, positive or negative.
 */
export function formatSeconds(nanoseconds: number | bigint): string {
  const value = Number(nanoseconds);
  if (!Number.isSafeInteger(value)) return formatFixed(value / 1e9, 6);
  const size = Math.abs(value);
  const micros = Math.floor(size / 1000);
  const rest = size - micros * 1000;
  if (rest === 500) return formatFixed(value / 1e9, 6);
  const rounded = rest > 500 ? micros + 1 : micros;
  const seconds = Math.floor(rounded / 1e6);
  const text = `${String(seconds)}.${String(rounded - seconds * 1e6).padStart(6, '0')}`;
  return value < 0 ? `-${text}` : text;
}
