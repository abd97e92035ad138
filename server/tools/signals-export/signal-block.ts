/** Cells of one block: what is held in memory of a table at once. */
const BLOCK_CELLS = 1 << 18;
const LEAST_ROWS = 64;
const MOST_ROWS = 1 << 16;

/**
 * Rows of a wide table: one time a row, one column a signal. Borrowed: the columns are filled again for the next block.
 */
export interface SignalBlock {
  readonly length: number;
  /** Time of each row, in nanoseconds after second 0; ascending. May be longer than `length`, as all columns. */
  readonly nanoseconds: Float64Array;
  /** In the order of the signals; NaN is an empty cell. */
  readonly columns: readonly Float64Array[];
}

/** A block that is being filled. */
export class BlockBuilder implements SignalBlock {
  length = 0;
  readonly nanoseconds: Float64Array;
  readonly columns: readonly Float64Array[];

  /** @param signals How many signals there are. */
  constructor(signals: number) {
    const rows = Math.max(LEAST_ROWS, Math.min(Math.floor(BLOCK_CELLS / Math.max(1, signals)), MOST_ROWS));
    this.nanoseconds = new Float64Array(rows);
    this.columns = Array.from({ length: signals }, () => new Float64Array(rows));
  }

  get isFull(): boolean {
    return this.length === this.nanoseconds.length;
  }

  clear(): void {
    this.length = 0;
  }
}
