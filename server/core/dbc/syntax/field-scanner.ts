import { skipInteger, skipName, skipSignedInteger, skipString } from './field-ends.ts';
import type { LineLexer } from './line-lexer.ts';
import { INTEGER, SEMICOLON, STRING, WORD } from './token-kinds.ts';
import { BREAK_CLASS, classOf, skipBlanks, skipNumber } from './unit-classes.ts';

/** Tokens that are made room for: lines with more are read in the other way. */
const ROOM = 256;
const SEMICOLON_UNIT = 0x3b;

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
  private starts: Uint32Array;
  protected ends: Uint32Array;
  private kinds: Uint8Array;

  constructor(lexer: LineLexer) {
    this.lexer = lexer;
    this.units = lexer.units;
    this.failure = lexer.units.length - 1;
    this.starts = lexer.columns.starts;
    this.ends = lexer.columns.ends;
    this.kinds = lexer.columns.kinds;
  }

  /** Begins a line with its keyword; behind it must be a blank. */
  protected begin(kind: number, start: number, length: number): number {
    const { columns } = this.lexer;
    columns.makeRoom(ROOM);
    this.count = columns.count;
    this.starts = columns.starts;
    this.ends = columns.ends;
    this.kinds = columns.kinds;
    const end = start + length;
    const at = this.keep(kind, start, end);
    return at === end ? this.failure : at;
  }

  /** How many more tokens there is room for. */
  protected get room(): number {
    return ROOM - (this.count - this.lexer.columns.count);
  }

  /** Passes over one character. */
  protected skip(at: number, unit: number): number {
    return this.units[at] === unit ? skipBlanks(this.units, at + 1) : this.failure;
  }

  protected readSemicolon(at: number): number {
    return this.keep(SEMICOLON, at, this.units[at] === SEMICOLON_UNIT ? at + 1 : at);
  }

  /** A name that is no keyword. */
  protected readName(at: number): number {
    return this.keep(WORD, at, skipName(this.units, at));
  }

  /** Digits behind which no other word goes on. */
  protected readInteger(at: number): number {
    return this.keep(INTEGER, at, skipInteger(this.units, at));
  }

  protected readSignedInteger(at: number): number {
    return this.keep(INTEGER, at, skipSignedInteger(this.units, at));
  }

  protected readNumber(at: number): number {
    return this.keep(INTEGER, at, skipNumber(this.units, at));
  }

  /** A string that ends on its line. */
  protected readString(at: number): number {
    return this.keep(STRING, at, skipString(this.units, at));
  }

  /** Ends the line, if it does end here. */
  protected finish(at: number): boolean {
    const { lexer } = this;
    if (at === this.failure || classOf(this.units[at]!) !== BREAK_CLASS) return false;
    lexer.columns.count = this.count;
    lexer.jumpTo(Math.min(at + 1, lexer.length));
    return true;
  }

  /** Keeps a token, unless it is empty. */
  private keep(kind: number, start: number, end: number): number {
    if (end === start) return this.failure;
    const i = this.count++;
    this.kinds[i] = kind;
    this.starts[i] = start;
    this.ends[i] = end;
    return skipBlanks(this.units, end);
  }
}
