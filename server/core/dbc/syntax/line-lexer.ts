import { findKeyword, hasLowerCase } from './keywords.ts';
import { StringEnds } from './string-ends.ts';
import { TokenColumns } from './token-columns.ts';
import {
  COMMENT,
  DECIMAL,
  INTEGER,
  JUNK,
  LINE_FIRST,
  NOTHING,
  ODD_NUMBER,
  OPEN_STRING,
  STRING,
  WORD,
} from './token-kinds.ts';
import {
  BLANK_CLASS,
  BREAK_CLASS,
  classOf,
  DIGIT_CLASS,
  DOT_CLASS,
  findBreak,
  isDigit,
  JUNK_CLASS,
  LETTER_CLASS,
  PUNCTUATION_KINDS,
  QUOTE_CLASS,
  SIGN_CLASS,
  SLASH_CLASS,
  skipDigits,
  skipExponent,
  skipWord,
} from './unit-classes.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SLASH = 0x2f;
const DOT = 0x2e;
const AT = 0x40;
const UPPER_E = 0x45;
const UPPER_X = 0x58;
const LOWER_CASE_BIT = 0x20;
const ZERO = 0x30;
/** Characters of a file for each token that is kept of it. */
const USUAL_TOKEN_UNITS = 5;
/** A line of more tokens is read in parts, so that what skips it need not hold all of them. */
const MAX_TOKENS_AT_ONCE = 1 << 16;

/** Splits lines into tokens when they are asked for. Comments and strings are tokens; white space is none. */
export class LineLexer {
  readonly columns: TokenColumns;
  /** Where the next line begins. */
  at = 0;
  /** Whether the last line that was read was read to its end. */
  isLineEnd = true;
  readonly units: Uint8Array;
  readonly strings: StringEnds;
  /** Kind of the token that was read last. */
  #kind = NOTHING;

  constructor(units: Uint8Array) {
    this.units = units;
    this.strings = new StringEnds(units);
    this.columns = new TokenColumns(Math.min(Math.ceil(units.length / USUAL_TOKEN_UNITS), 1 << 20) + 64);
  }

  /** Offset of the end of the text. */
  get length(): number {
    return this.units.length - 1;
  }

  /** How far the text was looked at; one more than its length where its end mattered. */
  get reach(): number {
    const lexed = this.at < this.length ? this.at : this.units.length;
    return Math.max(lexed, this.strings.reach);
  }

  /** Goes on at the line that begins at an offset. */
  jumpTo(at: number): void {
    this.at = at;
    this.isLineEnd = true;
  }

  /** Appends the tokens of the next line that has any. Returns false at the end of the text. */
  readLine(): boolean {
    const { units, columns } = this;
    const { count } = columns;
    let flag = this.isLineEnd ? LINE_FIRST : 0;
    let at = this.at;
    this.isLineEnd = false;
    while (columns.count - count < MAX_TOKENS_AT_ONCE) {
      const unitClass = classOf(units[at]!);
      if (unitClass === BLANK_CLASS) {
        at++;
      } else if (unitClass === BREAK_CLASS) {
        if (at === units.length - 1) this.isLineEnd = true;
        else at++;
        if (this.isLineEnd || columns.count > count) {
          this.isLineEnd = true;
          break;
        }
        flag = LINE_FIRST;
      } else {
        const end = this.#readToken(at, unitClass, flag);
        columns.push(this.#kind | flag, at, end);
        flag = 0;
        at = end;
      }
    }
    this.at = at;
    return columns.count > count;
  }

  #readToken(at: number, unitClass: number, flag: number): number {
    switch (unitClass) {
      case LETTER_CLASS:
        return this.#readWord(at, flag);
      case DIGIT_CLASS:
        return this.#readNumber(at, at);
      case QUOTE_CLASS:
        return this.#readString(at);
      case SIGN_CLASS:
        return this.#readSigned(at);
      case DOT_CLASS:
        return this.#readDot(at, at);
      case SLASH_CLASS:
        return this.#readSlash(at);
      case JUNK_CLASS:
        return this.#readJunk(at);
      default:
        this.#kind = PUNCTUATION_KINDS[this.units[at]!]!;
        return at + 1;
    }
  }

