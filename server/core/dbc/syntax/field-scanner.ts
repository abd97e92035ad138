import { findKeyword } from './keywords.ts';
import type { LineLexer } from './line-lexer.ts';
import { INTEGER, NOTHING, STRING } from './token-kinds.ts';
import {
  BREAK_CLASS,
  classOf,
  DIGIT_CLASS,
  DOT_CLASS,
  isDigit,
  LETTER_CLASS,
  skipBlanks,
  skipDigits,
  skipNumber,
  skipWord,
} from './unit-classes.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const PLUS = 0x2b;
const DOT = 0x2e;
const MINUS = 0x2d;
/** Tokens that are made room for: lines with more are read in the other way. */
const ROOM = 256;

/**
 * Scans the fields of one line and keeps them as tokens. Each step takes the offset at which it begins and returns the one
 * at which the next does, with blanks passed over: offsets that are handed on stay in registers, where those that are kept
 * in an object would be written and read again for each character.
 *
 * Where a field is not as expected, a step returns `failure`, which is the end of the text: no step gets on from there,
 * so that it need be asked only once for each line whether all was well. A last line without a line break is taken for
 * a failure, too, and so read in the other way.
 */
export abstract class FieldScanner {
  protected readonly lexer: LineLexer;
  protected readonly units: Uint8Array;
  protected readonly failure: number;
  /** How many tokens there are with those of the line. */
  protected count = 0;
  /** The columns of tokens as they are now. */
  protected starts: Uint32Array;
  protected ends: Uint32Array;

  constructor(lexer: LineLexer) {
    this.lexer = lexer;
    this.units = lexer.units;
    this.failure = lexer.units.length - 1;
    this.starts = lexer.columns.starts;
    this.ends = lexer.columns.ends;
  }

  /** Begins a line with its keyword; behind it must be a blank. */
  protected begin(kind: number, start: number, length: number): number {
    const { columns } = this.lexer;
    columns.makeRoom(ROOM);
    columns.kinds[columns.count] = kind;
    this.count = columns.count;
    this.starts = columns.starts;
    this.ends = columns.ends;
    this.put(start, start + length);
    const at = skipBlanks(this.units, start + length);
    return at === start + length ? this.failure : at;
  }

  /** How many more tokens there is room for. */
  protected get room(): number {
    return ROOM - (this.count - this.lexer.columns.count);
  }

  /** Keeps a field. Of its kind nothing is asked except where it says so itself. */
  protected put(start: number, end: number): void {
    const i = this.count++;
    this.starts[i] = start;
    this.ends[i] = end;
  }

  /** Passes over one character. */
  protected skip(at: number, unit: number): number {
    return this.units[at] === unit ? skipBlanks(this.units, at + 1) : this.failure;
  }

  /** Keeps one character. */
  protected readUnit(at: number, unit: number): number {
    if (this.units[at] !== unit) return this.failure;
    this.put(at, at + 1);
    return skipBlanks(this.units, at + 1);
  }

  protected readName(at: number): number {
    const { units } = this;
    if (classOf(units[at]!) !== LETTER_CLASS) return this.failure;
    const end = skipWord(units, at);
    if (findKeyword(units, at, end) !== NOTHING) return this.failure;
    this.put(at, end);
    return skipBlanks(units, end);
  }

  /** Digits behind which no other word goes on. */
  protected readInteger(at: number): number {
    return this.readDigits(at, at);
  }

  protected readSignedInteger(at: number): number {
    const unit = this.units[at];
    return this.readDigits(at, unit === MINUS || unit === PLUS ? at + 1 : at);
  }

  protected readNumber(at: number): number {
    const { units } = this;
    // Most numbers are one digit.
    const isDigitAlone = isDigit(units[at]!) && units[at + 1]! < DOT;
    const end = isDigitAlone ? at + 1 : skipNumber(units, at);
    if (end === at || !isNumberEnd(units[end]!)) return this.failure;
    this.lexer.columns.kinds[this.count] = INTEGER;
    this.put(at, end);
    return skipBlanks(units, end);
  }

  /** A string that ends on its line. */
  protected readString(at: number): number {
    const { units } = this;
    if (units[at] !== QUOTE) return this.failure;
    let end = at + 1;
    for (;;) {
      const unit = units[end]!;
      if (unit === QUOTE) {
        if (units[end - 1] !== BACKSLASH) break;
      } else if (unit < 0x20 && classOf(unit) === BREAK_CLASS) return this.failure;
      end++;
    }
    this.lexer.columns.kinds[this.count] = STRING;
    this.put(at, end + 1);
    return skipBlanks(units, end + 1);
  }

  /** Ends the line, if it does end here. */
  protected finish(at: number): boolean {
    const { lexer } = this;
    if (at === this.failure || classOf(this.units[at]!) !== BREAK_CLASS) return false;
    lexer.columns.count = this.count;
    lexer.jumpTo(Math.min(at + 1, lexer.length));
    return true;
  }

  /** `from` is behind the sign. */
  private readDigits(at: number, from: number): number {
    const { units } = this;
    const end = skipDigits(units, from);
    if (end === from || !isNumberEnd(units[end]!)) return this.failure;
    this.put(at, end);
    return skipBlanks(units, end);
  }
}

/** Whether a number ends before this character, and is not joined to it. */
function isNumberEnd(unit: number): boolean {
  const unitClass = classOf(unit);
  return unitClass !== LETTER_CLASS && unitClass !== DOT_CLASS && unitClass !== DIGIT_CLASS;
}
