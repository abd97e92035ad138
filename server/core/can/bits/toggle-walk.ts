import { MAX_BITS } from './bit-position.ts';
import type { FrameTable } from '../frame-table.ts';

/** Words of the longest payload. */
const MAX_WORDS = MAX_BITS / 32;

/** Is told what changes from frame to frame, in the order of the frames. */
export interface ToggleSink {
  /** A bit of the frame is not what it was in the one before; bits of a frame come ascending. */
  addToggle(row: number, bit: number): void;
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
    const [before, row] = [rows[i - 1]!, rows[i]!];
    const [oldStart, newStart] = [dataStart[before]! >> 2, dataStart[row]! >> 2];
    const [oldWords, newWords] = [countWords(dataLength[before]!), countWords(dataLength[row]!)];
    let hasChanged = dataLength[before] !== dataLength[row];
    for (let word = 0; word < oldWords || word < newWords; word++) {
      const oldBits = word < oldWords ? words[oldStart + word]! : 0;
      const newBits = word < newWords ? words[newStart + word]! : 0;
      if (oldBits === newBits) continue;
      hasChanged = true;
      // The lowest bit that is set is told and cleared.
      for (let rest = oldBits ^ newBits; rest !== 0; rest &= rest - 1)
        sink.addToggle(row, 32 * word + 31 - Math.clz32(rest & -rest));
    }
    if (hasChanged) sink.addChange(row);
  }
}

function countWords(byteLength: number): number {
  return Math.min((byteLength + 3) >>> 2, MAX_WORDS);
}
