import type { FrameTable } from '../../can/frame-table.ts';

/** Rows that are read together: their words stay in the first cache of a processor. */
const USUAL_ROWS = 1024;
/** Words of a block; where rows have many, it is less high. */
const MOST_WORDS = 16_384;

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
 * and words that several signals need are fetched (and turned round) once.
 */
export class PayloadBlock {
  /** Rows that fit. */
  readonly height: number;
  /** The columns, one after the other, each `height` high: two for each pair that is asked for. */
  readonly words: Int32Array<ArrayBuffer>;
  /** Rows that are in. */
  count = 0;
  /** Bytes of each payload. */
  readonly lengths: Uint32Array<ArrayBuffer>;
  /** The least of `lengths`. */
  shortest = 0;

  readonly #pairs: Uint32Array;
  readonly #starts: Uint32Array<ArrayBuffer>;

  /**
   * @param pairs Which words, as pairs of eight bytes, ascending: twice the number of the pair, and 1 more where the bytes
   *   of each word are to be turned round.
   * @param rows How many will be asked for in all.
   */
  constructor(pairs: Uint32Array, rows: number) {
    const usual = Math.min(USUAL_ROWS, Math.max(64, Math.floor(MOST_WORDS / (2 * pairs.length))));
    this.height = Math.min(rows, usual);
    this.words = new Int32Array(this.height * 2 * pairs.length);
    this.lengths = new Uint32Array(this.height);
    this.#starts = new Uint32Array(this.height);
    this.#pairs = pairs;
  }

  /** Takes in up to `height` rows. */
  load(table: Payloads, range: RowRange): void {
    this.count = range.count;
    this.#locate(table, range);
    for (let i = 0; i < this.#pairs.length; i++) this.#loadPair(table, i);
  }

  #locate({ dataStart, dataLength }: Payloads, { rows, first, count }: RowRange): void {
    const starts = this.#starts;
    const { lengths } = this;
    let shortest = 0xffff_ffff;
    for (let i = 0; i < count; i++) {
      const row = rows[first + i]!;
      const length = dataLength[row]!;
      starts[i] = dataStart[row]! >>> 2;
      lengths[i] = length;
      if (length < shortest) shortest = length;
    }
    this.shortest = shortest;
  }

  #loadPair({ words }: Payloads, index: number): void {
    const key = this.#pairs[index]!;
    const at = 2 * index * this.height;
    const hasPlain = (key & 1) === 1 && index > 0 && this.#pairs[index - 1] === key - 1;
    if (!hasPlain) this.#gather(words, key >> 1, at);
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
