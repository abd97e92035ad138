import type { FrameTable } from '../can/frame-table.ts';
import type { SignalLayout } from './signal-layout.ts';

const WORD = 0x1_0000_0000;

/**
 * Reads a signal of one frame: raw value times factor plus offset. Raw values beyond 2^53 are rounded to doubles first.
 *
 * @returns NaN where the payload is too short to hold all of the signal.
 */
export function readSignal(table: FrameTable, row: number, signal: SignalLayout): number {
  return readPlace(table, row, locateSignal(signal));
}

/** Reads a signal of many frames: one value for each of the rows, in their order. See `readSignal`. */
export function readSignalColumn(table: FrameTable, rows: Uint32Array, signal: SignalLayout): Float64Array {
  const place = locateSignal(signal);
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = readPlace(table, rows[i]!, place);
  return values;
}

/**
 * Where the bits of a signal are. Bits are counted through the payload, in little-endian order from the least
 * significant bit of each byte, in big-endian order from the most significant:
 *
 * ```
 * byte                   0                        1
 * little-endian   7 6 5 4 3 2 1 0   15 14 13 12 11 10  9  8
 * big-endian      0 1 2 3 4 5 6 7    8  9 10 11 12 13 14 15
 * ```
 */
interface SignalPlace {
  readonly isBigEndian: boolean;
  readonly isSigned: boolean;
  readonly from: number;
  readonly length: number;
  /** Bytes that a payload must have. */
  readonly byteLength: number;
  readonly factor: number;
  readonly offset: number;
}

function locateSignal({ startBit, length, byteOrder, isSigned, factor, offset }: SignalLayout): SignalPlace {
  const isBigEndian = byteOrder === 'big-endian';
  // Counting bits from the other end turns them round within their byte.
  const from = isBigEndian ? startBit ^ 7 : startBit;
  return { isBigEndian, isSigned, from, length, byteLength: ((from + length - 1) >> 3) + 1, factor, offset };
}

function readPlace({ data, dataStart, dataLength }: FrameTable, row: number, place: SignalPlace): number {
  if (dataLength[row]! < place.byteLength) return NaN;
  const start = dataStart[row]!;
  const raw = place.isBigEndian ? readBigEndian(data, start, place) : readLittleEndian(data, start, place);
  return raw * place.factor + place.offset;
}

function readLittleEndian(data: Uint8Array, start: number, place: SignalPlace): number {
  const { from, length } = place;
  const byte = start + (from >> 3);
  const skip = from & 7;
  if (length <= 32) return giveSign(gatherUpwards(data, byte, skip, length), length, place);
  const high = giveSign(gatherUpwards(data, byte + 4, skip, length - 32), length - 32, place);
  return high * WORD + gatherUpwards(data, byte, skip, 32);
}

function readBigEndian(data: Uint8Array, start: number, place: SignalPlace): number {
  const { from, length } = place;
  const byte = start + (from >> 3);
  const skip = from & 7;
  if (length <= 32) return giveSign(gatherDownwards(data, byte, skip, length), length, place);
  const high = giveSign(gatherDownwards(data, byte, skip, length - 32), length - 32, place);
  const lowFrom = from + length - 32;
  return high * WORD + gatherDownwards(data, start + (lowFrom >> 3), lowFrom & 7, 32);
}

/** Two's complement of so many bits, where the signal has a sign. */
function giveSign(value: number, bits: number, { isSigned }: SignalPlace): number {
  return isSigned ? (value << (32 - bits)) >> (32 - bits) : value;
}

/** Gathers up to 32 bits, lowest first, from a byte whose lowest bits are passed over. */
function gatherUpwards(data: Uint8Array, byte: number, skip: number, count: number): number {
  let value = data[byte]! >>> skip;
  for (let have = 8 - skip, at = byte + 1; have < count; have += 8, at++) value |= data[at]! << have;
  return (value & (-1 >>> (32 - count))) >>> 0;
}

/** Gathers up to 32 bits, highest first, from a byte whose highest bits are passed over. */
function gatherDownwards(data: Uint8Array, byte: number, skip: number, count: number): number {
  let value = data[byte]! & (0xff >>> skip);
  let missing = count - (8 - skip);
  let at = byte + 1;
  for (; missing >= 8; missing -= 8, at++) value = (value << 8) | data[at]!;
  if (missing > 0) value = (value << missing) | (data[at]! >>> (8 - missing));
  return (missing < 0 ? value >>> -missing : value) >>> 0;
}