  #readWord(start: number, flag: number): number {
    const { units } = this;
    const at = skipWord(units, start + 1);
    const keyword = findKeyword(units, start, at);
    const isTaken = keyword !== NOTHING && (flag !== 0 || !hasLowerCase(units, start, at));
    this.#kind = isTaken ? keyword : WORD;
    return at;
  }

  /** `start` is where the sign is, `from` where the digits are. */
  #readNumber(start: number, from: number): number {
    const { units } = this;
    let at = skipDigits(units, from + 1);
    this.#kind = INTEGER;
    const unit = units[at]!;
    if (unit === DOT) at = this.#readFraction(at);
    else if ((unit & ~LOWER_CASE_BIT) === UPPER_E) at = this.#readExponent(at);
    return classOf(units[at]!) === LETTER_CLASS ? this.#readDigitWord(start, from) : at;
  }

  /** `at` is at the dot. */
  #readFraction(at: number): number {
    const digits = skipDigits(this.units, at + 1);
    const end = this.#readExponent(digits);
    this.#kind = digits > at + 1 ? DECIMAL : ODD_NUMBER;
    return end;
  }

  #readExponent(at: number): number {
    if ((this.units[at]! & ~LOWER_CASE_BIT) !== UPPER_E) return at;
    const end = skipExponent(this.units, at);
    if (end > at) this.#kind = DECIMAL;
    return end;
  }

  /** Hexadecimal, or a name that begins with a digit; with a sign it is neither. */
  #readDigitWord(start: number, from: number): number {
    const { units } = this;
    if (units[start - 1] === AT) return this.#readDigits(from);
    const end = skipWord(units, from);
    const isHex = units[from] === ZERO && (units[from + 1]! & ~LOWER_CASE_BIT) === UPPER_X;
    const isNumber = isHex && areHexDigits(units, from + 2, end);
    this.#kind = isNumber ? ODD_NUMBER : start < from ? JUNK : WORD;
    return end;
  }

  /** Behind `@` stands one digit, and what is written at it is the sign. */
  #readDigits(from: number): number {
    this.#kind = INTEGER;
    return skipDigits(this.units, from);
  }

  #readSigned(at: number): number {
    const next = this.units[at + 1]!;
    if (isDigit(next)) return this.#readNumber(at, at + 1);
    if (next === DOT && isDigit(this.units[at + 2]!)) return this.#readDot(at, at + 1);
    this.#kind = PUNCTUATION_KINDS[this.units[at]!]!;
    return at + 1;
  }

  #readDot(start: number, at: number): number {
    if (!isDigit(this.units[at + 1]!)) return this.#readJunk(start);
    const end = this.#readFraction(at);
    this.#kind = ODD_NUMBER;
    return end;
  }

  #readString(start: number): number {
    const { units } = this;
    let at = start + 1;
    for (;;) {
      const unit = units[at]!;
      if (unit === QUOTE) {
        if (units[at - 1] !== BACKSLASH) break;
      } else if (unit === 0x0a || unit === 0x0d) {
        return this.#readLongString(start, at);
      }
      at++;
    }
    this.#kind = STRING;
    return at + 1;
  }

  #readLongString(start: number, lineBreak: number): number {
    const end = this.strings.find(start, lineBreak);
    this.#kind = this.strings.isClosed ? STRING : OPEN_STRING;
    return end;
  }

  #readSlash(at: number): number {
    if (this.units[at + 1] !== SLASH) return this.#readJunk(at);
    this.#kind = COMMENT;
    return findBreak(this.units, at);
  }

  /** All that follows and is junk, too, is one token. */
  #readJunk(start: number): number {
    let at = start + 1;
    while (classOf(this.units[at]!) === JUNK_CLASS) at++;
    this.#kind = JUNK;
    return at;
  }
}

function areHexDigits(units: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const letter = units[at]! & ~LOWER_CASE_BIT;
    if (!isDigit(units[at]!) && (letter < 0x41 || letter > 0x46)) return false;
  }
  return to > from;
}
