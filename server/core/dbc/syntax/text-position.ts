import type { SyntaxTree, TextPosition } from './syntax-tree.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Lists where the lines of a text begin, from 0; lines end with LF, CRLF or CR. A text without any has one line. */
export function listLineStarts(text: string): Uint32Array {
  return text.includes('\r') ? listMixedStarts(text) : listFeedStarts(text);
}

/** Finds line and character of an offset. Offsets beyond the text are taken as its end, those below 0 as its start. */
export function locateOffset(tree: SyntaxTree, offset: number): TextPosition {
  const { lineStarts, text } = tree;
  const at = Math.max(0, Math.min(Math.trunc(offset) || 0, text.length));
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (lineStarts[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: at - (lineStarts[low] ?? 0) };
}

/**
 * Finds the offset of a position. A character beyond its line is taken as the line's end (before its line break), a line
 * beyond the text as the text's end, as the Language Server Protocol has it.
 */
export function offsetAt(tree: SyntaxTree, { line, character }: TextPosition): number {
  const { lineStarts, text } = tree;
  if (line < 0) return 0;
  const start = lineStarts[line];
  if (start === undefined) return text.length;
  const next = lineStarts[line + 1];
  const end = next === undefined ? text.length : skipBreakBack(text, next);
  return Math.max(start, Math.min(start + character, end));
}

function skipBreakBack(text: string, next: number): number {
  const isPair = text.charCodeAt(next - 1) === LINE_FEED && text.charCodeAt(next - 2) === CARRIAGE_RETURN;
  return next - (isPair ? 2 : 1);
}

/** Searching twice costs less than a list that grows. */
function listFeedStarts(text: string): Uint32Array {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  const starts = new Uint32Array(count);
  let line = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts[++line] = at + 1;
  return starts;
}

function listMixedStarts(text: string): Uint32Array {
  const starts = new Uint32Array(fillMixedStarts(text, undefined));
  fillMixedStarts(text, starts);
  return starts;
}

/** Returns the count of lines. */
function fillMixedStarts(text: string, into: Uint32Array | undefined): number {
  let line = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit !== LINE_FEED && unit !== CARRIAGE_RETURN) continue;
    if (unit === CARRIAGE_RETURN && text.charCodeAt(at + 1) === LINE_FEED) at++;
    line++;
    if (into !== undefined) into[line] = at + 1;
  }
  return line + 1;
}
