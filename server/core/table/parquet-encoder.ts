/** What a column of a Parquet file holds. */
export type ParquetType =
  | 'boolean'
  | 'int32'
  | 'int64'
  /** Stored as INT64, marked as unsigned. */
  | 'uint64'
  | 'double'
  /** Stored as UTF-8. */
  | 'text';

/** One column of a Parquet file. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: ParquetType;
  /** Whether values may be missing. */
  readonly isNullable: boolean;
}

/**
 * Values of one column. Numbers stand for every type but text, 0 and 1 for `boolean`; NaN is null. 64-bit integers that
 * must be exact come as such.
 */
export type ParquetValues = Float64Array | BigInt64Array | readonly (string | null)[];

/** A Parquet file that is being made; its bytes are handed out as they come to be, and must be put together in order. */
export interface ParquetEncoder {
  /** Adds rows as a row group: one entry per column, all of the same length. The bytes are the caller's. */
  addRowGroup(values: readonly ParquetValues[]): Uint8Array;
  /** Ends the file, with these entries as its key-value metadata. */
  finish(metadata: Readonly<Record<string, string>>): Uint8Array;
}

/** Begins a Parquet file of at least one column. */
export type EncodeParquet = (columns: readonly ParquetColumn[]) => ParquetEncoder;
