/** The cells of a line of CSV as it is written here: quotes around what holds commas or quotes, which are doubled. */
export function readCsvLine(line: string): readonly string[] {
  const cells = `,${line}`.match(/,(?:"(?:[^"]|"")*"|[^,]*)/g) ?? [];
  return cells.map((cell) => {
    const text = cell.slice(1);
    return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
  });
}
