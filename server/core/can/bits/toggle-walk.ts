import { MAX_BITS } from './bit-position.ts';
import type { FrameTable } from '../frame-table.ts';

/** Words of the longest payload, of 32 bits each. */
export const MAX_WORDS = MAX_BITS / 32;

/** Is told what changes from frame to frame, in the order of the frames and of the words of each. */
export interface ToggleSink {
  /** Bits of the frame are not what they were in the one before: those set in `bits`, of the payload's word `word`. */
  addToggles(row: number, word: number, bits: number): void;
  /** The payload of the frame differs, in bits or in length; comes behind its bits. */
  addChange(row: number): void;
}

/**
 * Compares each frame of a message with the one before it. A payload that is shorter, or longer, than the one before is
 * taken to be filled up with zeros: the bits that are set in the tail toggle. Bytes behind the 64th are no CAN and are
 * not looked at.
 *
 * @param rows Rows of the message by time.
 */
export function walkToggles(table: FrameTable, rows: Uint32Array, sink: ToggleSink): void {
  const { words, dataStart, dataLength } = table;
  for (let i = 1; i < rows.length; i++) {
    const before = rows[i - 1]!;
    const row = rows[i]!;
    const oldStart = dataStart[before]! >> 2;
    const newStart = dataStart[row]! >> 2;
    const oldWords = countWords(dataLength[before]!);
    const newWords = countWords(dataLength[row]!);
    let hasChanged = dataLength[before] !== dataLength[row];
    for (let word = 0; word < oldWords || word < newWords; word++) {
      const oldBits = word < oldWords ? words[oldStart + word]! : 0;
      const newBits = word < newWords ? words[newStart + word]! : 0;
      if (oldBits === newBits) continue;
      hasChanged = true;
      sink.addToggles(row, word, oldBits ^ newBits);
    }
    if (hasChanged) sink.addChange(row);
  }
}

/** The global index of the lowest bit that is set in `bits`, which are those of a payload's word `word`. */
export function lowestBit(word: number, bits: number): number {
  return 32 * word + 31 - Math.clz32(bits & -bits);
}

function countWords(byteLength: number): number {
  return Math.min((byteLength + 3) >>> 2, MAX_WORDS);
}
