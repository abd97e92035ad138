import { findKeyword, kindOfKeyword } from './keywords.ts';
import type { LineLexer } from './line-lexer.ts';
import type { StatementShape } from './statements/parsed-statement.ts';
import { NOTHING, STRING } from './token-kinds.ts';
import {
  BREAK_CLASS,
  DIGIT_CLASS,
  DOT_CLASS,
  isDigit,
  isMarker,
  LETTER_CLASS,
  skipBlanks,
  skipNumber,
  skipWhite,
  skipWord,
  UNIT_CLASSES,
} from './unit-classes.ts';

const SIGNAL = kindOfKeyword('SG_');
const MESSAGE = kindOfKeyword('BO_');
const MISSING = -1;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const BAR = 0x7c;
const AT = 0x40;
const PLUS = 0x2b;
const MINUS = 0x2d;
const UNDERSCORE = 0x5f;
const UPPER_S = 0x53;
const UPPER_G = 0x47;
const UPPER_B = 0x42;
const UPPER_O = 0x4f;
const OPEN_PARENTHESIS = 0x28;
const CLOSE_PARENTHESIS = 0x29;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
/** Fields of a signal behind its marker and before its receivers. */
const FIELDS = 9;
/** Tokens that are made room for: more receivers are read in the other way. */
const ROOM = 256;
const MAX_SHARED_RECEIVERS = 16;
const SHAPES = [false, true].map((hasMarker) =>
  Array.from({ length: MAX_SHARED_RECEIVERS + 1 }, (_, receivers) =>
    createShape(hasMarker ? 1 : 0, receivers),
  ),
);
const MESSAGE_SHAPE: StatementShape = { slots: [1, 2, 3, 4], items: [] };

/**
 * Reads signals and messages that stand on one line and are written as nearly all are: they are most of a file, and so
 * most of the time. Only the tokens that are fields are kept. What is written in any other way is left to the reader,
 * which gives the same for these.
 */
export class LineScanner {
  readonly #lexer: LineLexer;
  readonly #units: Uint8Array;
  /** The columns of tokens as they are now. */
  #starts: Uint32Array;
  #ends: Uint32Array;
  /** How far the line was read, and how many tokens there are with those of the line. */
  #at = 0;
  #count = 0;

  constructor(lexer: LineLexer) {
    this.#lexer = lexer;
    this.#units = lexer.units;
    this.#starts = lexer.columns.starts;
    this.#ends = lexer.columns.ends;
  }

  /** Reads the next line if it is a signal or a message; the last tokens of the columns are then those of its shape. */
  scan(): StatementShape | undefined {
    const units = this.#units;
    const start = skipWhite(units, this.#lexer.at);
    if (units[start + 2] !== UNDERSCORE) return undefined;
    if (units[start] === UPPER_S && units[start + 1] === UPPER_G) {
      this.#begin(SIGNAL);
      return this.#scanSignal(start);
    }
    if (units[start] !== UPPER_B || units[start + 1] !== UPPER_O) return undefined;
    this.#begin(MESSAGE);
    return this.#scanMessage(start);
  }

  #begin(kind: number): void {
    const { columns } = this.#lexer;
    columns.makeRoom(ROOM);
    columns.kinds[columns.count] = kind;
    this.#count = columns.count;
    this.#starts = columns.starts;
    this.#ends = columns.ends;
  }

  #scanSignal(start: number): StatementShape | undefined {
    this.#put(start, start + 3);
    if (!this.#skipGap() || !this.#readName()) return undefined;
    const hasMarker = this.#units[this.#at] !== COLON;
    if (hasMarker && !this.#readMarker()) return undefined;
    if (!this.#skip(COLON) || !this.#readBits() || !this.#readScale() || !this.#readRange()) return undefined;
    if (!this.#readUnit()) return undefined;
    const receivers = this.#readReceivers();
    if (receivers === 0 || !this.#finish()) return undefined;
    const words = hasMarker ? 1 : 0;
    return SHAPES[words]![receivers] ?? createShape(words, receivers);
  }

  #scanMessage(start: number): StatementShape | undefined {
    this.#put(start, start + 3);
    if (!this.#skipGap() || !this.#readInteger() || !this.#readName()) return undefined;
    if (!this.#skip(COLON) || !this.#readInteger() || !this.#readName()) return undefined;
    return this.#finish() ? MESSAGE_SHAPE : undefined;
  }

  /** Keeps a field. Of its kind nothing is asked except where it says so itself. */
  #put(start: number, end: number): void {
    const i = this.#count++;
    this.#starts[i] = start;
    this.#ends[i] = end;
    this.#at = end;
  }

  /** Passes over blanks behind what was put. */
  #skipBlanks(): true {
    this.#at = skipBlanks(this.#units, this.#at);
    return true;
  }

  /** The same where there must be one. */
  #skipGap(): boolean {
    const from = this.#at;
    this.#skipBlanks();
    return this.#at > from;
  }

  /** Passes over one character and blanks. */
  #skip(unit: number): boolean {
    if (this.#units[this.#at] !== unit) return false;
    this.#at++;
    return this.#skipBlanks();
  }

  #readName(): boolean {
    const units = this.#units;
    const start = this.#at;
    if (UNIT_CLASSES[units[start]!] !== LETTER_CLASS) return false;
    const end = skipWord(units, start);
    if (units[end - 1] === UNDERSCORE && findKeyword(units, start, end) !== NOTHING) return false;
    this.#put(start, end);
    return this.#skipBlanks();
  }

  #readMarker(): boolean {
    const start = this.#at;
    return this.#readName() && isMarker(this.#units, start, this.#ends[this.#count - 1]!);
  }

