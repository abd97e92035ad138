import { findKeyword, hasLowerCase, kindOfKeyword } from './keywords.ts';
import { LineLexer } from './line-lexer.ts';
import { LineScanner } from './scan-line.ts';
import { MOST_STATEMENTS, MOST_WORDS } from './reading-limits.ts';
import { findForm, type PlacedStatement } from './statement-forms.ts';
import { ParsedSignal } from './statements/message-statements.ts';
import { StatementReader } from './statement-reader.ts';
import { ParsedLineComment, ParsedRest, ParsedUnknown } from './statements/other-statements.ts';
import type { StatementShape } from './statements/statement-parts.ts';
import type { SyntaxProblem } from './syntax-tree.ts';
import { readTextUnits } from './text-units.ts';
import { COMMENT, isKeyword, JUNK, KIND_MASK, LINE_FIRST, NOTHING, WORD } from './token-kinds.ts';
import { findBreak, isWhite, skipBlanks, skipWord } from './unit-classes.ts';

const SIGNAL = kindOfKeyword('SG_');
const MESSAGE = kindOfKeyword('BO_');
/** Keywords of lines that are mostly scanned. */
const SCANNED: ReadonlySet<number> = new Set([
  SIGNAL,
  MESSAGE,
  kindOfKeyword('VAL_'),
  kindOfKeyword('CM_'),
  kindOfKeyword('BA_'),
]);
const SLASH = 0x2f;
const NO_PROBLEMS: readonly SyntaxProblem[] = [];
const TOO_MUCH = `What follows is not read: of a text, ${MOST_STATEMENTS.toLocaleString('en-US')} statements and ${MOST_WORDS.toLocaleString('en-US')} words are`;
const NO_SHAPE: StatementShape = { slots: [], items: [], scope: undefined, isUsual: false };

/** A part of a text that begins with it or behind a statement. */
export interface TextPart {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Reads one statement after the other. What a statement is depends on nothing before it, except whether a signal belongs
 * to a message; so reading may begin at any statement.
 */
export class StatementParser {
  /** Whether signals may follow: nothing but signals has come since a message. */
  isInMessage = false;
  readonly #lexer: LineLexer;
  readonly #reader: StatementReader;
  readonly #scanner: LineScanner;

  constructor({ text, from, to }: TextPart) {
    this.#lexer = new LineLexer(readTextUnits(text, from, to));
    this.#lexer.isLineEnd = from === 0;
    this.#reader = new StatementReader(this.#lexer, text, from);
    this.#scanner = new LineScanner(this.#lexer);
  }

  /** Where the next statement begins; undefined at the end. */
  findNext(): number | undefined {
    const { columns, cursor, source } = this.#reader;
    if (cursor === columns.count && !this.#lexer.readLine()) return undefined;
    return columns.starts[cursor]! + source.shift;
  }

  /** Whether what was read depends on where the part ends. */
  get sawEnd(): boolean {
    return this.#lexer.reach > this.#lexer.length;
  }

  /** Reads the next statement; undefined at the end. */
  read(): PlacedStatement | undefined {
    const reader = this.#reader;
    const { columns } = reader;
    const first = reader.cursor;
    if (first < columns.count) this.#unreadLine(first);
    if (first === columns.count) {
      this.#lexer.strings.reach = 0;
      const shape = this.#lexer.isLineEnd ? this.#scanner.scan() : undefined;
      if (shape !== undefined) return this.#takeScanned(shape, first);
      if (!this.#lexer.readLine()) return undefined;
    }
    const kind = columns.kinds[first]! & KIND_MASK;
    if (isKeyword(kind)) return this.#readStatement(kind);
    return kind === COMMENT ? this.#readComment() : this.#readUnknown(first);
  }

  /** How many words the statements have that were read. */
  get words(): number {
    return this.#reader.cursor;
  }

  /** Takes all that is left as one statement that is not read; undefined at the end. */
  readRest(): PlacedStatement | undefined {
    if (this.findNext() === undefined) return undefined;
    const reader = this.#reader;
    const { columns, cursor: first } = reader;
    const { units, length } = this.#lexer;
    this.#putUnread(first, trimEnd(units, columns.starts[first]!, length));
    this.#lexer.jumpTo(length);
    this.#lexer.strings.reach = units.length;
    reader.begin();
    reader.tell('syntax', first, TOO_MUCH);
    reader.cursor = columns.count;
    return new ParsedRest(reader.source, { ...reader.finish(), shape: NO_SHAPE });
  }

  /** Lines that were read to find the end of the last statement are read again where there is a faster way. */
  #unreadLine(first: number): void {
    const { columns } = this.#reader;
    const kind = columns.kinds[first]!;
    if ((kind & LINE_FIRST) === 0 || !SCANNED.has(kind & KIND_MASK)) return;
    columns.count = first;
    this.#lexer.jumpTo(columns.starts[first]!);
  }

  #takeScanned(shape: StatementShape, first: number): PlacedStatement {
    const reader = this.#reader;
    const { source, columns } = reader;
    const { count } = columns;
    const kind = columns.kinds[first]!;
    const isStray = kind === SIGNAL && !this.isInMessage;
    const problems = isStray ? this.#listStrayProblems() : NO_PROBLEMS;
    reader.cursor = count;
    this.isInMessage = kind === MESSAGE || (kind === SIGNAL && this.isInMessage);
    const parts = { first, count: count - first, shape, problems, reach: this.#lexer.reach };
    // Half of all statements are signals, and making one is quicker where it is known which class it is of.
    if (kind === SIGNAL) return new ParsedSignal(source, parts);
    const { maker } = findForm(kind);
    return new maker(source, parts);
  }

  #listStrayProblems(): readonly SyntaxProblem[] {
    this.#reader.begin();
    this.#tellStray();
    return this.#reader.problems;
  }

