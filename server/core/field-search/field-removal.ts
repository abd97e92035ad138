import type { BitCovariance, ReferenceCovariance } from './bit-covariance.ts';
import { bitAtPlace, type FieldPlace, listBits } from './field-place.ts';

/** Covariance of a field with each bit, with the reference, and its variance. */
interface FieldCovariance {
  readonly bits: Float64Array;
  readonly reference: number;
  readonly variance: number;
}

/** Sums up the covariances of a field's bits. */
function measureField(
  covariance: BitCovariance,
  reference: ReferenceCovariance,
  { order, low, high, isSigned }: FieldPlace,
): FieldCovariance {
  const { bitCount, matrix } = covariance;
  const bits = new Float64Array(bitCount);
  let shared = 0;
  let variance = 0;
  for (let place = low; place <= high; place++) {
    const bit = bitAtPlace(order, place, bitCount / 8);
    const weight = isSigned && place === high ? -(2 ** (place - low)) : 2 ** (place - low);
    shared += weight * reference.bits[bit]!;
    for (let b = 0; b < bitCount; b++) bits[b]! += weight * matrix[bit * bitCount + b]!;
  }
  for (let place = low; place <= high; place++) {
    const weight = isSigned && place === high ? -(2 ** (place - low)) : 2 ** (place - low);
    variance += weight * bits[bitAtPlace(order, place, bitCount / 8)]!;
  }
  return { bits, reference: shared, variance };
}

/**
 * What is left of bits and reference when all that a field says of them is taken away: correlations with what is left
 * are partial correlations. The field's own bits count as constant.
 */
export function removeField(
  covariance: BitCovariance,
  reference: ReferenceCovariance,
  field: FieldPlace,
): readonly [BitCovariance, ReferenceCovariance] {
  const { bitCount } = covariance;
  const own = measureField(covariance, reference, field);
  const taken = new Set(listBits(field, bitCount / 8));
  const varying = covariance.varying.filter((bit) => !taken.has(bit));
  const matrix = new Float64Array(bitCount * bitCount);
  const bits = new Float64Array(bitCount);
  for (const a of varying) {
    bits[a] = reference.bits[a]! - (own.bits[a]! * own.reference) / own.variance;
    for (const b of varying)
      matrix[a * bitCount + b] =
        covariance.matrix[a * bitCount + b]! - (own.bits[a]! * own.bits[b]!) / own.variance;
  }
  const variance = Math.max(0, reference.variance - own.reference ** 2 / own.variance);
  return [
    { ...covariance, varying, matrix },
    { variance, bits },
  ];
}

/** The same covariance, in which the bits of a field count as constant. */
export function hideField(covariance: BitCovariance, field: FieldPlace): BitCovariance {
  const { bitCount } = covariance;
  const taken = new Set(listBits(field, bitCount / 8));
  const varying = covariance.varying.filter((bit) => !taken.has(bit));
  const matrix = new Float64Array(bitCount * bitCount);
  for (const a of varying)
    for (const b of varying) matrix[a * bitCount + b] = covariance.matrix[a * bitCount + b]!;
  return { ...covariance, varying, matrix };
}
