import {
  bitsOfDouble,
  bitsOfFloat,
  bitsOfHalf,
  bitsOfInteger,
  roundHalfEven,
  toFloat,
  toHalf,
} from './number-bits.ts';
import type { Bits } from './number-bits.ts';
import type { SignalPlan } from './signal-plan.ts';

/** How a physical value becomes the raw value of an integer. */
export interface ValueEncoding {
  /**
   * `half-up`: the largest integer not above (value - offset) / factor + 0.5, as opendbc. `half-even`: the nearest one,
   * halves to the even one, as cantools.
   */
  readonly rounding: 'half-up' | 'half-even';
  /**
   * What becomes of raw values that the bits do not hold. `mask`: their lowest bits are taken, as opendbc does. `clamp`:
   * the nearest value that they do hold. `refuse`: a failure.
   */
  readonly overflow: 'mask' | 'clamp' | 'refuse';
}

/** Bits of a value; or why there are none. */
export type EncodedValue = Bits | { readonly refusal: string };

/**
 * Works out the bits of a value.
 *
 * @param value A number is physical; a bigint is raw, of floats their bits.
 */
export function encodeValue(plan: SignalPlan, value: number | bigint, encoding: ValueEncoding): EncodedValue {
  if (plan.shape === 'none') return { refusal: 'its bits are in no payload' };
  if (typeof value === 'bigint') return fitInteger(plan, value, encoding);
  const quotient = (value - plan.offset) / plan.factor;
  switch (plan.shape) {
    case 'float16':
      return fitFloat(quotient, encoding, HALF);
    case 'float32':
      return fitFloat(quotient, encoding, FLOAT);
    case 'float64':
      return bitsOfDouble(quotient);
    default:
      return Number.isFinite(quotient)
        ? fitInteger(plan, round(plan, value, encoding), encoding)
        : { refusal: `${value} gives no integer with factor ${plan.factor}` };
  }
}

function round({ factor, offset }: SignalPlan, value: number, { rounding }: ValueEncoding): number {
  const quotient = (value - offset) / factor;
  return rounding === 'half-up' ? Math.floor(quotient + 0.5) : roundHalfEven(quotient);
}

function fitInteger(plan: SignalPlan, raw: number | bigint, { overflow }: ValueEncoding): EncodedValue {
  if (overflow === 'mask') return bitsOfInteger(raw);
  const [least, most] = findRawLimits(plan);
  if (raw >= least && raw <= most) return bitsOfInteger(raw);
  if (overflow === 'clamp') return bitsOfInteger(raw < least ? least : most);
  return { refusal: `raw ${raw} is not from ${least} to ${most}` };
}

/** Least and greatest raw value; of floats, of their bits. */
function findRawLimits({ layout: { length }, isSigned, shape }: SignalPlan): readonly [bigint, bigint] {
  const values = 1n << BigInt(length);
  const isTwosComplement = isSigned && (shape === 'word' || shape === 'pair' || shape === 'wide');
  return isTwosComplement ? [-values / 2n, values / 2n - 1n] : [0n, values - 1n];
}

interface FloatForm {
  readonly most: number;
  readonly toBits: (value: number) => Bits;
  readonly fromBits: (bits: number) => number;
}

const HALF: FloatForm = { most: 65_504, toBits: bitsOfHalf, fromBits: toHalf };
const FLOAT: FloatForm = { most: (2 - 2 ** -23) * 2 ** 127, toBits: bitsOfFloat, fromBits: toFloat };

/** A finite number that a float does not reach is infinite in it, unless told otherwise. */
function fitFloat(
  value: number,
  { overflow }: ValueEncoding,
  { most, toBits, fromBits }: FloatForm,
): EncodedValue {
  const bits = toBits(value);
  if (overflow === 'mask' || !Number.isFinite(value) || Number.isFinite(fromBits(bits.lower))) return bits;
  return overflow === 'clamp' ? toBits(Math.sign(value) * most) : { refusal: `${value} is beyond ${most}` };
}
