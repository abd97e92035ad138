import { CHECKSUM_TABLE } from './bzip2-checksum.ts';

/** After so many equal bytes comes one that tells how many more there are. */
const RUN_BYTES = 4;

/** A block whose transformed bytes stand in the rows. */
export interface TransformedBlock {
  readonly length: number;
  /** How often each byte value occurs. */
  readonly counts: Int32Array;
  /** Row that is the content itself, less than `length`. */
  readonly origin: number;
}

/**
 * The content of one block, from its transformed bytes: first the Burrows-Wheeler transform is undone, byte by byte
 * along a chain of rows; then runs of four and more equal bytes, which an encoder shortens before it transforms.
 */
export class BlockContent {
  /** Row by row: the number of the next row in the upper 24 bits, and a byte in the lower 8. */
  readonly #rows: Uint32Array;
  #row = 0;
  #rowsLeft = 0;
  #lastByte = -1;
  /** How many bytes equal to `#lastByte` came one after the other, up to RUN_BYTES. */
  #runLength = 0;
  /** How often `#lastByte` must still be written. */
  #repeats = 0;
  #checksum = 0;

  /** Works on `rows`, in place. */
  constructor(rows: Uint32Array) {
    this.#rows = rows;
  }

  get isDone(): boolean {
    return this.#rowsLeft === 0 && this.#repeats === 0;
  }

  /** CRC-32 of what was written, the highest bit of each byte first. */
  get checksum(): number {
    return ~this.#checksum >>> 0;
  }

  /** Starts with the block that stands in the lower 8 bits of the rows. */
  start({ length, counts, origin }: TransformedBlock): void {
    linkRows(this.#rows.subarray(0, length), counts);
    this.#row = (this.#rows[origin] ?? 0) >>> 8;
    this.#rowsLeft = length;
    this.#lastByte = -1;
    this.#runLength = 0;
    this.#repeats = 0;
    this.#checksum = ~0;
  }

  /** Flips the bytes that `mask`, as long as the block, says; lays the chain straight, so that `write` need not know. */
  unmask(mask: Uint8Array): void {
    const rows = this.#rows;
    let row = this.#row;
    const bytes = mask.map((flip) => {
      const entry = rows[row] ?? 0;
      row = entry >>> 8;
      return flip ^ (entry & 0xff);
    });
    bytes.forEach((byte, i) => (rows[i] = ((i + 1) << 8) | byte));
    this.#row = 0;
  }

  /** Fills `target` from its start; returns how many bytes, fewer than it holds only when the block is done. */
  write(target: Uint8Array): number {
    let at = this.#writeRepeats(target, 0);
    while (at < target.length && this.#rowsLeft > 0) {
      at = this.#runLength === RUN_BYTES ? this.#readRepeats(target, at) : this.#writeSingles(target, at);
    }
    return at;
  }

  /** Follows the chain until a run is complete, and returns where in `target` it stopped. */
  #writeSingles(target: Uint8Array, from: number): number {
    const rows = this.#rows;
    const end = Math.min(target.length, from + this.#rowsLeft);
    let row = this.#row;
    let lastByte = this.#lastByte;
    let runLength = this.#runLength;
    let checksum = this.#checksum;
    let at = from;

    // The hot loop. It mostly waits for memory, each row being somewhere else; the checksum costs nothing then.
    while (at < end && runLength < RUN_BYTES) {
      const entry = rows[row] ?? 0;
      const byte = entry & 0xff;
      row = entry >>> 8;
      runLength = byte === lastByte ? runLength + 1 : 1;
      lastByte = byte;
      target[at++] = byte;
      checksum = (checksum << 8) ^ (CHECKSUM_TABLE[(checksum >>> 24) ^ byte] ?? 0);
    }

    this.#row = row;
    this.#rowsLeft -= at - from;
    this.#lastByte = lastByte;
    this.#runLength = runLength;
    this.#checksum = checksum;
    return at;
  }

  /** Takes the byte that ends a run. */
  #readRepeats(target: Uint8Array, at: number): number {
    const entry = this.#rows[this.#row] ?? 0;
    this.#row = entry >>> 8;
    this.#rowsLeft--;
    this.#runLength = 0;
    this.#repeats = entry & 0xff;
    return this.#writeRepeats(target, at);
  }

  #writeRepeats(target: Uint8Array, from: number): number {
    const end = Math.min(target.length, from + this.#repeats);
    const byte = this.#lastByte;
    let checksum = this.#checksum;
    for (let at = from; at < end; at++) {
      target[at] = byte;
      checksum = (checksum << 8) ^ (CHECKSUM_TABLE[(checksum >>> 24) ^ byte] ?? 0);
    }
    this.#checksum = checksum;
    this.#repeats -= end - from;
    return end;
  }
}

/**
 * Links each row to the one whose rotation begins one byte later.
 *
 * The bytes at hand are the last column of the sorted rotations of the content; sorted, they are the first column.
 * The n-th row that ends with some byte, turned by one place, is the n-th row that begins with it.
 */
function linkRows(rows: Uint32Array, counts: Int32Array): void {
  const firstRows = new Int32Array(256);
  for (let byte = 1; byte < 256; byte++) {
    firstRows[byte] = (firstRows[byte - 1] ?? 0) + (counts[byte - 1] ?? 0);
  }
  for (let row = 0; row < rows.length; row++) {
    const byte = (rows[row] ?? 0) & 0xff;
    const first = firstRows[byte] ?? 0;
    firstRows[byte] = first + 1;
    rows[first] = (rows[first] ?? 0) | (row << 8);
  }
}
