import { MAX_BITS } from './bit-position.ts';
import type { FrameTable } from '../frame-table.ts';

/** Bytes of a payload that are looked at: as many as a CAN-FD frame has. */
export const MAX_PAYLOAD_BYTES = MAX_BITS / 8;

/**
 * Which values the bits of a message had in some of its frames. Byte `i` of a mask speaks of byte `i` of the payloads,
 * bit 0 being the least significant one; masks have as many bytes as the longest payload.
 */
export interface SeenBits {
  readonly frames: number;
  /** Bytes of the shortest payload, at most 64. */
  readonly shortest: number;
  /** Bits that were set in some frame. */
  readonly ones: Uint8Array;
  /** Bits that were clear in some frame that is long enough to have them. */
  readonly zeros: Uint8Array;
}

const WORDS = MAX_PAYLOAD_BYTES / 4;

/**
 * Looks at the bits of some frames of a message.
 *
 * @param rows Rows of the table, in any order.
 */
export function collectSeenBits(table: FrameTable, rows: Uint32Array): SeenBits {
  const ones = new Uint32Array(WORDS);
  const zeros = new Uint32Array(WORDS);
  const { words, dataStart, dataLength } = table;
  let shortest = MAX_PAYLOAD_BYTES;
  let longest = 0;
  for (const row of rows) {
    const at = dataStart[row]! >> 2;
    const length = Math.min(dataLength[row]!, MAX_PAYLOAD_BYTES);
    for (let word = 0; 4 * word < length; word++) {
      const value = words[at + word]!;
      ones[word]! |= value;
      zeros[word]! |= ~value & maskWord(length, word);
    }
    shortest = Math.min(shortest, length);
    longest = Math.max(longest, length);
  }
  return { frames: rows.length, shortest, ones: toBytes(ones, longest), zeros: toBytes(zeros, longest) };
}

/** What was seen in either. */
export function mergeSeenBits(first: SeenBits, second: SeenBits): SeenBits {
  return {
    frames: first.frames + second.frames,
    shortest: Math.min(first.shortest, second.shortest),
    ones: joinMasks(first.ones, second.ones),
    zeros: joinMasks(first.zeros, second.zeros),
  };
}

function joinMasks(first: Uint8Array, second: Uint8Array): Uint8Array {
  const [longer, shorter] = first.length < second.length ? [second, first] : [first, second];
  return longer.map((mask, byte) => mask | (shorter[byte] ?? 0));
}

/** The bits of a word of a payload that its bytes reach. */
function maskWord(byteLength: number, word: number): number {
  const bytes = byteLength - 4 * word;
  return bytes >= 4 ? -1 : (1 << (8 * bytes)) - 1;
}

function toBytes(words: Uint32Array, byteLength: number): Uint8Array {
  return Uint8Array.from({ length: byteLength }, (_, byte) => words[byte >> 2]! >>> (8 * (byte & 3)));
}
