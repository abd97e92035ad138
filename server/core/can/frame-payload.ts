import { formatFixed } from '../text/fixed-decimal.ts';
import { formatAddress } from './address-text.ts';
import type { FrameTable } from './frame-table.ts';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, '0'));

/** The payload of a row, without padding; valid while the table does not grow. */
export function borrowPayload({ data, dataStart, dataLength }: FrameTable, row: number): Uint8Array {
  const start = dataStart[row]!;
  return data.subarray(start, start + dataLength[row]!);
}

/** Writes the payload of a row as upper-case hexadecimal: `05FF`. */
export function formatPayload({ data, dataStart, dataLength }: FrameTable, row: number): string {
  const start = dataStart[row]!;
  const end = start + dataLength[row]!;
  let text = '';
  for (let i = start; i < end; i++) text += HEX[data[i]!]!;
  return text;
}

/** Reads a bit of the payload of a row by its global index; 0 behind the payload's end. */
export function readBit({ words, dataStart, dataLength }: FrameTable, row: number, bit: number): 0 | 1 {
  if (bit >= 8 * dataLength[row]!) return 0;
  return ((words[(dataStart[row]! >> 2) + (bit >> 5)]! >>> (bit & 31)) & 1) as 0 | 1;
}

/**
 * Reads the first 8 bytes of a payload as one number. A shorter payload is filled up with zeros: behind it when it is
 * little-endian, before it when it is big-endian.
 */
export function readPayloadNumber(payload: Uint8Array, byteOrder: 'little' | 'big'): bigint {
  const bytes = [...payload.subarray(0, 8)];
  if (byteOrder === 'little') bytes.reverse();
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** Words a frame for messages and logs: `CanMessage(t=1.500, addr=0x123, data=[01 02])`, the time in seconds. */
export function describeFrame(table: FrameTable, row: number): string {
  const seconds = formatFixed(table.seconds[row]!, 3);
  const address = formatAddress(table.arbitrationId[row]!);
  const bytes = Array.from(borrowPayload(table, row), (byte) => HEX[byte]!);
  return `CanMessage(t=${seconds}, addr=${address}, data=[${bytes.join(' ')}])`;
}
