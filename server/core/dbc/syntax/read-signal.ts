import type { StatementReader } from './statement-reader.ts';
import { MISSING } from './statement-reader.ts';
import type { StatementShape } from './statements/parsed-statement.ts';
import type { TokenColumns } from './token-columns.ts';
import {
  AT_SIGN,
  BAR,
  CLOSE_BRACKET,
  CLOSE_PARENTHESIS,
  COLON,
  COMMA,
  COMMENT,
  DECIMAL,
  INTEGER,
  MINUS,
  OPEN_BRACKET,
  OPEN_PARENTHESIS,
  PLUS,
  STRING,
  WORD,
} from './token-kinds.ts';
import { isDigit } from './unit-classes.ts';

/** Stand for any sign and any number; no kind of token is one of them. */
const SIGN = 0x70;
const NUMBER = 0x71;
/** Tokens of a signal behind its name and marker and before its receivers. */
const FORM = Uint8Array.of(
  COLON,
  INTEGER,
  BAR,
  INTEGER,
  AT_SIGN,
  INTEGER,
  SIGN,
  OPEN_PARENTHESIS,
  NUMBER,
  COMMA,
  NUMBER,
  CLOSE_PARENTHESIS,
  OPEN_BRACKET,
  NUMBER,
  BAR,
  NUMBER,
  CLOSE_BRACKET,
  STRING,
);
/** Where in that form the fields behind the name and the marker stand. */
const FIELDS = [1, 3, 5, 6, 8, 10, 13, 15, 17];
const MAX_SHARED_RECEIVERS = 16;
const SHAPES = [1, 2].map((words) =>
  Array.from({ length: MAX_SHARED_RECEIVERS + 1 }, (_, receivers) => createShape(words, receivers)),
);
const UPPER_M = 0x4d;
const LOWER_M = 0x6d;

/**
 * Finds the shape of a signal that stands on one line and is written as nearly all are.
 *
 * @param first - Its keyword; all tokens of its line have been read.
 * @returns Undefined where it is written in any other way; then `readSignal` tells how.
 */
export function matchSignal(columns: TokenColumns, first: number): StatementShape | undefined {
  const { kinds, count } = columns;
  if (kinds[first + 1] !== WORD) return undefined;
  const words = kinds[first + 2] === WORD ? 2 : 1;
  const from = first + 1 + words;
  for (let i = 0; i < FORM.length; i++) if (!matchKind(kinds[from + i]!, FORM[i]!)) return undefined;
  const end = from + FORM.length;
  const receivers = countReceivers(kinds, end, count);
  if (end > count || receivers < 0) return undefined;
  return SHAPES[words - 1]?.[receivers] ?? createShape(words, receivers);
}

/** How many tokens a signal has that `matchSignal` found. */
export function countTokens({ items, slots }: StatementShape): number {
  return 1 + (items.at(-1) ?? slots[10] ?? 0);
}

/** Whether the marker of a signal is one: `M`, `m3`, `m3M`. */
export function isMarker(units: Uint8Array, start: number, end: number): boolean {
  if (end - start === 1) return units[start] === UPPER_M;
  if (units[start] !== LOWER_M) return false;
  const to = units[end - 1] === UPPER_M ? end - 1 : end;
  for (let at = start + 1; at < to; at++) if (!isDigit(units[at]!)) return false;
  return to > start + 1;
}

/** Reads a signal of any form. */
export function readSignal(reader: StatementReader): void {
  const name = reader.expectOwnName('the name of a signal');
  const marker = reader.peek() === WORD ? reader.take() : MISSING;
  if (marker !== MISSING) checkMarker(reader, marker);
  reader.expect(COLON, '`:`');
  reader.slots.push(name, marker);
  readBits(reader);
  readScale(reader);
  readRange(reader);
  reader.slots.push(reader.expectString('the unit in quotes'));
  readReceivers(reader);
  reader.endLine();
}

