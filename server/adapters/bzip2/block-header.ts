import type { BitReader } from './bit-reader.ts';
import { buildHuffmanTable, type HuffmanTable, readCodeLengths } from './huffman-table.ts';

/** What stands before the symbols of a block takes less, even where each code length is spelt the longest way. */
export const LARGEST_HEADER_BYTES = 64 * 1024;

/** A block of 900,000 symbols has no more groups of 50; encoders may list more, which are never used. */
const MOST_SELECTORS = 18_002;

/** All that is needed to decode the symbols of a block. */
export interface BlockHeader {
  /** CRC-32 of the block's content. */
  readonly checksum: number;
  /** Whether the content was scrambled before the transform, as version 0.9.0 and older did. */
  readonly isRandomised: boolean;
  /** Row of the sorted rotations that is the content itself. */
  readonly origin: number;
  /** The byte values that occur, ascending. */
  readonly usedBytes: Uint8Array;
  /** By group of 50 symbols: which of the tables its codes are in. */
  readonly selectors: Uint8Array;
  readonly tables: readonly HuffmanTable[];
}

/**
 * Reads what follows the mark of a block:
 *
 * ```
 * checksum (32) | randomised (1) | origin (24)
 * used ranges (16) | for each used range of 16 byte values: used values (16)
 * tables (3) | selectors (15) | the selectors, moved to front, in unary | the code lengths of each table
 * ```
 *
 * @returns `undefined` when it is invalid.
 */
export function readBlockHeader(reader: BitReader): BlockHeader | undefined {
  const checksum = reader.readUint32();
  const isRandomised = reader.readBits(1) === 1;
  const origin = reader.readBits(24);
  const usedBytes = readUsedBytes(reader);
  const tableCount = reader.readBits(3);
  const selectors = readSelectors(reader, tableCount);
  if (usedBytes.length === 0 || tableCount < 2 || tableCount > 6 || selectors === undefined) return undefined;
  // Two symbols for runs and one for the end of the block, but none for the byte in front.
  const tables = readTables(reader, { count: tableCount, symbolCount: usedBytes.length + 2 });
  return tables && { checksum, isRandomised, origin, usedBytes, selectors, tables };
}

function readUsedBytes(reader: BitReader): Uint8Array {
  const used: number[] = [];
  const ranges = reader.readBits(16);
  for (let range = 0; range < 16; range++) {
    const values = isSet(ranges, range) ? reader.readBits(16) : 0;
    for (let value = 0; value < 16; value++) if (isSet(values, value)) used.push(16 * range + value);
  }
  return Uint8Array.from(used);
}

/** Whether bit `index`, counted from the highest of 16, is set. */
function isSet(bits: number, index: number): boolean {
  return ((bits >> (15 - index)) & 1) === 1;
}

function readSelectors(reader: BitReader, tableCount: number): Uint8Array | undefined {
  const count = reader.readBits(15);
  const selectors = new Uint8Array(count);
  const order = Uint8Array.from({ length: tableCount }, (_, table) => table);
  for (let group = 0; group < count; group++) {
    let place = 0;
    while (place < tableCount && reader.readBits(1) === 1) place++;
    if (place === tableCount) return undefined;
    const table = order[place] ?? 0;
    order.copyWithin(1, 0, place);
    order[0] = table;
    selectors[group] = table;
  }
  return selectors.subarray(0, MOST_SELECTORS);
}

function readTables(
  reader: BitReader,
  { count, symbolCount }: { readonly count: number; readonly symbolCount: number },
): HuffmanTable[] | undefined {
  const tables: HuffmanTable[] = [];
  while (tables.length < count) {
    const lengths = readCodeLengths(reader, symbolCount);
    const table = lengths && buildHuffmanTable(lengths);
    if (table === undefined) return undefined;
    tables.push(table);
  }
  return tables;
}
