import { openCrc16Table, openCrc8Table } from './crc-tables.ts';
import type { FramePayload } from './payload-field.ts';

// Source of all: opendbc 7343a66d, opendbc/car/<brand>.

const SAE_J1850 = 0x1d;
const DVB_S2 = 0xd5;
const XMODEM = 0x1021;

/** CRC-8/SAE-J1850 over all bytes but the last. */
export function crcChrysler({ data, start, length }: FramePayload): number {
  const table = openCrc8Table(SAE_J1850);
  let crc = 0xff;
  for (let at = start; at < start + length - 1; at++) crc = table[crc ^ data[at]!]!;
  return crc ^ 0xff;
}

const GIORGIO_FINAL_XOR: ReadonlyMap<number, number> = new Map([
  [0xde, 0x10],
  [0x106, 0xf6],
  [0x122, 0xf1],
]);
const GIORGIO_USUAL_XOR = 0x0a;

/** The same polynomial from 0 on, over all bytes but the last; the end depends on the id. */
export function crcGiorgio({ arbitrationId, data, start, length }: FramePayload): number {
  const table = openCrc8Table(SAE_J1850);
  let crc = 0;
  for (let at = start; at < start + length - 1; at++) crc = table[crc ^ data[at]!]!;
  return crc ^ (GIORGIO_FINAL_XOR.get(arbitrationId) ?? GIORGIO_USUAL_XOR);
}

/** From the last byte but one down to the first. */
export function crcBody({ data, start, length }: FramePayload): number {
  const table = openCrc8Table(DVB_S2);
  let crc = 0xff;
  for (let at = start + length - 2; at >= start; at--) crc = table[crc ^ data[at]!]!;
  return crc;
}

const HKG_FINAL_XOR: ReadonlyMap<number, number> = new Map([
  [8, 0x5f29],
  [16, 0x041d],
  [24, 0x819d],
  [32, 0x9f5b],
]);

/** Over all bytes but the first two, then the id; the end depends on the length. */
export function crcHyundai({ arbitrationId, data, start, length }: FramePayload): number {
  const table = openCrc16Table(XMODEM);
  let crc = 0;
  for (let at = start + 2; at < start + length; at++) crc = stepCrc16(table, crc, data[at]!);
  crc = stepCrc16(table, crc, arbitrationId & 0xff);
  crc = stepCrc16(table, crc, (arbitrationId >>> 8) & 0xff);
  return crc ^ (HKG_FINAL_XOR.get(length) ?? 0);
}

function stepCrc16(table: Uint16Array, crc: number, byte: number): number {
  return ((crc << 8) & 0xffff) ^ table[(crc >> 8) ^ byte]!;
}
