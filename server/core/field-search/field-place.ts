/** The order in which the bits of a payload are counted. */
export type ByteOrder = 'little-endian' | 'big-endian';

/**
 * Bits of a payload in one byte order, from the least significant end: in a field of that byte order, places rise by one
 * from bit to bit.
 *
 * ```
 * little-endian   place 0 = byte 0 bit 0      ... place 8 = byte 1 bit 0
 * big-endian      place 0 = last byte bit 0   ... place 8 = last byte but one, bit 0
 * ```
 */
export function bitAtPlace(order: ByteOrder, place: number, byteLength: number): number {
  if (order === 'little-endian') return place;
  return 8 * (byteLength - 1 - (place >> 3)) + (place & 7);
}

/** A run of bits of a message. */
export interface FieldPlace {
  readonly order: ByteOrder;
  /** Place of the least significant bit. */
  readonly low: number;
  /** Place of the most significant bit. */
  readonly high: number;
  readonly isSigned: boolean;
}

/** Bits of a field. */
export function lengthOf({ low, high }: FieldPlace): number {
  return high - low + 1;
}

/** Start bit as DBC counts it: the least significant bit of little-endian fields, the most significant of others. */
export function startBitOf({ order, low, high }: FieldPlace, byteLength: number): number {
  return order === 'little-endian' ? low : bitAtPlace(order, high, byteLength);
}

/** Whether all bits lie in one byte, where both byte orders are the same. */
export function isWithinByte({ low, high }: FieldPlace): boolean {
  return low >> 3 === high >> 3;
}

/** The same bits of one byte in the other order; fields of several bytes have no such form. */
export function reorderWithinByte(field: FieldPlace, order: ByteOrder, byteLength: number): FieldPlace {
  if (field.order === order || !isWithinByte(field)) return field;
  const shift = 8 * (byteLength - 1 - 2 * (field.low >> 3));
  return { ...field, order, low: field.low + shift, high: field.high + shift };
}

/** Whether two fields of a message share a bit. */
export function areOverlapping(a: FieldPlace, b: FieldPlace, byteLength: number): boolean {
  if (a.order === b.order) return a.low <= b.high && b.low <= a.high;
  const bits = new Set(listBits(a, byteLength));
  return listBits(b, byteLength).some((bit) => bits.has(bit));
}

/** Global bit numbers of a field, from the least significant. */
export function listBits({ order, low, high }: FieldPlace, byteLength: number): readonly number[] {
  return Array.from({ length: high - low + 1 }, (_, i) => bitAtPlace(order, low + i, byteLength));
}
