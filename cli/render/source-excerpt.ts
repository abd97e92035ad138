import type { TextPlace } from '#protocol';
import { measureCells } from './cell-width.ts';

/** How much of a long line is shown, and how much of that stands before what is pointed at. */
const SHOWN = 120;
const SHOWN_BEFORE = 40;

/** A line of a source with carets below what is pointed at; nothing where the line is not there. */
export function writeExcerpt(
  source: readonly string[],
  { start, end }: TextPlace,
  paint: (carets: string) => string,
): readonly string[] {
  const line = source[start.line];
  if (line === undefined) return [];
  const from = start.character > SHOWN - SHOWN_BEFORE ? start.character - SHOWN_BEFORE : 0;
  const shown = line.slice(from, from + SHOWN);
  const first = start.character - from;
  const last = end.line > start.line ? shown.length : Math.min(end.character - from, shown.length);
  const number = String(start.line + 1);
  const carets = '^'.repeat(Math.max(1, measureCells(showText(shown.slice(first, last)))));
  const [before, after] = [from > 0 ? '…' : '', from + SHOWN < line.length ? '…' : ''];
  const indent = ' '.repeat(before.length + measureCells(showText(shown.slice(0, first))));
  return [
    `${number} | ${before}${showText(shown)}${after}`,
    `${' '.repeat(number.length)} | ${indent}${paint(carets)}`,
  ];
}

/** Each character that would move a cursor or turn the direction of the text becomes one that does not. */
function showText(text: string): string {
  return text.replaceAll('\t', ' ').replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
