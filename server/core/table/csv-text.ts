import { formatPythonFloat } from '../text/python-number.ts';
import type { Cell, ColumnType, Row, TableSchema } from './table-schema.ts';

/** Pieces of text are given away at this length, plus a row. */
const PIECE_LENGTH = 1 << 17;

/** What stands around a table. */
export interface CsvOptions {
  /** Lines in front of the table, each behind `# ` and before LF; line breaks within are written as `\n`. */
  readonly comments?: readonly string[];
}

/**
 * Writes a table as Python's `csv` module does: cells quoted only where they must be, rows ended by CRLF, nothing for null,
 * `True` and `False`, floats as `repr` writes them.
 */
export function formatCsvTable(schema: TableSchema, rows: readonly Row[], options?: CsvOptions): string {
  return [...generateCsvTable(schema, rows, options)].join('');
}

/** Writes the same text in pieces of about 128 Ki characters. */
export function* generateCsvTable(
  { columns }: TableSchema,
  rows: readonly Row[],
  { comments = [] }: CsvOptions = {},
): Generator<string, void, undefined> {
  const types = columns.map(({ type }) => type);
  let text = comments.map((comment) => `# ${comment.replace(/\r\n|\r|\n/g, '\\n')}\n`).join('');
  text += `${columns.map(({ name }) => quoteText(name)).join(',')}\r\n`;
  for (const row of rows) {
    text += formatRow(row, types);
    if (text.length < PIECE_LENGTH) continue;
    yield text;
    text = '';
  }
  yield text;
}

function formatRow(row: Row, types: readonly ColumnType[]): string {
  let text = '';
  for (let i = 0; i < types.length; i++) {
    if (i > 0) text += ',';
    text += formatCell(row[i] ?? null, types[i]);
  }
  // A blank line would be no row to a reader of CSV.
  return text === '' ? '""\r\n' : `${text}\r\n`;
}

function formatCell(cell: Cell, type: ColumnType | undefined): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return quoteText(cell);
  if (typeof cell === 'number') return type === 'float' ? formatPythonFloat(cell) : String(cell);
  if (typeof cell === 'boolean') return cell ? 'True' : 'False';
  return quoteText(`[${cell.map(formatPythonFloat).join(', ')}]`);
}

function quoteText(text: string): string {
  return needsQuotes(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function needsQuotes(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === COMMA || code === QUOTE || code === LF || code === CR) return true;
  }
  return false;
}

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;
