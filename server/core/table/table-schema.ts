/** What a column holds, which decides how its values are written. */
export type ColumnType =
  | 'text'
  | 'integer'
  /** Written as Python does: shortest digits that read back, `.0` behind whole numbers. */
  | 'float'
  /** `True` or `False` in CSV. */
  | 'boolean'
  /** A list of numbers: JSON text in CSV, a list in JSON. */
  | 'floats';

/** One column of a table. */
export interface TableColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly description: string;
  /** Unit of its numbers, where they have one. */
  readonly unit?: string;
}

/** A table that a tool exports: what its files look like, and what docs/EXPORTS.md says of them. */
export interface TableSchema {
  /** File name without extension: `candidates`. */
  readonly name: string;
  /** Name and number of its form, such as `candidates.v1`; the number rises when a column changes. */
  readonly version: string;
  readonly description: string;
  readonly columns: readonly TableColumn[];
}

/** Null is an empty cell in CSV and null in JSON. */
export type Cell = string | number | boolean | readonly number[] | null;

/** Values in the order of the columns. */
export type Row = readonly Cell[];
