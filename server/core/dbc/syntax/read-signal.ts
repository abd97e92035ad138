import type { StatementReader } from './statement-reader.ts';
import { MISSING } from './statement-reader.ts';
import {
  AT_SIGN,
  BAR,
  CLOSE_BRACKET,
  CLOSE_PARENTHESIS,
  COLON,
  COMMA,
  MINUS,
  OPEN_BRACKET,
  OPEN_PARENTHESIS,
  PLUS,
  WORD,
} from './token-kinds.ts';
import { isMarker } from './unit-classes.ts';

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
function checkMarker(reader: StatementReader, marker: number): void {
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
