import { keywordOfKind } from './keywords.ts';
import { MISSING, type StatementReader } from './statement-reader.ts';
import type { AttributeScope, SyntaxProblem } from './syntax-tree.ts';
import { isNumberKind } from './token-cursor.ts';
import { COLON, COMMA, INTEGER, isKeyword, MINUS, NOTHING, SEMICOLON, STRING, WORD } from './token-kinds.ts';

const SCOPES: readonly AttributeScope[] = [
  'BU_',
  'BO_',
  'SG_',
  'EV_',
  'BU_SG_REL_',
  'BU_BO_REL_',
  'BU_EV_REL_',
];

/** `CM_ [object] "text" ;`. */
export function readComment(reader: StatementReader): void {
  const scope = takeScope(reader);
  if (scope !== undefined) readObject(reader, scope, 'comment-syntax');
  else if (reader.peek() === STRING) reader.slots.push(MISSING, MISSING);
  else readBareObject(reader);
  reader.slots.push(reader.expectString('the comment in quotes'));
  reader.endWithSemicolon();
}

/** `BA_DEF_ [scope] "name" type … ;`, also `BA_DEF_REL_`. */
export function readDefinition(reader: StatementReader): void {
  reader.scope = takeScope(reader);
  const name = reader.expectString('the name of an attribute in quotes');
  const type = reader.expectName('a type: INT, HEX, FLOAT, STRING or ENUM');
  reader.slots.push(name, type);
  const written = type === MISSING ? '' : reader.textOf(reader.tokenAt(type));
  if (written === 'INT' || written === 'HEX' || written === 'FLOAT') readLimits(reader);
  else readChoices(reader);
  reader.endWithSemicolon();
}

/** `BA_DEF_DEF_ "name" value ;`, also `BA_DEF_DEF_REL_`. */
export function readDefault(reader: StatementReader): void {
  const name = reader.expectString('the name of an attribute in quotes');
  reader.slots.push(name, expectValue(reader));
  reader.endWithSemicolon();
}

/** `BA_ "name" [object] value ;`. */
export function readAttribute(reader: StatementReader): void {
  reader.slots.push(reader.expectString('the name of an attribute in quotes'));
  const scope = takeScope(reader);
  if (scope === undefined) reader.slots.push(MISSING, MISSING);
  else readObject(reader, scope, 'syntax');
  reader.slots.push(expectValue(reader));
  reader.endWithSemicolon();
}

/** `BA_REL_ "name" BU_SG_REL_ node SG_ id signal value ;`, and with `BU_BO_REL_` and `BU_EV_REL_`. */
export function readRelation(reader: StatementReader): void {
  reader.slots.push(reader.expectString('the name of an attribute in quotes'));
  const scope = takeScope(reader);
  if (scope === undefined) reader.mismatch('`BU_SG_REL_`, `BU_BO_REL_` or `BU_EV_REL_`');
  const node = reader.expectName('the name of a node');
  if (scope === 'BU_SG_REL_' && takeScope(reader) === undefined) reader.mismatch('`SG_`');
  readObject(reader, scope ?? 'BU_BO_REL_', 'syntax');
  reader.scope = scope;
  reader.slots.push(expectValue(reader), node);
  reader.endWithSemicolon();
}

/** `SIG_VALTYPE_ id signal : type ;`. */
export function readSignalType(reader: StatementReader): void {
  const id = reader.expectInteger('the id of a message');
  const signal = reader.expectName('the name of a signal');
  reader.expect(COLON, '`:`');
  reader.slots.push(id, signal, reader.expectInteger('the type: 0, 1 or 2'));
  reader.endWithSemicolon();
}

/** `SG_MUL_VAL_ id signal multiplexor low-high, … ;`. */
export function readExtendedMultiplexing(reader: StatementReader): void {
  const id = reader.expectInteger('the id of a message');
  const signal = reader.expectName('the name of a signal');
  reader.slots.push(id, signal, reader.expectName('the name of a multiplexor'));
  for (;;) {
    readMultiplexedRange(reader);
    if (reader.peek() !== COMMA) break;
    reader.take();
  }
  reader.endWithSemicolon();
}

