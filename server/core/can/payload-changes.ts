import { LONGEST_PAYLOAD } from './frame-bits.ts';
import type { FrameTable } from './frame-table.ts';

/** Counts, portion by portion, how the payloads of one message change from frame to frame. */
export class PayloadChanges {
  /** Frames that have been added. */
  frames = 0;
  /** Frames that differ from the one before them, in a byte or in length. */
  changedFrames = 0;
  /** Bytes of the longest payload. */
  maxBytes = 0;

  /** @param rows All rows of the message by time; those that have been added before are passed over. */
  add(table: FrameTable, rows: Uint32Array): void {
    const { words, dataStart, dataLength } = table;
    for (let i = this.frames; i < rows.length; i++) {
      const row = rows[i]!;
      const length = dataLength[row]!;
      if (length > this.maxBytes) this.maxBytes = length;
      if (i === 0) continue;
      const before = rows[i - 1]!;
      let isChanged = length !== dataLength[before];
      const from = dataStart[before]! >> 2;
      const to = dataStart[row]! >> 2;
      for (let word = 0; !isChanged && 4 * word < length; word++)
        isChanged = words[from + word] !== words[to + word];
      if (isChanged) this.changedFrames++;
    }
    this.frames = rows.length;
  }
}

/** Counts, portion by portion, how often each bit of one message is another than in the frame before. */
export class BitToggles {
  /** Frames that have been added. */
  frames = 0;
  /** By global index: 8 * byte + bit, bit 0 being the least significant; of the first 64 bytes. */
  readonly counts = new Uint32Array(8 * LONGEST_PAYLOAD);

  /** @param rows All rows of the message by time; those that have been added before are passed over. */
  add(table: FrameTable, rows: Uint32Array): void {
    const { words, dataStart, dataLength } = table;
    for (let i = Math.max(1, this.frames); i < rows.length; i++) {
      const before = rows[i - 1]!;
      const row = rows[i]!;
      const bytes = Math.min(dataLength[before]!, dataLength[row]!, LONGEST_PAYLOAD);
      const from = dataStart[before]! >> 2;
      const to = dataStart[row]! >> 2;
      for (let word = 0; 4 * word < bytes; word++) {
        const changed = words[from + word]! ^ words[to + word]!;
        if (changed !== 0) this.#count(32 * word, maskBytes(changed, bytes - 4 * word));
      }
    }
    this.frames = rows.length;
  }

  #count(first: number, changed: number): void {
    for (let left = changed; left !== 0; left &= left - 1)
      this.counts[first + 31 - Math.clz32(left & -left)]!++;
  }
}

/** Keeps the lower `bytes` bytes of a word. */
function maskBytes(word: number, bytes: number): number {
  return bytes >= 4 ? word : word & ((1 << (8 * bytes)) - 1);
}
