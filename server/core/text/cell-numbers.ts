const DIGITS: Int8Array = Int8Array.from({ length: 256 }, (_, byte) => {
  const digit = parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(digit) ? -1 : digit;
});
const ZERO = 0x30;
const POINT = 0x2e;
const LOWER_CASE = 0x20;
const LETTER_X = 0x78;
const DECIMAL = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;
/** Whole numbers up to here, and powers of ten up to 22, are exact: their quotient is the nearest double. */
const MAX_EXACT = 2 ** 53 / 10 - 1;
const POWERS = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${String(power)}`));

/**
 * Reads a number without sign, hexadecimal behind `0x`, else decimal, from ASCII digits.
 *
 * @returns NaN where it is none, or too large to be exact.
 */
export function parseInteger(bytes: Uint8Array, start: number, end: number): number {
  const isHex = hasHexMark(bytes, start, end);
  const first = isHex ? start + 2 : start;
  const base = isHex ? 16 : 10;
  let value = first < end ? 0 : NaN;
  for (let at = first; at < end; at++) {
    const digit = DIGITS[bytes[at]!]!;
    if (digit < 0 || digit >= base) return NaN;
    value = value * base + digit;
  }
  return value <= Number.MAX_SAFE_INTEGER ? value : NaN;
}

/**
 * Reads hexadecimal digits, behind `0x` or not, as bytes.
 *
 * @param into Takes the bytes.
 * @returns How many they are; -1 where the text is anything else, or has more than there is room for.
 */
export function parseBytes(bytes: Uint8Array, start: number, end: number, into: Uint8Array): number {
  const first = hasHexMark(bytes, start, end) ? start + 2 : start;
  const length = (end - first) / 2;
  if (length > into.length || !Number.isInteger(length)) return -1;
  for (let i = 0; i < length; i++) {
    const high = DIGITS[bytes[first + 2 * i]!]!;
    const low = DIGITS[bytes[first + 2 * i + 1]!]!;
    if (high < 0 || low < 0) return -1;
    into[i] = (high << 4) | low;
  }
  return length;
}

/**
 * Reads a decimal number as the nearest double, as `Number` does.
 *
 * @returns NaN where the text is no decimal number.
 */
export function parseTime(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  let digits = 0;
  let decimals = -1;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9 && value < MAX_EXACT) {
      value = value * 10 + digit;
      digits++;
      if (decimals >= 0) decimals++;
    } else if (byte === POINT && decimals < 0) decimals = 0;
    else return parseSlowly(bytes, start, end);
  }
  if (digits === 0 || decimals >= POWERS.length) return parseSlowly(bytes, start, end);
  return decimals > 0 ? value / POWERS[decimals]! : value;
}

function parseSlowly(bytes: Uint8Array, start: number, end: number): number {
  const text = new TextDecoder().decode(bytes.subarray(start, end));
  return DECIMAL.test(text) ? Number(text) : NaN;
}

function hasHexMark(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start >= 2 && bytes[start] === ZERO && (bytes[start + 1]! | LOWER_CASE) === LETTER_X;
}
