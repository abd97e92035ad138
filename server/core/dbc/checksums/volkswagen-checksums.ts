import { openCrc8Table } from './crc-tables.ts';
import type { FramePayload, PayloadField } from './payload-field.ts';
import { xorBytesFrom } from './sum-checksums.ts';
import { openCounterConstants, openShortSpans } from './volkswagen-constants.ts';

// Source of all: opendbc 7343a66d, opendbc/car/volkswagen.

/** AUTOSAR's CRC-8H2F, as end-to-end protection profile 2 uses it. */
const AUTOSAR_8H2F = 0x2f;

/** Over all bytes but the first, then the constant that belongs to the counter, where the message has constants. */
export function crcVolkswagen(frame: FramePayload): number {
  return crcSpan(frame, frame.length, openCounterConstants().get(frame.arbitrationId));
}

/** As `crcVolkswagen`; some messages may have the checksum of a shorter span instead. */
export function crcVolkswagen2024(frame: FramePayload): number {
  const span = openShortSpans().get(frame.arbitrationId);
  if (span !== undefined) {
    const short = crcSpan(frame, Math.min(span.byteLength, frame.length), span.constants);
    if (short === frame.data[frame.start]) return short;
  }
  return crcVolkswagen(frame);
}

/** Messages of MLB cars that have a sum without carry instead of a CRC, and where it begins. */
const MLB_XOR_START: ReadonlyMap<number, number> = new Map([
  [0x109, 0x08],
  [0x10b, 0x0a],
  [0x10c, 0x0d],
  [0x10d, 0x0c],
  [0x10f, 0x0e],
  [0x111, 0x10],
  [0x30c, 0x0f],
  [0x311, 0x12],
  [0x324, 0x27],
  [0x397, 0x94],
]);

/** All other bytes without carry for some messages, `crcVolkswagen` for the rest. */
export function checkVolkswagenMlb(frame: FramePayload, place: PayloadField): number {
  const first = MLB_XOR_START.get(frame.arbitrationId);
  return first === undefined ? crcVolkswagen(frame) : xorBytesFrom(first, frame, place);
}

function crcSpan({ data, start, length }: FramePayload, end: number, constants?: Uint8Array): number {
  const table = openCrc8Table(AUTOSAR_8H2F);
  let crc = 0xff;
  for (let at = start + 1; at < start + end; at++) crc = table[crc ^ data[at]!]!;
  const counter = length > 1 ? data[start + 1]! & 15 : 0;
  if (constants !== undefined) crc = table[crc ^ constants[counter]!]!;
  return crc ^ 0xff;
}
