import { formatFixed, scaleToInteger } from './fixed-decimal.ts';

/** From here on, and below `MIN_PLAIN`, Python writes exponents. */
const MAX_PLAIN = 1e16;
const MIN_PLAIN = 1e-4;

/**
 * Writes a number as Python's `repr` writes a float: the fewest digits that read back as the same double, `.0` behind
 * whole numbers, exponents of two digits or more (`1e-05`, `1e+17`), the sign of zero kept; `nan`, `inf`, `-inf`.
 */
export function formatPythonFloat(value: number): string {
  const size = Math.abs(value);
  if (size < MAX_PLAIN && (size >= MIN_PLAIN || value === 0)) return formatPlain(value);
  if (Number.isNaN(value)) return 'nan';
  if (size === Infinity) return value > 0 ? 'inf' : '-inf';
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits}e${exponent.charAt(0)}${exponent.slice(1).padStart(2, '0')}`;
}

function formatPlain(value: number): string {
  if (!Number.isInteger(value)) return String(value);
  return Object.is(value, -0) ? '-0.0' : `${String(value)}.0`;
}

/**
 * Rounds as Python's `round` does: decided on the exact value of the double, exact ties to the even digit, the sign of
 * zero kept. What is not finite comes back as it is.
 *
 * @param digits Decimals to keep, 0 to 20.
 */
export function roundHalfEvenTo(value: number, digits: number): number {
  if (!Number.isFinite(value)) return value;
  const scaled = scaleToInteger(Math.abs(value), digits);
  if (scaled === undefined) return Number(formatFixed(value, digits));
  const rounded = scaled / Number(`1e${String(digits)}`);
  return value < 0 || Object.is(value, -0) ? -rounded : rounded;
}
