import type { GridRows } from '../../shared/virtual-grid.ts';

/** Stands for the time cursor among rows. */
export const CURSOR_MARK = Symbol('time cursor');

/** A row, or the time cursor. */
export type RowOrCursor<Row> = Row | typeof CURSOR_MARK;

/** Rows in the order of time, with the time cursor as a row of its own between the earlier and the later ones. */
export interface CursorRows<Row> extends GridRows<RowOrCursor<Row>> {
  /** Of how many rows the cursor stands behind. */
  place(rowsBefore: number): void;
  /** The line of the grid in which a row stands. */
  lineOf(row: number): number;
  /** The row in a line of the grid; null for the cursor. */
  rowIn(line: number): number | null;
  /** The line of the cursor. */
  cursorLine(): number;
}

/** Makes rows with a cursor between them. */
export function createCursorRows<Row>(rows: GridRows<Row>): CursorRows<Row> {
  let wanted = 0;
  const cursorLine = (): number => Math.min(wanted, rows.count());
  const rowIn = (line: number): number | null => {
    const cursor = cursorLine();
    if (line === cursor) return null;
    return line < cursor ? line : line - 1;
  };
  return {
    count: () => (rows.count() === 0 ? 0 : rows.count() + 1),
    at: (line) => {
      const row = rowIn(line);
      return row === null ? CURSOR_MARK : rows.at(row);
    },
    want: (from, to) => rows.want?.(Math.max(0, from - 1), Math.min(to, rows.count())),
    place: (rowsBefore) => {
      wanted = rowsBefore;
    },
    lineOf: (row) => (row < cursorLine() ? row : row + 1),
    rowIn,
    cursorLine,
  };
}