/** Statements of which nothing is looked at: up to `;`, or the end of the line. */
export function readNothing(reader: StatementReader): void {
  reader.skipLine();
  if (reader.peek() === SEMICOLON && !reader.isLineFirst()) reader.take();
}

/** `5-7` are two tokens, of which the second has the hyphen as its sign. */
function readMultiplexedRange(reader: StatementReader): void {
  const low = reader.expectInteger('the first value of a range');
  if (reader.peek() === MINUS) reader.take();
  else if (reader.peek() === INTEGER && reader.isUnsigned(reader.next)) reader.mismatch('`-`');
  const high = reader.expectInteger('`-` and the last value of the range');
  if (low !== MISSING && high !== MISSING) reader.items.push(low, high);
}

function takeScope(reader: StatementReader): AttributeScope | undefined {
  const keyword = keywordOfKind(reader.takeObjectKeyword());
  return SCOPES.find((scope) => scope === keyword);
}

/** Reads what the object is called into two slots. */
function readObject(reader: StatementReader, scope: AttributeScope, code: SyntaxProblem['code']): void {
  reader.scope = scope;
  switch (scope) {
    case 'BU_':
      reader.slots.push(expectReference(reader, code, 'the name of a node'), MISSING);
      break;
    case 'EV_':
    case 'BU_EV_REL_':
      reader.slots.push(expectReference(reader, code, 'the name of an environment variable'), MISSING);
      break;
    case 'SG_':
    case 'BU_SG_REL_':
      reader.slots.push(expectId(reader, code));
      reader.slots.push(expectReference(reader, code, 'the name of a signal'));
      break;
    default:
      reader.slots.push(expectId(reader, code), MISSING);
  }
}

/** A name where only a text or a number may follow: it is plainly missing where these come at once. */
function expectReference(reader: StatementReader, code: SyntaxProblem['code'], what: string): number {
  const kind = reader.peek();
  if (kind === WORD || isKeyword(kind)) return reader.expectName(what);
  reader.mismatch(what, code);
  return MISSING;
}

function expectId(reader: StatementReader, code: SyntaxProblem['code']): number {
  if (isNumberKind(reader.peek())) return reader.expectInteger('the id of a message');
  reader.mismatch('the id of a message', code);
  return MISSING;
}

/** `CM_ 100 "text"`: which kind of object is meant follows from what stands there. */
function readBareObject(reader: StatementReader): void {
  if (reader.peek() === NOTHING || reader.peek() === SEMICOLON) {
    reader.slots.push(MISSING, MISSING);
    return;
  }
  reader.mismatch('`BU_`, `BO_`, `SG_`, `EV_` or the comment in quotes', 'comment-syntax');
  const isMessage = isNumberKind(reader.peek());
  const object = isMessage ? reader.expectInteger('the id of a message') : reader.expectName('a name');
  const signal = isMessage && reader.peek() === WORD ? reader.take() : MISSING;
  reader.scope = signal !== MISSING ? 'SG_' : isMessage ? 'BO_' : 'BU_';
  reader.slots.push(object, signal);
}

function expectValue(reader: StatementReader): number {
  const kind = reader.peek();
  if (kind === STRING) return reader.take();
  return reader.expectNumber('a number, or a text in quotes');
}

function readLimits(reader: StatementReader): void {
  reader.slots.push(reader.expectNumber('the smallest value'), reader.expectNumber('the greatest value'));
}

/** Texts of an enumeration; of a type that is unknown also numbers. */
function readChoices(reader: StatementReader): void {
  while (isNumberKind(reader.peek()) && !reader.isLineFirst())
    reader.slots.push(reader.expectNumber('a number'));
  while (reader.peek() === STRING) {
    reader.items.push(reader.take());
    if (reader.peek() === COMMA) reader.take();
    else if (reader.peek() === STRING && !reader.isLineFirst()) reader.mismatch('`,` between texts');
  }
}
