/**
 * Writes an Intel (little-endian) field: bit `start` of the payload takes the lowest bit of `value`, bit 0 being the
 * least significant bit of byte 0. Bits of `value` beyond `length` are dropped, so negative values go in as two's
 * complement.
 *
 * ```
 * byte 0             byte 1
 * 7 6 5 4 3 2 1 0    15 14 13 12 11 10 9 8
 * ```
 */
export function writeField(payload: Uint8Array, field: BitField, value: number): void {
  for (let i = 0; i < field.length; i++) {
    const position = field.start + i;
    const mask = 1 << (position & 7);
    const byte = payload[position >> 3] ?? 0;
    payload[position >> 3] = (value >> i) & 1 ? byte | mask : byte & ~mask;
  }
}

/** Sets one bit, counted as in {@link writeField}. */
export function setBit(payload: Uint8Array, position: number): void {
  payload[position >> 3] = (payload[position >> 3] ?? 0) | (1 << (position & 7));
}

/** Position and width of a signal inside a payload; at most 31 bits. */
export interface BitField {
  readonly start: number;
  readonly length: number;
}
