/** The same memory as bits and as numbers. */
const halves = new Int32Array(2);
const floats = new Float32Array(halves.buffer);
const doubles = new Float64Array(halves.buffer);

/** The bits of a number: 64 in two halves. */
export interface Bits {
  readonly lower: number;
  readonly upper: number;
}

/** Takes the lower 16 bits as a float of half width. */
export function toHalf(bits: number): number {
  const size = bits & 0x7fff;
  // The exponent moves by 2^112 from the middle of 5 bits to that of 8.
  const value = size < 0x7c00 ? toFloat(size << 13) * 2 ** 112 : size > 0x7c00 ? NaN : Infinity;
  return (bits & 0x8000) === 0 ? value : -value;
}

/** Takes 32 bits as a float. */
export function toFloat(bits: number): number {
  halves[0] = bits;
  return floats[0]!;
}

/** Takes twice 32 bits as a double. */
export function toDouble(lower: number, upper: number): number {
  halves[0] = lower;
  halves[1] = upper;
  return doubles[0]!;
}

/** Writes a number as the nearest float of 16 bits, halves to even. */
export function bitsOfHalf(value: number): Bits {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  return { lower: sign | sizeOfHalf(Math.abs(value)), upper: 0 };
}

function sizeOfHalf(size: number): number {
  if (Number.isNaN(size)) return 0x7e00;
  if (size >= 65_520) return 0x7c00;
  // Below 2^-14, steps get no smaller.
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  const steps = roundHalfEven(size / 2 ** (exponent - 10));
  // Steps that fill up go on into the next exponent by themselves.
  return steps + (exponent + 14) * 1024;
}

/** Writes a number as the nearest float of 32 bits, halves to even. */
export function bitsOfFloat(value: number): Bits {
  floats[0] = value;
  return { lower: halves[0]!, upper: 0 };
}

/** Takes the bits of a double. */
export function bitsOfDouble(value: number): Bits {
  doubles[0] = value;
  return { lower: halves[0]!, upper: halves[1]! };
}

/** Takes the lower 64 bits of a whole number, in two's complement. */
export function bitsOfInteger(value: number | bigint): Bits {
  if (typeof value === 'number') return { lower: value | 0, upper: Math.floor(value / 0x1_0000_0000) | 0 };
  return { lower: Number(BigInt.asIntN(32, value)), upper: Number(BigInt.asIntN(32, value >> 32n)) };
}

/** Rounds to the nearest whole number, halves to the even one. */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest < 0.5 || (rest === 0.5 && below % 2 === 0) ? below : below + 1;
}
