import type { SignalBlock } from './signal-block.ts';

/** A file of signals that is being made. The bytes are the caller's, and must be put together in order. */
export interface SignalFile {
  /** Adds the rows of a block; how many rows the file got, and its next bytes in pieces. */
  add(block: SignalBlock): AddedRows;
  /** Ends the file. */
  finish(metadata: Readonly<Record<string, string>>): Iterable<Uint8Array>;
}

/** What came of a block. */
export interface AddedRows {
  readonly rows: number;
  readonly pieces: Iterable<Uint8Array>;
}
