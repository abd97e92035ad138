import { readRange } from './read-signal.ts';
import { MISSING, type StatementReader } from './statement-reader.ts';
import { isNumberKind } from './token-cursor.ts';
import {
  COLON,
  COMMA,
  DECIMAL,
  INTEGER,
  isKeyword,
  NOTHING,
  SEMICOLON,
  STRING,
  WORD,
} from './token-kinds.ts';

/** `VERSION "text"`. */
export function readVersion(reader: StatementReader): void {
  reader.slots.push(reader.expectString('the version in quotes'));
  reader.endLine();
}

/** `NS_ :` and symbols, each mostly on a line of its own. */
export function readNewSymbols(reader: StatementReader): void {
  reader.expect(COLON, '`:`');
  while (reader.takeSymbol());
  reader.endLine();
}

/** `BS_: baudrate : BTR1 , BTR2`, of which nothing but the keyword is usual. */
export function readBitTiming(reader: StatementReader): void {
  reader.expect(COLON, '`:`');
  for (const separator of [COLON, COMMA, NOTHING]) {
    if (reader.peek() !== INTEGER || reader.isLineFirst()) break;
    reader.items.push(reader.take());
    if (separator === NOTHING || reader.peek() !== separator) break;
    reader.take();
  }
  reader.endLine();
}

/** `BU_: node…`. */
export function readNodes(reader: StatementReader): void {
  reader.expect(COLON, '`:`');
  for (;;) {
    const kind = reader.peek();
    if (kind === NOTHING || (reader.isLineFirst() && !reader.isLineOf(isWord))) break;
    if (kind === WORD || isKeyword(kind) || (kind === INTEGER && reader.isUnsigned(reader.next))) {
      reader.items.push(reader.expectOwnName('the name of a node'));
    } else if (kind === COMMA) {
      reader.mismatch('a blank between names of nodes');
      reader.skip();
    } else break;
  }
  reader.endLine();
}

/** `BO_ id name : size transmitter`. */
export function readMessage(reader: StatementReader): void {
  const id = reader.expectInteger('the id of a message');
  const name = reader.expectOwnName('the name of a message');
  reader.expect(COLON, '`:`');
  const size = reader.expectInteger('the size in bytes');
  const isThere = reader.peek() !== NOTHING && (!reader.isLineFirst() || reader.isLineOf(isWord));
  if (!isThere) reader.mismatchAtEnd('the transmitter');
  const transmitter = isThere ? reader.expectOwnName('the transmitter') : MISSING;
  reader.slots.push(id, name, size, transmitter);
  reader.endLine();
}

/** `VAL_TABLE_ name (number "text")… ;`. */
export function readValueTable(reader: StatementReader): void {
  reader.slots.push(reader.expectName('the name of a value table'));
  readEntries(reader);
  reader.endWithSemicolon();
}

/** `VAL_ [id] name (number "text")… ;`. */
export function readValues(reader: StatementReader): void {
  const id = isNumberKind(reader.peek()) ? reader.expectInteger('the id of a message') : MISSING;
  const name = reader.expectName(id === MISSING ? 'the id of a message' : 'the name of a signal');
  const table = reader.peek() === WORD ? readTable(reader) : MISSING;
  reader.slots.push(id, name, table);
  readEntries(reader);
  reader.endWithSemicolon();
}

function readTable(reader: StatementReader): number {
  reader.mismatch('a number and its text: no reader looks for a value table here');
  return reader.take();
}

/** Numbers and texts in turn; what is neither is told of and passed over. */
function readEntries(reader: StatementReader): void {
  for (;;) {
    const kind = reader.peek();
    if (kind === NOTHING || kind === SEMICOLON) return;
    if (isNumberKind(kind)) readEntry(reader, kind);
    else if (reader.isLineFirst()) return;
    else {
      reader.mismatch('a number and its text in quotes');
      reader.passOver();
    }
  }
}

function readEntry(reader: StatementReader, kind: number): void {
  const value = reader.expectNumber('a number');
  if (kind === DECIMAL) {
    const token = reader.tokenAt(value);
    reader.tell(
      'val-float',
      token,
      `Found ${reader.show(token)}, expected a whole number, as values are raw`,
    );
  }
  if (reader.peek() === STRING) reader.items.push(value, reader.take());
  else reader.mismatch('the text of the value in quotes');
}

/** `EV_ name : type [min|max] "unit" initial number access node, … ;`. */
export function readEnvironmentVariable(reader: StatementReader): void {
  const name = reader.expectName('the name of an environment variable');
  reader.expect(COLON, '`:`');
  reader.slots.push(name, reader.expectInteger('the type: 0, 1 or 2'));
  readRange(reader);
  reader.slots.push(reader.expectString('the unit in quotes'));
  reader.slots.push(
    reader.expectNumber('the initial value'),
    reader.expectInteger('the number of the variable'),
  );
  reader.slots.push(reader.expectName('who has access, such as `DUMMY_NODE_VECTOR0`'));
  readCommaNames(reader, 'the name of a node');
  reader.endWithSemicolon();
}

/** `ENVVAR_DATA_ name : size ;`. */
export function readEnvironmentData(reader: StatementReader): void {
  const name = reader.expectName('the name of an environment variable');
  reader.expect(COLON, '`:`');
  reader.slots.push(name, reader.expectInteger('the size in bytes'));
  reader.endWithSemicolon();
}

/** `BO_TX_BU_ id : node, … ;`. */
export function readTransmitters(reader: StatementReader): void {
  reader.slots.push(reader.expectInteger('the id of a message'));
  reader.expect(COLON, '`:`');
  readCommaNames(reader, 'the name of a node');
  reader.endWithSemicolon();
}

/** `SIG_GROUP_ id name repetitions : signal… ;`. */
export function readSignalGroup(reader: StatementReader): void {
  const id = reader.expectInteger('the id of a message');
  const name = reader.expectName('the name of a signal group');
  reader.slots.push(id, name, reader.expectInteger('the repetitions'));
  reader.expect(COLON, '`:`');
  while (isGroupMember(reader)) reader.items.push(reader.expectName('the name of a signal'));
  reader.endWithSemicolon();
}

/** Between names of a group stand blanks; a comma is told of and passed over. */
function isGroupMember(reader: StatementReader): boolean {
  if (reader.peek() === COMMA) {
    reader.mismatch('a blank between names of signals');
    reader.skip();
  }
  const kind = reader.peek();
  return kind === WORD || isKeyword(kind);
}

function readCommaNames(reader: StatementReader, what: string): void {
  for (;;) {
    const name = reader.expectName(what);
    if (name !== MISSING) reader.items.push(name);
    const kind = reader.peek();
    if (kind === WORD && !reader.isLineFirst()) reader.mismatch('`,` between names');
    else if (kind === COMMA) reader.take();
    else return;
  }
}

function isWord(kind: number): boolean {
  return kind === WORD || kind === INTEGER;
}
