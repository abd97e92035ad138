import type { SignalLayout } from '../signal-layout.ts';

/** Numbers with more decimals are written as they are. */
const MAX_DECIMALS = 15;

/** Digits that tell floats of these bits apart. */
const FLOAT_DIGITS: ReadonlyMap<string, number> = new Map([
  ['float16', 4],
  ['float32', 7],
]);

/** Writes physical values of a signal for people. */
export type WriteNumber = (value: number) => string;

/**
 * Values for people: without what the arithmetic of doubles adds behind the decimals that factor and offset have, so
 * that 3 times 0.1 is 0.3.
 */
export function createNumberWriter(layout: SignalLayout): WriteNumber {
  const { factor, offset, valueType = 'integer' } = layout;
  if (valueType !== 'integer') {
    const digits = FLOAT_DIGITS.get(valueType);
    return digits === undefined ? String : (value) => String(Number(value.toPrecision(digits)));
  }
  const decimals = Math.max(countDecimals(factor), countDecimals(offset));
  if (decimals > MAX_DECIMALS) return String;
  const scale = 10 ** decimals;
  return (value) => {
    const scaled = Math.round(value * scale);
    // An integer by a power of ten, both exact, is the double that is nearest to the decimal number.
    return String(Number.isSafeInteger(scaled) ? scaled / scale : value);
  };
}

/**
 * The physical value of a raw one that no double holds.
 *
 * @returns Undefined where factor or offset are no integers: then it is not exact anyway.
 */
export function scaleExactly(raw: bigint, { factor, offset }: SignalLayout): bigint | undefined {
  if (!Number.isSafeInteger(factor) || !Number.isSafeInteger(offset)) return undefined;
  return raw * BigInt(factor) + BigInt(offset);
}

function countDecimals(value: number): number {
  const [digits = '', exponent = '0'] = String(value).split('e');
  const decimals = digits.includes('.') ? digits.length - digits.indexOf('.') - 1 : 0;
  return Math.max(0, decimals - Number(exponent));
}
