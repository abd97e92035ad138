import type { FrameTable } from '../../can/frame-table.ts';

/** Most rows that are read together: their words stay in the first cache of a processor. */
export const USUAL_ROWS = 1024;
/** Words of a block; where rows have many, it is less high. */
const MOST_WORDS = 16_384;

/** Memory of blocks: only one is in use at a time, and new memory for each would cost more than filling it. */
const SHARED_WORDS = new Int32Array(MOST_WORDS);
const SHARED_LENGTHS = new Uint32Array(USUAL_ROWS);
const SHARED_STARTS = new Uint32Array(USUAL_ROWS);

/** What is read of a table of frames. */
export type Payloads = Pick<FrameTable, 'words' | 'dataStart' | 'dataLength'>;

/** A view of rows of a table. */
export interface RowRange {
  readonly rows: Uint32Array;
  readonly first: number;
  readonly count: number;
}

/**
 * Some words of the payloads of some rows, gathered column by column: loops over signals then read neighbouring memory,
 * and words that several signals need are fetched (and turned round) once. A new block takes over the memory of the last.
 */
export class PayloadBlock {
  /** Rows that fit. */
  readonly height: number;
  /** The columns, one after the other, each `height` high: two for each pair that is asked for. */
  readonly words: Int32Array<ArrayBuffer>;
  /** Rows that are in. */
  count = 0;
  /** Bytes of each payload. */
  readonly lengths = SHARED_LENGTHS;
  /** The least of `lengths`. */
  shortest = 0;

  readonly #pairs: Uint32Array;
  readonly #starts = SHARED_STARTS;

  /**
   * @param pairs Which words, as pairs of eight bytes, ascending: twice the number of the pair, and 1 more where the bytes
   *   of each word are to be turned round.
   * @param rows How many will be asked for in all.
   */
  constructor(pairs: Uint32Array, rows: number) {
    const usual = Math.min(USUAL_ROWS, Math.max(64, Math.floor(MOST_WORDS / (2 * pairs.length))));
    this.height = Math.min(rows, usual);
    const needed = this.height * 2 * pairs.length;
    this.words = needed <= MOST_WORDS ? SHARED_WORDS : new Int32Array(needed);
    this.#pairs = pairs;
  }

  /** Takes in up to `height` rows. */
  load(table: Payloads, range: RowRange): void {
    this.count = range.count;
    this.#locate(table, range);
    for (let i = 0; i < this.#pairs.length; i++) this.#loadPair(table, i);
  }

  /** Finds the payloads, and takes their first eight bytes along. */
  #locate({ dataStart, dataLength, words: from }: Payloads, { rows, first, count }: RowRange): void {
    const starts = this.#starts;
    const { lengths, words, height } = this;
    let shortest = 0xffff_ffff;
    for (let i = 0; i < count; i++) {
      const row = rows[first + i]!;
      const length = dataLength[row]!;
      const start = dataStart[row]! >>> 2;
      starts[i] = start;
      lengths[i] = length;
      if (length < shortest) shortest = length;
      // Of an empty payload these are another frame's, or none: no signal is there.
      words[i] = from[start]! | 0;
      words[height + i] = from[start + 1]! | 0;
    }
    this.shortest = shortest;
  }

  #loadPair({ words }: Payloads, index: number): void {
    const key = this.#pairs[index]!;
    const at = 2 * index * this.height;
    const hasPlain = (key & 1) === 1 && index > 0 && this.#pairs[index - 1] === key - 1;
    if (!hasPlain && (index > 0 || key > 1)) this.#gather(words, key >> 1, at);
    if ((key & 1) === 1) this.#turn(hasPlain ? at - 2 * this.height : at, at);
  }

  #gather(from: Uint32Array, pair: number, at: number): void {
    // Payloads are padded to whole pairs: what is behind is another frame's.
    if (this.shortest <= 8 * pair) this.#gatherWhereLong(from, pair, at);
    else this.#gatherAll(from, pair, at);
  }

  #gatherAll(from: Uint32Array, pair: number, at: number): void {
    const { words, count, height } = this;
    const starts = this.#starts;
    for (let i = 0; i < count; i++) {
      const start = starts[i]! + 2 * pair;
      words[at + i] = from[start]! | 0;
      words[at + height + i] = from[start + 1]! | 0;
    }
  }

  #gatherWhereLong(from: Uint32Array, pair: number, at: number): void {
    const { words, lengths, count, height } = this;
    const starts = this.#starts;
    for (let i = 0; i < count; i++) {
      const start = starts[i]! + 2 * pair;
      const isLong = lengths[i]! > 8 * pair;
      words[at + i] = isLong ? from[start]! | 0 : 0;
      words[at + height + i] = isLong ? from[start + 1]! | 0 : 0;
    }
  }

  #turn(from: number, to: number): void {
    const { words, count, height } = this;
    for (let i = 0; i < count; i++) {
      words[to + i] = turnBytes(words[from + i]!);
      words[to + height + i] = turnBytes(words[from + height + i]!);
    }
  }
}

/** Turns the four bytes of a word round. */
export function turnBytes(word: number): number {
  const pairs = ((word & 0x00ff_00ff) << 8) | ((word >>> 8) & 0x00ff_00ff);
  return (pairs << 16) | (pairs >>> 16);
}
