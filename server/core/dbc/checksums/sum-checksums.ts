import type { FramePayload, PayloadField } from './payload-field.ts';

// Source of all: opendbc 7343a66d, opendbc/car/<brand>.

/** Computes the checksum that a frame should have; what it has in that place does not matter. */
export type ChecksumAlgorithm = (frame: FramePayload, place: PayloadField) => number;

/** Digits of the id in base 16 and those of the payload, but the last, which is the checksum's. */
export function sumHonda({ arbitrationId, data, start, length }: FramePayload): number {
  let sum = 0;
  for (let rest = arbitrationId; rest !== 0; rest >>>= 4) sum += rest & 15;
  for (let at = start; at < start + length; at++) sum += (data[at]! >> 4) + (data[at]! & 15);
  if (length > 0) sum -= data[start + length - 1]! & 15;
  return (8 - sum + (arbitrationId > 0x7ff ? 3 : 0)) & 15;
}

/** Length, bytes of the id, and those of the payload but the last. */
export function sumToyota({ arbitrationId, data, start, length }: FramePayload): number {
  return (length + sumIdBytes(arbitrationId) + sumBytes(data, start, start + length - 1)) & 0xff;
}

/** Bytes of the id, and those of the payload but the first. */
export function sumSubaru({ arbitrationId, data, start, length }: FramePayload): number {
  return (sumIdBytes(arbitrationId) + sumBytes(data, start + 1, start + length)) & 0xff;
}

/** All bytes but its own; the id does not count. */
export function sumSubaruPreglobal({ data, start, length }: FramePayload, place: PayloadField): number {
  return (sumBytes(data, start, start + length) - ownByte(data, start, place)) & 0xff;
}

/** The two low bytes of the id, and all of the payload but its own. */
export function sumTesla({ arbitrationId, data, start, length }: FramePayload, place: PayloadField): number {
  const idSum = (arbitrationId & 0xff) + ((arbitrationId >>> 8) & 0xff);
  return (idSum + sumBytes(data, start, start + length) - ownByte(data, start, place)) & 0xff;
}

/** All bytes but its own. */
export function xorBytes(frame: FramePayload, place: PayloadField): number {
  return xorBytesFrom(0, frame, place);
}

/** The same, from another value on. */
export function xorBytesFrom(
  first: number,
  { data, start, length }: FramePayload,
  place: PayloadField,
): number {
  let result = first ^ ownByte(data, start, place);
  for (let at = start; at < start + length; at++) result ^= data[at]!;
  return result;
}

/** Where the sum of PSA messages begins. */
const PSA_START: ReadonlyMap<number, number> = new Map([
  [0x452, 0x4],
  [0x38d, 0x7],
  [0x42d, 0xc],
]);
const PSA_USUAL_START = 0xb;

/** Digits of the payload in base 16 but its own. */
export function sumPsa({ arbitrationId, data, start, length }: FramePayload, place: PayloadField): number {
  let sum = 0;
  for (let at = start; at < start + length; at++) sum += (data[at]! >> 4) + (data[at]! & 15);
  const own = ownByte(data, start, place);
  // Of a big-endian place the high digit comes first.
  const isHigh = (place.from & 7) < 4 === place.isBigEndian;
  sum -= isHigh ? own >> 4 : own & 15;
  return ((PSA_START.get(arbitrationId) ?? PSA_USUAL_START) - sum) & 15;
}

function sumIdBytes(arbitrationId: number): number {
  let sum = 0;
  for (let rest = arbitrationId; rest !== 0; rest >>>= 8) sum += rest & 0xff;
  return sum;
}

function sumBytes(data: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += data[at]!;
  return sum;
}

/** The byte where a checksum lies; 0 where there is none. */
function ownByte(data: Uint8Array, start: number, place: PayloadField): number {
  return data[start + (place.from >> 3)]!;
}
