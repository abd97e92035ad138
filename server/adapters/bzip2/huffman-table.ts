import type { BitReader } from './bit-reader.ts';

/** No code is longer. */
export const LONGEST_CODE_BITS = 20;

/** Codes up to this length, nearly all, are found with one look. */
export const SHORT_CODE_BITS = 10;

/** Larger than any symbol. */
const NO_SYMBOL = 0xffff;

/** One of the up to six codes of a block, ready for decoding. */
export interface HuffmanTable {
  /**
   * By the next SHORT_CODE_BITS bits: `symbol << 5 | length` of the code that they begin with, or 0 when that is
   * longer or none.
   */
  readonly short: Uint16Array;
  /** By length: the first code beyond those of the length, as the upper bits of a LONGEST_CODE_BITS number. */
  readonly limits: Int32Array;
  /** By length: what to add to a code to get its place in `symbols`. */
  readonly offsets: Int32Array;
  /** The symbols in the order of their codes. */
  readonly symbols: Uint16Array;
}

/**
 * Builds a canonical code: codes grow with their length, and within a length with their symbol.
 *
 * @param lengths By symbol, 1 to LONGEST_CODE_BITS.
 * @returns `undefined` when there are more codes than the lengths have room for.
 */
export function buildHuffmanTable(lengths: Uint8Array): HuffmanTable | undefined {
  const symbols = sortByLength(lengths);
  const short = new Uint16Array(1 << SHORT_CODE_BITS);
  const limits = new Int32Array(LONGEST_CODE_BITS + 1);
  const offsets = new Int32Array(LONGEST_CODE_BITS + 1);
  let code = 0;
  let place = 0;
  for (let length = 1; length <= LONGEST_CODE_BITS; length++) {
    offsets[length] = place - code;
    for (; place < symbols.length && lengths[symbols[place] ?? 0] === length; place++, code++) {
      if (length <= SHORT_CODE_BITS) fillShort(short, code, { length, symbol: symbols[place] ?? 0 });
    }
    if (code > 1 << length) return undefined;
    limits[length] = code << (LONGEST_CODE_BITS - length);
    code <<= 1;
  }
  return { short, limits, offsets, symbols };
}

function sortByLength(lengths: Uint8Array): Uint16Array {
  return Uint16Array.from(lengths.keys()).sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b);
}

/** Enters a code wherever the bits begin with it. */
function fillShort(short: Uint16Array, code: number, entry: { length: number; symbol: number }): void {
  const spareBits = SHORT_CODE_BITS - entry.length;
  short.fill((entry.symbol << 5) | entry.length, code << spareBits, (code + 1) << spareBits);
}

/**
 * Reads the lengths of a code: the first in five bits; then for each symbol, as long as a 1 comes, another bit that
 * says whether the length grows (0) or shrinks (1), and a 0 when it is right.
 *
 * @returns `undefined` when a length is not 1 to LONGEST_CODE_BITS.
 */
export function readCodeLengths(reader: BitReader, symbolCount: number): Uint8Array | undefined {
  const lengths = new Uint8Array(symbolCount);
  let length = reader.readBits(5);
  for (let symbol = 0; symbol < symbolCount; symbol++) {
    while (length >= 1 && length <= LONGEST_CODE_BITS && reader.readBits(1) === 1) {
      length += reader.readBits(1) === 0 ? 1 : -1;
    }
    if (length < 1 || length > LONGEST_CODE_BITS) return undefined;
    lengths[symbol] = length;
  }
  return lengths;
}

/** Reads a code that is longer than SHORT_CODE_BITS; returns NO_SYMBOL when there is none such. */
export function readLongCode(reader: BitReader, { limits, offsets, symbols }: HuffmanTable): number {
  const next = reader.readBits(LONGEST_CODE_BITS);
  for (let length = SHORT_CODE_BITS + 1; length <= LONGEST_CODE_BITS; length++) {
    if (next >= (limits[length] ?? 0)) continue;
    const unused = LONGEST_CODE_BITS - length;
    reader.bitCount += unused;
    return symbols[(offsets[length] ?? 0) + (next >> unused)] ?? NO_SYMBOL;
  }
  return NO_SYMBOL;
}
