import type { FrameTable } from '../can/frame-table.ts';
import type { Message } from './message-samples.ts';

/** The bits of a message, each over all frames: 32 frames are compared at once. */
export interface BitPlanes {
  readonly bitCount: number;
  /** Frames. */
  readonly samples: number;
  /** Frames with the bit set, 32 to a word, `wordCount` words to a bit, the first frame at bit 0 of the first word. */
  readonly planes: Uint32Array;
  readonly wordCount: number;
  /** In how many frames each bit is set. */
  readonly counts: Uint32Array;
  /** Bits that are neither always 0 nor always 1, rising. */
  readonly varying: readonly number[];
}

/** Turns the frames of a message into planes of bits. */
export function measureBitPlanes(table: FrameTable, message: Message): BitPlanes {
  const bitCount = 8 * message.byteLength;
  const samples = message.rows.length;
  const wordCount = (samples + 31) >> 5;
  const planes = fillPlanes(table, message, wordCount);
  const counts = new Uint32Array(bitCount);
  for (let word = 0; word < planes.length; word++)
    counts[Math.floor(word / wordCount)]! += countOnes(planes[word]!);
  const varying = [...counts.keys()].filter((bit) => counts[bit]! > 0 && counts[bit]! < samples);
  return { bitCount, samples, planes, wordCount, counts, varying };
}

function fillPlanes({ data, dataStart }: FrameTable, message: Message, wordCount: number): Uint32Array {
  const { rows, byteLength } = message;
  const planes = new Uint32Array(8 * byteLength * wordCount);
  for (let i = 0; i < rows.length; i++) {
    const at = dataStart[rows[i]!]!;
    const word = i >> 5;
    const mark = 1 << (i & 31);
    for (let byte = 0; byte < byteLength; byte++) {
      const value = data[at + byte]!;
      for (let bit = 0, rest = value; rest !== 0; bit++, rest >>= 1)
        if ((rest & 1) !== 0) planes[(8 * byte + bit) * wordCount + word]! |= mark;
    }
  }
  return planes;
}

/** Counts the bits that are set, in sums of neighbours; source: Hacker's Delight, "Counting 1-Bits". */
export function countOnes(word: number): number {
  let rest = word - ((word >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  rest = (rest + (rest >>> 4)) & 0x0f0f0f0f;
  return Math.imul(rest, 0x01010101) >>> 24;
}

/** Frames in which both bits are set. */
export function countShared({ planes, wordCount }: BitPlanes, a: number, b: number): number {
  let count = 0;
  for (let word = 0; word < wordCount; word++)
    count += countOnes(planes[a * wordCount + word]! & planes[b * wordCount + word]!);
  return count;
}
