import type { FrameTable } from '../../can/frame-table.ts';

/** Rows that are read together: their words stay in the first cache of a processor. */
const USUAL_ROWS = 1024;
/** Words of a block; rows with many make it lower. */
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
  /** The columns, one after the other, each `height` high. */
  readonly words: Int32Array<ArrayBuffer>;
  /** Rows that are in. */
  count = 0;
  /** Bytes of each payload. */
  readonly lengths: Uint32Array<ArrayBuffer>;
  /** The least of `lengths`. */
  shortest = 0;

  readonly #columns: Uint32Array;
  readonly #starts: Uint32Array<ArrayBuffer>;

  /**
   * @param columns Which words: see `SignalPlan.words`.
   * @param rows How many will be asked for in all.
   */
  constructor(columns: Uint32Array, rows: number) {
    const usual = Math.min(USUAL_ROWS, Math.max(64, Math.floor(MOST_WORDS / columns.length)));
    this.height = Math.min(rows, usual);
    this.words = new Int32Array(this.height * columns.length);
    this.lengths = new Uint32Array(this.height);
    this.#starts = new Uint32Array(this.height);
    this.#columns = columns;
  }

  /** Takes in up to `height` rows. */
  load(table: Payloads, range: RowRange): void {
    this.count = range.count;
    this.#locate(table, range);
    for (let i = 0; i < this.#columns.length; i++) this.#gather(table, i);
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

  #gather({ words }: Payloads, column: number): void {
    const word = this.#columns[column]! >> 1;
    const isTurned = (this.#columns[column]! & 1) === 1;
    const at = column * this.height;
    // Payloads are padded to whole 8 bytes: words behind that are another frame's.
    if (this.shortest <= 4 * (word & ~1)) this.#gatherWhereLong(words, word, at);
    else this.#gatherAll(words, word, at);
    if (isTurned) this.#turn(at);
  }

  #gatherAll(from: Uint32Array, word: number, at: number): void {
    const { words, count } = this;
    const starts = this.#starts;
    for (let i = 0; i < count; i++) words[at + i] = from[starts[i]! + word]! | 0;
  }

  #gatherWhereLong(from: Uint32Array, word: number, at: number): void {
    const { words, lengths, count } = this;
    const starts = this.#starts;
    for (let i = 0; i < count; i++)
      words[at + i] = lengths[i]! > 4 * (word & ~1) ? from[starts[i]! + word]! | 0 : 0;
  }

  #turn(at: number): void {
    const { words, count } = this;
    for (let i = at; i < at + count; i++) words[i] = turnBytes(words[i]!);
  }
}

/** Turns the four bytes of a word round. */
export function turnBytes(word: number): number {
  const pairs = ((word & 0x00ff_00ff) << 8) | ((word >>> 8) & 0x00ff_00ff);
  return (pairs << 16) | (pairs >>> 16);
}
