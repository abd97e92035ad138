const scratch = new DataView(new ArrayBuffer(8));

/** Powers of ten that a double holds exactly. */
const POWERS_OF_TEN = Array.from({ length: 21 }, (_, exponent) => Number(`1e${String(exponent)}`));

/** A product below this is at most half a unit away from the exact one, and halves can be told from it. */
const MAX_SCALED = 2 ** 51;

/**
 * Writes a number with a fixed count of decimals, as C's `%.{decimals}f` does: rounded on the exact value of the double,
 * exact ties to the even digit, the sign of zero kept. (`toFixed` sends ties up and turns to exponents at 1e21.)
 *
 * @param value Finite.
 * @param decimals 0 to 20.
 */
export function formatFixed(value: number, decimals: number): string {
  const scaled = scaleToInteger(Math.abs(value), decimals);
  if (scaled === undefined) return formatExactly(value, decimals);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  return sign + placePoint(String(scaled), decimals);
}

/**
 * Multiplies by a power of ten and rounds to an integer, where arithmetic on doubles is sure of the result.
 *
 * @param size Not negative.
 * @param decimals 0 to 20.
 * @returns Undefined near a tie and for large numbers: these want exact arithmetic.
 */
export function scaleToInteger(size: number, decimals: number): number | undefined {
  const scaled = size * (POWERS_OF_TEN[decimals] ?? NaN);
  // The product was rounded once, by at most one part in 2 ** 53.
  if (!(scaled < MAX_SCALED) || Math.abs(scaled - Math.floor(scaled) - 0.5) <= scaled * 2 ** -52)
    return undefined;
  return Math.round(scaled);
}

function placePoint(integer: string, decimals: number): string {
  if (decimals === 0) return integer;
  const digits = integer.padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

function formatExactly(value: number, decimals: number): string {
  scratch.setFloat64(0, value);
  const high = scratch.getUint32(0);
  const exponent = (high >>> 20) & 0x7ff;
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(scratch.getUint32(4));
  // value = mantissa * 2 ** shift
  const mantissa = exponent === 0 ? fraction : fraction | (1n << 52n);
  const shift = Math.max(exponent, 1) - 1075;
  const rounded = roundScaled(mantissa * 10n ** BigInt(decimals), shift);
  const sign = high >>> 31 === 0 ? '' : '-';
  return sign + placePoint(String(rounded), decimals);
}

/** Rounds `scaled * 2 ** shift` to an integer, ties to even. */
function roundScaled(scaled: bigint, shift: number): bigint {
  if (shift >= 0) return scaled << BigInt(shift);
  const bits = BigInt(-shift);
  const quotient = scaled >> bits;
  const rest = scaled - (quotient << bits);
  const half = 1n << (bits - 1n);
  const roundsUp = rest > half || (rest === half && (quotient & 1n) === 1n);
  return roundsUp ? quotient + 1n : quotient;
}
