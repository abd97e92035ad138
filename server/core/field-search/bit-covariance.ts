import type { FrameTable } from '../can/frame-table.ts';
import { type BitPlanes, countShared, measureBitPlanes } from './bit-planes.ts';
import type { Message } from './message-samples.ts';

/**
 * How the bits of a message vary with each other. A field is a sum of bits times powers of two, so that variance of
 * every field, and covariance with anything, follow from those of its bits: no field is ever decoded to be judged.
 */
export interface BitCovariance extends BitPlanes {
  /** Covariance of bits `a` and `b` at `a * bitCount + b`; 0 where one never changes. */
  readonly matrix: Float64Array;
}

/** Measures the bits of a message over its frames. */
export function measureBitCovariance(table: FrameTable, message: Message): BitCovariance {
  const bits = measureBitPlanes(table, message);
  const { bitCount, samples, counts, varying } = bits;
  const matrix = new Float64Array(bitCount * bitCount);
  for (const a of varying) {
    for (const b of varying) {
      if (b < a) continue;
      const covariance = (countShared(bits, a, b) - (counts[a]! * counts[b]!) / samples) / samples;
      matrix[a * bitCount + b] = covariance;
      matrix[b * bitCount + a] = covariance;
    }
  }
  return { ...bits, matrix };
}

/** How the bits of a message vary with a reference. */
export interface ReferenceCovariance {
  /** Variance of the reference. */
  readonly variance: number;
  /** Covariance with each bit. */
  readonly bits: Float64Array;
}

/** @param reference A number for every frame of the message. */
export function measureReferenceCovariance(
  covariance: BitCovariance,
  reference: Float64Array,
): ReferenceCovariance {
  const { bitCount, planes, wordCount, varying, samples } = covariance;
  let mean = 0;
  for (const value of reference) mean += value / samples;
  const centred = reference.map((value) => value - mean);
  let variance = 0;
  for (const value of centred) variance += (value * value) / samples;
  const bits = new Float64Array(bitCount);
  for (const bit of varying)
    bits[bit] = sumWhereSet(centred, planes.subarray(bit * wordCount, (bit + 1) * wordCount)) / samples;
  return { variance, bits };
}

function sumWhereSet(values: Float64Array, plane: Uint32Array): number {
  let sum = 0;
  for (let word = 0; word < plane.length; word++) {
    for (let rest = plane[word]!; rest !== 0; rest &= rest - 1) {
      sum += values[32 * word + 31 - Math.clz32(rest & -rest)]!;
    }
  }
  return sum;
}
