import { measureCells } from './cell-width.ts';

/** A column of a table: its heading, and which way its cells lean. */
export interface TableColumn {
  readonly heading: string;
  readonly align?: 'left' | 'right';
}

/** Lays out rows of cells under headings, two blanks between columns. Lines have no trailing blanks. */
export function layOutTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const lines = [columns.map((column) => column.heading), ...rows];
  const widths = columns.map((_, i) =>
    lines.reduce((widest, line) => Math.max(widest, measureCells(line[i] ?? '')), 0),
  );
  return lines.map((line) =>
    line
      .map((cell, i) => {
        const blanks = ' '.repeat(Math.max(0, (widths[i] ?? 0) - measureCells(cell)));
        return columns[i]?.align === 'right' ? blanks + cell : cell + blanks;
      })
      .join('  ')
      .trimEnd(),
  );
}