  /** Digits behind which no other word goes on. */
  #readInteger(): boolean {
    const units = this.#units;
    const start = this.#at;
    let end = start;
    while (isDigit(units[end]!)) end++;
    if (end === start || !isNumberEnd(units[end]!)) return false;
    this.#put(start, end);
    return this.#skipBlanks();
  }

  #readNumber(): boolean {
    const start = this.#at;
    const end = skipNumber(this.#units, start);
    if (end === start || !isNumberEnd(this.#units[end]!)) return false;
    this.#put(start, end);
    return this.#skipBlanks();
  }

  #readBits(): boolean {
    if (!this.#readInteger() || !this.#skip(BAR) || !this.#readInteger() || !this.#skip(AT)) return false;
    if (!this.#readInteger()) return false;
    const sign = this.#units[this.#at];
    if (sign !== PLUS && sign !== MINUS) return false;
    this.#put(this.#at, this.#at + 1);
    return this.#skipBlanks();
  }

  #readScale(): boolean {
    if (!this.#skip(OPEN_PARENTHESIS) || !this.#readNumber() || !this.#skip(COMMA)) return false;
    return this.#readNumber() && this.#skip(CLOSE_PARENTHESIS);
  }

  #readRange(): boolean {
    if (!this.#skip(OPEN_BRACKET) || !this.#readNumber() || !this.#skip(BAR)) return false;
    return this.#readNumber() && this.#skip(CLOSE_BRACKET);
  }

  #readUnit(): boolean {
    const units = this.#units;
    const start = this.#at;
    if (units[start] !== QUOTE) return false;
    let end = start + 1;
    while (units[end] !== QUOTE && UNIT_CLASSES[units[end]!] !== BREAK_CLASS) end++;
    if (units[end] !== QUOTE || units[end - 1] === BACKSLASH) return false;
    this.#lexer.columns.kinds[this.#count] = STRING;
    this.#put(start, end + 1);
    return this.#skipBlanks();
  }

  /** Returns how many there are; 0 where the line is to be read in the other way. */
  #readReceivers(): number {
    const most = this.#count + ROOM - 2 * FIELDS;
    for (let count = 1; this.#count < most; count++) {
      if (!this.#readName()) return 0;
      if (!this.#skip(COMMA)) return count;
    }
    return 0;
  }

  /** The line must end here, and its list must not go on with a comma on the next one. */
  #finish(): boolean {
    const lexer = this.#lexer;
    if (UNIT_CLASSES[this.#units[this.#at]!] !== BREAK_CLASS) return false;
    const next = skipWhite(this.#units, this.#at);
    if (this.#units[next] === COMMA) return false;
    lexer.strings.reach = Math.max(lexer.strings.reach, next + 1);
    lexer.columns.count = this.#count;
    lexer.jumpTo(Math.min(this.#at + 1, lexer.length));
    return true;
  }
}

/** Whether a number ends before this character, and is not joined to it. */
function isNumberEnd(unit: number): boolean {
  const unitClass = UNIT_CLASSES[unit]!;
  return unitClass !== LETTER_CLASS && unitClass !== DOT_CLASS && unitClass !== DIGIT_CLASS;
}

function createShape(words: number, receivers: number): StatementShape {
  const from = 2 + words;
  const slots = [1, words === 1 ? 2 : MISSING, ...Array.from({ length: FIELDS }, (_, i) => from + i)];
  return { slots, items: Array.from({ length: receivers }, (_, i) => from + FIELDS + i) };
}