  #readStatement(kind: number): PlacedStatement {
    const { read, maker } = findForm(kind);
    const reader = this.#reader;
    reader.begin();
    this.#checkKeyword(kind);
    read(reader);
    this.isInMessage = kind === MESSAGE || (kind === SIGNAL && this.isInMessage);
    return new maker(reader.source, reader.finish());
  }

  #checkKeyword(kind: number): void {
    const reader = this.#reader;
    const token = reader.tokenAt(0);
    if (hasLowerCase(this.#lexer.units, reader.columns.starts[token]!, reader.columns.ends[token]!)) {
      const upper = reader.textOf(token).toUpperCase();
      const found = reader.show(token);
      reader.tell('keyword-case', token, `Found ${found}, expected \`${upper}\`: no reader takes lower case`);
    } else if (kind === SIGNAL && !this.isInMessage) {
      this.#tellStray();
    }
  }

  #tellStray(): void {
    const message = 'Found `SG_` outside of a message, expected it behind `BO_` and its signals';
    this.#reader.tell('syntax', this.#reader.tokenAt(0), message);
  }

  #readComment(): PlacedStatement {
    const reader = this.#reader;
    reader.begin();
    return new ParsedLineComment(reader.source, reader.finish());
  }

  /** Lines one after the other that begin with no keyword are one statement: files of millions of them are none of ours. */
  #readUnknown(first: number): PlacedStatement {
    const start = this.#reader.columns.starts[first]!;
    const lineEnd = findBreak(this.#lexer.units, start);
    this.#putUnread(first, this.#skipUnknownLines(lineEnd, start));
    return this.#finishUnknown(first);
  }

  /** Makes two tokens of a word and all that follows up to an end. */
  #putUnread(first: number, end: number): void {
    const { columns } = this.#reader;
    const start = columns.starts[first]!;
    const wordEnd = Math.min(columns.ends[first]!, findBreak(this.#lexer.units, start));
    columns.count = first;
    columns.push(WORD, start, wordEnd);
    if (end > wordEnd) columns.push(JUNK, wordEnd, end);
  }

  #finishUnknown(first: number): PlacedStatement {
    const reader = this.#reader;
    reader.begin();
    const found = reader.show(first);
    reader.tell('syntax', first, `Found ${found}, expected a keyword such as \`BO_\` or \`SG_\``);
    reader.cursor = reader.columns.count;
    return new ParsedUnknown(reader.source, { ...reader.finish(), shape: NO_SHAPE });
  }

  /** Lets the lexer go on at the next line that begins with a keyword or a comment; returns where the last line ends. */
  #skipUnknownLines(lineEnd: number, start: number): number {
    const lexer = this.#lexer;
    const { units } = lexer;
    let end = trimEnd(units, start, lineEnd);
    let at = lineEnd;
    while (at < lexer.length) {
      at = skipBlanks(units, at + 1);
      if (isWhite(units[at]!)) continue;
      if (beginsStatement(units, at)) break;
      at = findBreak(units, at);
      end = at;
    }
    lexer.jumpTo(Math.min(at, lexer.length));
    // Two characters were looked at where a comment might begin.
    const looked = Math.min(skipWord(units, Math.min(at, lexer.length)) + 2, units.length);
    lexer.strings.reach = Math.max(lexer.strings.reach, looked);
    return trimEnd(units, start, end);
  }
}

function beginsStatement(units: Uint8Array, at: number): boolean {
  if (units[at] === SLASH) return units[at + 1] === SLASH;
  return findKeyword(units, at, skipWord(units, at)) !== NOTHING;
}

function trimEnd(units: Uint8Array, start: number, end: number): number {
  let to = end;
  while (to > start && isWhite(units[to - 1]!)) to--;
  return to;
}
