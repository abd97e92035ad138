import { formatPythonFloat } from '../text/python-number.ts';
import type { Cell, ColumnType, Row, TableSchema } from './table-schema.ts';

/** Pieces of text are given away at this length, plus a row. */
const PIECE_LENGTH = 1 << 17;

/** A number that Python would hold as a float: a whole one is written with `.0`. */
export class PythonFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** What can be written; members that are undefined are left out. Plain whole numbers are written as integers. */
export type PythonJson =
  | null
  | boolean
  | number
  | string
  | PythonFloat
  | readonly PythonJson[]
  | { readonly [name: string]: PythonJson | undefined };

/**
 * Writes a value as Python's `json.dumps` does: floats as `repr` writes them, everything that is not printable ASCII as
 * `\uXXXX`, no line end behind it. `indent` lays it out over lines; without it there is no blank: `{"a":1,"b":[2.0]}`.
 */
export function formatPythonJson(
  value: PythonJson,
  { indent = 0 }: { readonly indent?: number } = {},
): string {
  return formatValue(value, { indent, lineStart: indent === 0 ? '' : '\n' });
}

interface Layout {
  readonly indent: number;
  /** The line break and the blanks in front of what closes the value; empty in compact text. */
  readonly lineStart: string;
}

function formatValue(value: PythonJson, layout: Layout): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'string') return quoteJson(value);
  if (value instanceof PythonFloat) return formatFloat(value.value);
  const inner = { ...layout, lineStart: layout.lineStart + ' '.repeat(layout.indent) };
  if (isList(value))
    return enclose(
      '[]',
      value.map((item) => formatValue(item, inner)),
      layout,
    );
  const colon = layout.indent === 0 ? ':' : ': ';
  const members = Object.entries(value).flatMap(([name, member]) =>
    member === undefined ? [] : [quoteJson(name) + colon + formatValue(member, inner)],
  );
  return enclose('{}', members, layout);
}

function isList(value: object): value is readonly PythonJson[] {
  return Array.isArray(value);
}

function enclose(brackets: '[]' | '{}', items: readonly string[], { indent, lineStart }: Layout): string {
  if (items.length === 0) return brackets;
  const innerStart = lineStart + ' '.repeat(indent);
  return brackets.charAt(0) + innerStart + items.join(`,${innerStart}`) + lineStart + brackets.charAt(1);
}

function formatNumber(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  return Number.isInteger(value) ? BigInt(value).toString() : formatFloat(value);
}

function formatFloat(value: number): string {
  if (Number.isFinite(value)) return formatPythonFloat(value);
  return String(value);
}

/** Writes a table as a list of objects, one a row, indented by 2; no line end behind it. */
export function formatJsonTable(schema: TableSchema, rows: readonly Row[]): string {
  return [...generateJsonTable(schema, rows)].join('');
}

/** Writes the same text in pieces of about 128 Ki characters. */
export function* generateJsonTable(
  { columns }: TableSchema,
  rows: readonly Row[],
): Generator<string, void, undefined> {
  const types = columns.map(({ type }) => type);
  const heads = columns.map(({ name }, i) => `${i === 0 ? '' : ','}\n    ${quoteJson(name)}: `);
  let text = '[';
  for (const [index, row] of rows.entries()) {
    text += index === 0 ? '\n  {' : ',\n  {';
    for (let i = 0; i < types.length; i++) text += (heads[i] ?? '') + formatCell(row[i] ?? null, types[i]);
    text += '\n  }';
    if (text.length < PIECE_LENGTH) continue;
    yield text;
    text = '';
  }
  yield text + (rows.length === 0 ? ']' : '\n]');
}

function formatCell(cell: Cell, type: ColumnType | undefined): string {
  if (cell === null) return 'null';
  if (typeof cell === 'string') return quoteJson(cell);
  if (typeof cell === 'number') return type === 'float' ? formatFloat(cell) : formatNumber(cell);
  if (typeof cell === 'boolean') return String(cell);
  if (cell.length === 0) return '[]';
  return `[\n      ${cell.map(formatFloat).join(',\n      ')}\n    ]`;
}

function quoteJson(text: string): string {
  if (isPlain(text)) return `"${text}"`;
  return JSON.stringify(text).replace(/[^ -~]/g, escapeUnit);
}

/** Neither quoted nor escaped: printable ASCII without `"` and `\`. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code > 0x7e || code === 0x22 || code === 0x5c) return false;
  }
  return true;
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
