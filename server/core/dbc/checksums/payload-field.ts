import type { SignalLayout } from '../signal-layout.ts';

/** Fields are numbers: beyond 53 bits they would not be exact. */
const MAX_FIELD_BITS = 53;

/** Where the bits of an unsigned number lie in a payload. */
export interface PayloadField {
  /** Bits, 1 to 53. */
  readonly length: number;
  readonly isBigEndian: boolean;
  /**
   * The first bit, counted through the payload: in little-endian order from the least significant bit of each byte, in
   * big-endian order from the most significant.
   */
  readonly from: number;
  /** Bytes that a payload must have to hold all of it. */
  readonly byteLength: number;
}

/** A payload of a frame: `length` bytes of `data` from `start` on. One object may serve for many frames. */
export interface FramePayload {
  arbitrationId: number;
  data: Uint8Array;
  start: number;
  length: number;
}

/** Finds the place of a signal; undefined for one of more than 53 bits. */
export function locateField({ startBit, length, byteOrder }: SignalLayout): PayloadField | undefined {
  if (!(length >= 1 && length <= MAX_FIELD_BITS && startBit >= 0)) return undefined;
  const isBigEndian = byteOrder === 'big-endian';
  // Counting bits from the other end turns them round within their byte.
  const from = isBigEndian ? startBit ^ 7 : startBit;
  return { length, isBigEndian, from, byteLength: ((from + length - 1) >> 3) + 1 };
}

/** Reads the bits of a field as they are. The payload must have `byteLength` bytes. */
export function readField(
  { from, length, isBigEndian }: PayloadField,
  { data, start }: FramePayload,
): number {
  let value = 0;
  let scale = 1;
  for (let bit = from, end = from + length; bit < end;) {
    const skip = bit & 7;
    const count = Math.min(8 - skip, end - bit);
    const byte = data[start + (bit >> 3)]!;
    const part = (byte >> (isBigEndian ? 8 - skip - count : skip)) & ((1 << count) - 1);
    value = isBigEndian ? value * (1 << count) + part : value + part * scale;
    scale *= 1 << count;
    bit += count;
  }
  return value;
}

/** Writes the lowest bits of a number that is not negative. The payload must have `byteLength` bytes. */
export function writeField(field: PayloadField, { data, start }: FramePayload, value: number): void {
  const { from, length, isBigEndian } = field;
  let rest = value;
  for (let left = length; left > 0;) {
    // From the least significant bits on: that is from the end of a big-endian field.
    const last = isBigEndian ? from + left - 1 : from + length - left;
    const count = Math.min(isBigEndian ? (last & 7) + 1 : 8 - (last & 7), left);
    const shift = isBigEndian ? 7 - (last & 7) : last & 7;
    const mask = (1 << count) - 1;
    const at = start + (last >> 3);
    data[at] = (data[at]! & ~(mask << shift)) | ((rest % (1 << count)) << shift);
    rest = Math.floor(rest / (1 << count));
    left -= count;
  }
}
