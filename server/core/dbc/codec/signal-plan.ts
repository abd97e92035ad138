import type { SignalLayout } from '../signal-layout.ts';

/** Longest payload that is looked into: CAN XL has 2,048 bytes, J1939's transport protocol 1,785. */
export const MAX_PAYLOAD_BYTES = 2048;

/** What has to be done for one value; loops are made for each. */
export type SignalShape = 'none' | 'word' | 'pair' | 'wide' | 'float16' | 'float32' | 'float64';

/**
 * How a signal is read and written: worked out once, so that reading a column decides nothing per value.
 *
 * A payload is taken as words of 32 bits, its first byte least significant; for big-endian signals with their bytes
 * turned round. Either way a signal lies in one to three neighbouring words, and its least significant part is
 * `skip` bits up in the first of them:
 *
 * ```
 *        words[2]        words[1]        words[0]
 *       ........hhhhhhhh hhhhhhhhllllllll llllllll........
 *                                                 <-skip->
 * ```
 */
export interface SignalPlan {
  readonly layout: SignalLayout;
  /** `none` is never there: its layout fits no payload. */
  readonly shape: SignalShape;
  /** Bytes that a payload must have; a shorter one does not hold the signal. */
  readonly byteLength: number;
  /** Twice the number of a word in the payload, and 1 more where its bytes are turned round; always three of them. */
  readonly words: readonly [low: number, middle: number, high: number];
  readonly skip: number;
  /** Shifts of the most significant 32 bits: up until nothing else is above, and back down. */
  readonly left: number;
  readonly right: number;
  readonly isSigned: boolean;
  readonly factor: number;
  readonly offset: number;
  /** Where it is multiplexed: what decides whether it is there. */
  readonly branch: BranchPlan | undefined;
}

/** Frames in which a multiplexor has one of some values. */
export interface BranchPlan {
  /** Reads the raw value. It may itself be multiplexed: then its branch has to be there, too. */
  readonly multiplexor: SignalPlan;
  /** Pairs of first and last raw value, both included. */
  readonly ranges: Float64Array;
}

/**
 * Works out how a signal is read. Which float it is, its length says: one of other than 16, 32 or 64 bits is read as an
 * integer. A layout that fits no payload gives a plan of shape `none`, whose values are all NaN.
 */
export function compileSignal(layout: SignalLayout): SignalPlan {
  const { startBit, length, byteOrder, isSigned, factor, offset } = layout;
  if (!isPlaceable(layout)) return compileAbsent(layout);
  const isBigEndian = byteOrder === 'big-endian';
  // Counted from the other end of each byte, bits of a big-endian signal go up, too: the last is the least significant.
  const last = (isBigEndian ? startBit ^ 7 : startBit) + length - 1;
  const lowest = isBigEndian ? (last & ~31) + 31 - (last & 31) : startBit;
  const skip = lowest & 31;
  return {
    layout,
    isSigned,
    factor,
    offset,
    branch: undefined,
    ...shapeOf(layout, skip),
    byteLength: (last >> 3) + 1,
    words: listWords(lowest >> 5, Math.ceil((skip + length) / 32), isBigEndian ? -1 : 1),
    skip,
  };
}

/** The plan of a signal that no frame holds. */
export function compileAbsent(layout: SignalLayout): SignalPlan {
  const { isSigned, factor, offset } = layout;
  return { layout, isSigned, factor, offset, branch: undefined, ...NOWHERE };
}

/** The same signal without factor and offset: reading it gives raw values, rounded to doubles beyond 2^53. */
export function toRawPlan(plan: SignalPlan): SignalPlan {
  return { ...plan, factor: 1, offset: 0 };
}

const NOWHERE = {
  shape: 'none',
  byteLength: Infinity,
  words: [0, 0, 0],
  skip: 0,
  left: 0,
  right: 0,
} as const;

function isPlaceable({ startBit, length }: SignalLayout): boolean {
  const isNumbered = Number.isInteger(startBit) && startBit >= 0 && startBit < 8 * MAX_PAYLOAD_BYTES;
  return isNumbered && Number.isInteger(length) && length >= 1 && length <= 64;
}

function shapeOf(
  { length, valueType = 'integer' }: SignalLayout,
  skip: number,
): Pick<SignalPlan, 'shape' | 'left' | 'right'> {
  const unused = (length > 32 ? 64 : 32) - length;
  const float = valueType === 'integer' ? undefined : FLOATS.get(length);
  if (float !== undefined) return { shape: float, left: unused, right: unused };
  if (length > 32) return { shape: 'wide', left: unused, right: unused };
  if (skip + length > 32) return { shape: 'pair', left: unused, right: unused };
  return { shape: 'word', left: unused - skip, right: unused };
}

/** By length. */
const FLOATS: ReadonlyMap<number, SignalShape> = new Map([
  [16, 'float16'],
  [32, 'float32'],
  [64, 'float64'],
]);

/** Words that are not needed are named all the same: what is read of them is shifted out. */
function listWords(first: number, count: number, step: 1 | -1): SignalPlan['words'] {
  const isTurned = step < 0 ? 1 : 0;
  const nth = (i: number): number => 2 * (first + step * Math.min(i, count - 1)) + isTurned;
  return [nth(0), nth(1), nth(2)];
}
