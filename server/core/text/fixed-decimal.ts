const scratch = new DataView(new ArrayBuffer(8));

/**
 * Writes a number with a fixed count of decimals, as C's `%.{decimals}f` does: rounded on the exact value of the double,
 * exact ties to the even digit, the sign of zero kept. (`toFixed` sends ties up and turns to exponents at 1e21.)
 *
 * @param value Finite.
 * @param decimals 0 to 20.
 */
export function formatFixed(value: number, decimals: number): string {
  scratch.setFloat64(0, value);
  const high = scratch.getUint32(0);
  const exponent = (high >>> 20) & 0x7ff;
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(scratch.getUint32(4));
  // value = mantissa * 2 ** shift
  const mantissa = exponent === 0 ? fraction : fraction | (1n << 52n);
  const shift = Math.max(exponent, 1) - 1075;
  const digits = roundScaled(mantissa * 10n ** BigInt(decimals), shift)
    .toString()
    .padStart(decimals + 1, '0');
  const sign = high >>> 31 === 0 ? '' : '-';
  const point = digits.length - decimals;
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
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