/** Reads `[min|max]` into two slots. */
export function readRange(reader: StatementReader): void {
  reader.expect(OPEN_BRACKET, '`[` and the range');
  const minimum = readNumber(reader, 'the smallest value');
  reader.expect(BAR, '`|`');
  const maximum = readNumber(reader, 'the greatest value');
  reader.expect(CLOSE_BRACKET, '`]`');
  reader.slots.push(minimum, maximum);
}

/** Tells of a marker that is none. */
export function checkMarker(reader: StatementReader, marker: number): void {
  const token = reader.tokenAt(marker);
  const { starts, ends } = reader.columns;
  if (isMarker(reader.lexer.units, starts[token]!, ends[token]!)) return;
  const message = `Found ${reader.show(token)}, expected \`M\`, or \`m\` and a number, or these and \`M\``;
  reader.tell('mux-marker', token, message);
}

function readNumber(reader: StatementReader, what: string): number {
  const token = reader.expectNumber(what);
  reader.joinDecimalComma(token);
  return token;
}

function readBits(reader: StatementReader): void {
  const start = reader.expectInteger('the start bit');
  reader.expect(BAR, '`|`');
  const length = reader.expectInteger('the length in bits');
  reader.expect(AT_SIGN, '`@`');
  const order = reader.expectInteger('the byte order, 0 or 1');
  const kind = reader.peek();
  const sign = kind === PLUS || kind === MINUS ? reader.take() : MISSING;
  if (sign === MISSING) reader.mismatch('`+` or `-`');
  reader.slots.push(start, length, order, sign);
}

/** Of `(0,5,0)` the first comma is one of a number, as there is one too many. */
function readScale(reader: StatementReader): void {
  reader.expect(OPEN_PARENTHESIS, '`(` and the factor');
  const factor = reader.expectNumber('the factor');
  if (factor !== MISSING && reader.kindAt(reader.tokenAt(factor) + 3) === COMMA)
    reader.joinDecimalComma(factor);
  reader.expect(COMMA, '`,`');
  const offset = readNumber(reader, 'the offset');
  reader.expect(CLOSE_PARENTHESIS, '`)`');
  reader.slots.push(factor, offset);
}

/** Receivers are separated by commas; those that are not are read, too. None at all is nothing that readers mind. */
function readReceivers(reader: StatementReader): void {
  let isSeparated = true;
  for (;;) {
    const kind = reader.peek();
    const isAlone = reader.isLineFirst() && !isSeparated;
    if (kind === COMMA && !isSeparated) {
      reader.take();
      isSeparated = true;
    } else if (kind === WORD && !isAlone && (!reader.isLineFirst() || reader.isLineOf(isListKind))) {
      if (!isSeparated) reader.mismatch('`,` or the end of the line');
      reader.items.push(reader.take());
      isSeparated = false;
    } else {
      if (isSeparated && reader.items.length > 0) reader.mismatch('a receiver');
      return;
    }
  }
}

function isListKind(kind: number): boolean {
  return kind === WORD || kind === COMMA;
}

function matchKind(kind: number, form: number): boolean {
  if (kind === form) return true;
  if (form === NUMBER) return kind === INTEGER || kind === DECIMAL;
  return form === SIGN && (kind === PLUS || kind === MINUS);
}

/** Returns -1 where something else stands there, or where the list may go on. */
function countReceivers(kinds: Uint8Array, from: number, to: number): number {
  let receivers = 0;
  let at = from;
  while (at < to && kinds[at] === WORD) {
    receivers++;
    at++;
    if (at >= to || kinds[at] !== COMMA) break;
    at++;
    if (at >= to) return -1;
  }
  if (receivers === 0) return -1;
  return at >= to || kinds[at] === COMMENT ? receivers : -1;
}

function createShape(words: number, receivers: number): StatementShape {
  const from = 1 + words;
  const slots = [1, words === 2 ? 2 : MISSING, ...FIELDS.map((field) => from + field)];
  const items = Array.from({ length: receivers }, (_, i) => from + FORM.length + 2 * i);
  return { slots, items };
}
