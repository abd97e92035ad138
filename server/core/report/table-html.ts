import { writeTime } from './inline-html.ts';
import { type Markup, markup } from './markup.ts';
import { formatNumber } from './number-text.ts';
import type { ReportCell, ReportColumn, ReportTable } from './report.ts';

/** So many signs are not broken into lines. */
const SHORT_TEXT = 28;

/** Writes a table. Sorting and filtering come with the page's script. */
export function writeTable(table: ReportTable, title: string): Markup {
  const { columns, rows, emptyText, totalRows = 0 } = table;
  if (rows.length === 0) return markup`<p class="empty">${emptyText}</p>`;
  const more =
    totalRows > rows.length
      ? markup`<p class="small">The first ${formatNumber(rows.length)} of ${formatNumber(totalRows)} rows.</p>`
      : undefined;
  return markup`<div class="scroll"><table class="data"><caption class="unseen">${title}</caption><thead><tr>${columns.map(
    writeHead,
  )}</tr></thead><tbody>
${rows.map((row) => writeRow(row, columns))}</tbody></table></div>${more}`;
}

function writeHead({ title, kind }: ReportColumn): Markup {
  const side = isRight(kind) ? markup` class="num"` : undefined;
  return markup`<th scope="col"${side}>${title}</th>`;
}

function writeRow(row: readonly ReportCell[], columns: readonly ReportColumn[]): Markup {
  return markup`<tr>${columns.map((column, i) => writeCell(row[i] ?? null, column))}</tr>\n`;
}

function writeCell(cell: ReportCell, column: ReportColumn): Markup {
  return markup`<td class="${chooseClass(cell, column)}">${writeValue(cell, column)}</td>`;
}

/** Short texts stay on one line; long ones get room, so that none is squeezed into a column of words. */
function chooseClass(cell: ReportCell, { kind }: ReportColumn): string {
  if (isRight(kind)) return 'num';
  return String(cell ?? '').length <= SHORT_TEXT ? 'short' : 'long';
}

function writeValue(cell: ReportCell, { kind, digits, unit }: ReportColumn): Markup | string {
  if (cell === null || cell === '') return '';
  if (kind === 'code') return markup`<code>${cell}</code>`;
  if (typeof cell === 'string') return cell;
  return kind === 'time' ? writeTime(cell) : formatNumber(cell, { digits, unit });
}

function isRight(kind: ReportColumn['kind']): boolean {
  return kind === 'number' || kind === 'time';
}
