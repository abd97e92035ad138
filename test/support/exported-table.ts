/** A table of an export as texts. */
export interface CsvTable {
  /** Lines in front of the table by their name, in their order. */
  readonly header: ReadonlyMap<string, string>;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The rows by the names of their columns. */
  readonly objects: readonly Readonly<Record<string, string>>[];
}

/** Reads an exported CSV whose cells need no quotes. */
export function readCsvTable(text: string): CsvTable {
  const header = new Map<string, string>();
  const lines = text.split(/\r?\n/);
  while (lines[0]?.startsWith('# ') === true) {
    const line = lines.shift() ?? '';
    const colon = line.indexOf(': ');
    header.set(line.slice(2, colon), line.slice(colon + 2));
  }
  const [head = [], ...rows] = lines.filter((line) => line !== '').map((line) => line.split(','));
  const objects = rows.map((row) => Object.fromEntries(row.map((cell, i) => [head[i] ?? '', cell])));
  return { header, columns: head, rows, objects };
}
