import type { BitReader } from './bit-reader.ts';
import type { BlockHeader } from './block-header.ts';
import { LONGEST_CODE_BITS, readLongCode, SHORT_CODE_BITS } from './huffman-table.ts';

const GROUP_SYMBOLS = 50;

/** No group is longer, with what a reader takes up in advance. */
export const LARGEST_GROUP_BYTES = Math.ceil((GROUP_SYMBOLS * LONGEST_CODE_BITS) / 8) + 4;

const SHORT_CODE_MASK = (1 << SHORT_CODE_BITS) - 1;

/** Symbols 0 and 1 are the digits of a run's length, the lowest first: 1 and 2 times the digit's weight. */
const LAST_RUN_SYMBOL = 1;

/** How far the symbols of a block got. */
export type SymbolsProgress = 'wants bytes' | 'done' | 'invalid';

/**
 * Turns the symbols of one block into the last column of the sorted rotations, as bytes.
 *
 * A symbol is a place in a list of the used bytes; the byte found there moves to the front. The byte at the front,
 * which would be place 0, comes as a run instead, whose length is written in symbols 0 and 1.
 */
export class BlockSymbols {
  /** How many bytes there are. */
  length = 0;
  /** How often each byte value occurs. */
  readonly counts = new Int32Array(256);
  readonly #header: BlockHeader;
  /** The bytes, in the lowest 8 bits of each. */
  readonly #entries: Uint32Array;
  /** The used bytes, most recent first: four in each element, the first in the lowest bits. */
  readonly #order: Int32Array;
  #group = 0;
  #runLength = 0;
  #runWeight = 1;

  /** Writes to `entries`, which is as long as the block may be. */
  constructor(header: BlockHeader, entries: Uint32Array) {
    this.#header = header;
    this.#entries = entries;
    this.#order = packBytes(header.usedBytes);
  }

  /** Decodes group by group, as long as the reader has the bytes of a whole group, or the file has no more. */
  decode(reader: BitReader, options: { readonly isFileEnd: boolean }): SymbolsProgress {
    const { selectors } = this.#header;
    while (this.#group < selectors.length) {
      if (!options.isFileEnd && !reader.has(LARGEST_GROUP_BYTES)) return 'wants bytes';
      const progress = this.#decodeGroup(reader, selectors[this.#group++] ?? 0);
      // What was read behind the end of the file means nothing.
      if (reader.isOverrun) return 'invalid';
      if (progress !== 'wants bytes') return progress;
    }
    return 'invalid';
  }

  /** The hot loop: its state lives in local variables, and bits are taken up two bytes at a time. */
  #decodeGroup(reader: BitReader, selector: number): SymbolsProgress {
    const table = this.#header.tables[selector];
    if (table === undefined) return 'invalid';
    const { bytes } = reader;
    const endSymbol = this.#header.usedBytes.length + 1;
    let { at, bits, bitCount } = reader;
    let progress: SymbolsProgress = 'wants bytes';

    for (let i = 0; i < GROUP_SYMBOLS && progress === 'wants bytes'; i++) {
      if (bitCount <= 16) {
        bits = (bits << 16) | ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
        at += 2;
        bitCount += 16;
      }
      const entry = table.short[(bits >>> (bitCount - SHORT_CODE_BITS)) & SHORT_CODE_MASK] ?? 0;
      let symbol = entry >> 5;
      bitCount -= entry & 31;
      if (entry === 0) {
        reader.at = at;
        reader.bits = bits;
        reader.bitCount = bitCount;
        symbol = readLongCode(reader, table);
        ({ at, bits, bitCount } = reader);
      }

      if (symbol <= LAST_RUN_SYMBOL) progress = this.#growRun(symbol);
      else if (symbol > endSymbol) progress = 'invalid';
      else if (symbol === endSymbol) progress = this.#end();
      else progress = this.#append(symbol - 1);
    }

    reader.at = at;
    reader.bits = bits;
    reader.bitCount = bitCount;
    return progress;
  }

  #growRun(digit: number): SymbolsProgress {
    this.#runLength += (digit + 1) * this.#runWeight;
    this.#runWeight *= 2;
    return this.#runLength <= this.#entries.length - this.length ? 'wants bytes' : 'invalid';
  }

  #append(place: number): SymbolsProgress {
    if (this.#runLength > 0) this.#writeRun();
    if (this.length === this.#entries.length) return 'invalid';
    const byte = moveToFront(this.#order, place);
    this.#entries[this.length++] = byte;
    this.counts[byte] = (this.counts[byte] ?? 0) + 1;
    return 'wants bytes';
  }

  #end(): SymbolsProgress {
    this.#writeRun();
    return 'done';
  }

  #writeRun(): void {
    const byte = (this.#order[0] ?? 0) & 0xff;
    const end = this.length + this.#runLength;
    this.#entries.fill(byte, this.length, end);
    this.counts[byte] = (this.counts[byte] ?? 0) + this.#runLength;
    this.length = end;
    this.#runLength = 0;
    this.#runWeight = 1;
  }
}

function packBytes(bytes: Uint8Array): Int32Array {
  const packed = new Int32Array(64);
  bytes.forEach((byte, i) => (packed[i >> 2] = (packed[i >> 2] ?? 0) | (byte << (8 * (i & 3)))));
  return packed;
}

/** Moves the byte at `place` to the front, those before it one place back, four at a time; returns it. */
function moveToFront(order: Int32Array, place: number): number {
  const last = place >> 2;
  const shift = 8 * (place & 3);
  const lastFour = order[last] ?? 0;
  const byte = (lastFour >>> shift) & 0xff;
  let moved = byte;
  for (let i = 0; i < last; i++) {
    const four = order[i] ?? 0;
    order[i] = (four << 8) | moved;
    moved = four >>> 24;
  }
  const before = lastFour & ((1 << shift) - 1);
  const behind = lastFour & (-256 << shift);
  order[last] = behind | (before << 8) | moved;
  return byte;
}
