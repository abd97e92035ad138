import { type BitCovariance, type ReferenceCovariance } from './bit-covariance.ts';
import { bitAtPlace, type ByteOrder, type FieldPlace } from './field-place.ts';

/** Which fields are tried. */
export interface FieldLimits {
  readonly minLength: number;
  readonly maxLength: number;
}

/** Fields of a message with how well each explains a reference, in columns. */
export interface FieldFits {
  length: number;
  readonly isBigEndian: Uint8Array;
  readonly low: Uint16Array;
  readonly high: Uint16Array;
  readonly isSigned: Uint8Array;
  /** Pearson's correlation. */
  readonly r: Float64Array;
}

const ORDERS: readonly ByteOrder[] = ['little-endian', 'big-endian'];
/** Where less than this share of a field's variance is left, rounding has eaten the rest. */
const LEFT_VARIANCE = 1e-9;

/**
 * Correlates every field of a message with a reference: both byte orders, every start, every length within the limits,
 * unsigned and signed. Fields begin and end at bits that vary: longer ones with the same values are left out, and of
 * fields within a byte the big-endian ones.
 *
 * Time is proportional to the number of fields: variance and covariance of a field follow from those of the field that
 * is one bit shorter.
 */
export function correlateFields(
  covariance: BitCovariance,
  reference: ReferenceCovariance,
  limits: FieldLimits,
): FieldFits {
  const fits = createFits(
    4 * covariance.varying.length * Math.min(limits.maxLength, covariance.varying.length),
  );
  for (const order of ORDERS) appendOrder(fits, { covariance, reference, limits, order });
  return fits;
}

/** The field in row `i`. */
export function fieldAt(fits: FieldFits, i: number): FieldPlace {
  return {
    order: fits.isBigEndian[i] === 0 ? 'little-endian' : 'big-endian',
    low: fits.low[i]!,
    high: fits.high[i]!,
    isSigned: fits.isSigned[i] !== 0,
  };
}

/** Number of the field with the strongest correlation, of equal ones the first; -1 where there is none. */
export function findStrongest({ r, length }: FieldFits): number {
  let best = -1;
  for (let i = 0; i < length; i++) if (best < 0 || Math.abs(r[i]!) > Math.abs(r[best]!)) best = i;
  return best;
}

function createFits(rows: number): FieldFits {
  return {
    length: 0,
    isBigEndian: new Uint8Array(rows),
    low: new Uint16Array(rows),
    high: new Uint16Array(rows),
    isSigned: new Uint8Array(rows),
    r: new Float64Array(rows),
  };
}

interface OrderWork {
  readonly covariance: BitCovariance;
  readonly reference: ReferenceCovariance;
  readonly limits: FieldLimits;
  readonly order: ByteOrder;
}

function appendOrder(fits: FieldFits, { covariance, reference, limits, order }: OrderWork): void {
  const { bitCount, matrix } = covariance;
  const bits = Uint16Array.from({ length: bitCount }, (_, place) => bitAtPlace(order, place, bitCount / 8));
  const varies = new Uint8Array(bitCount);
  for (const bit of covariance.varying) varies[bit] = 1;
  /** Covariance of the bit at each place with the field from `low` to the place below it. */
  const withBelow = new Float64Array(bitCount);
  for (let low = bitCount - 1; low >= 0; low--) {
    const lowBit = bits[low]!;
    const end = Math.min(bitCount, low + limits.maxLength);
    for (let high = low + 1; high < end; high++)
      withBelow[high] = matrix[lowBit * bitCount + bits[high]!]! + 2 * withBelow[high]!;
    if (varies[lowBit] !== 0)
      appendFromLow(fits, { low, end, bits, varies, withBelow, covariance, reference, limits, order });
  }
}

interface LowWork extends OrderWork {
  readonly low: number;
  readonly end: number;
  readonly bits: Uint16Array;
  readonly varies: Uint8Array;
  readonly withBelow: Float64Array;
}

function appendFromLow(fits: FieldFits, work: LowWork): void {
  const { low, end, bits, varies, withBelow, reference, limits, order } = work;
  const { matrix, bitCount } = work.covariance;
  let variance = 0;
  let shared = 0;
  let signedVariance = 0;
  let signedShared = 0;
  let top = -1;
  let weight = 1;
  for (let high = low; high < end; high++, weight *= 2) {
    const bit = bits[high]!;
    if (varies[bit] === 0) continue;
    const own = weight * weight * matrix[bit * bitCount + bit]!;
    const cross = 2 * weight * (high === low ? 0 : withBelow[high]!);
    const gain = weight * reference.bits[bit]!;
    // A copy of the sign leaves the value what it is; computed anew, it would drown in rounding.
    const isCopy = top === high - 1 && isSameBit(work.covariance, bit, bits[top]!);
    if (!isCopy) {
      signedVariance = variance + own - cross;
      signedShared = shared - gain;
    }
    variance += own + cross;
    shared += gain;
    top = high;
    const length = high - low + 1;
    if (length < limits.minLength) continue;
    if (order === 'big-endian' && high >> 3 === low >> 3) continue;
    const floor = LEFT_VARIANCE * own;
    if (variance > floor)
      append(fits, work, { high, isSigned: 0, r: shared / Math.sqrt(variance * reference.variance) });
    if (length > 1 && signedVariance > (isCopy ? 0 : floor))
      append(fits, work, {
        high,
        isSigned: 1,
        r: signedShared / Math.sqrt(signedVariance * reference.variance),
      });
  }
}

function append(
  fits: FieldFits,
  { low, order }: LowWork,
  { high, isSigned, r }: { readonly high: number; readonly isSigned: number; readonly r: number },
): void {
  const i = fits.length++;
  fits.isBigEndian[i] = Number(order === 'big-endian');
  fits.low[i] = low;
  fits.high[i] = high;
  fits.isSigned[i] = isSigned;
  fits.r[i] = r;
}

/** Whether two bits are equal in every frame. */
function isSameBit({ matrix, bitCount }: BitCovariance, a: number, b: number): boolean {
  const shared = matrix[a * bitCount + b]!;
  return shared > 0 && shared === matrix[a * bitCount + a]! && shared === matrix[b * bitCount + b]!;
}
