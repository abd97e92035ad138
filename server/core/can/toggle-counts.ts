import type { FrameTable } from './frame-table.ts';
import { MAX_PAYLOAD_BYTES } from './seen-bits.ts';

/**
 * Counts how often each bit of a message changed from a frame to the next; bytes that one of them lacks do not change.
 *
 * @param rows Rows of the table in the order of time.
 * @returns Index `8 * byte + lsb`, over the bytes of the longest payload, at most 64.
 */
export function countToggles(table: FrameTable, rows: Uint32Array): number[] {
  const { data, dataStart, dataLength } = table;
  const counts = new Uint32Array(8 * MAX_PAYLOAD_BYTES);
  let longest = 0;
  let last = 0;
  let lastLength = 0;
  for (const row of rows) {
    const at = dataStart[row]!;
    const length = Math.min(dataLength[row]!, MAX_PAYLOAD_BYTES);
    const common = Math.min(length, lastLength);
    for (let byte = 0; byte < common; byte++) {
      const changed = data[at + byte]! ^ data[last + byte]!;
      if (changed !== 0) countBits(changed, 8 * byte, counts);
    }
    longest = Math.max(longest, length);
    last = at;
    lastLength = length;
  }
  return [...counts.subarray(0, 8 * longest)];
}

function countBits(byte: number, firstBit: number, counts: Uint32Array): void {
  for (let bit = 0; bit < 8; bit++) counts[firstBit + bit]! += (byte >> bit) & 1;
}
