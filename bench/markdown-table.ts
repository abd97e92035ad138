/** Cells by row; the first row is the header. */
export type Table = readonly (readonly string[])[];

/** Writes Markdown that also reads well in a terminal: the first column to the left, figures to the right. */
export function renderTable(table: Table): string {
  const [header = []] = table;
  const widths = header.map((_, column) => Math.max(3, ...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) => row.map((cell, column) => padCell(cell, column, widths[column] ?? 0)));
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  const [first = [], ...rest] = lines;
  return [first, rule, ...rest].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function padCell(cell: string, column: number, width: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}
