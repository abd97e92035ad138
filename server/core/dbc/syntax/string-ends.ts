import { looksLikeStatement } from './statement-looks.ts';
import { findBreak, isWhite } from './unit-classes.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SEMICOLON = 0x3b;

/**
 * Finds where strings end that go on behind their line. Two things are written alike: a text of several lines, and a
 * string whose closing quote was forgotten, so that it seems to reach to the opening quote of the next one. The latter
 * would swallow whole messages; it is told by what it holds and by what comes behind it:
 *
 * - A string none of whose lines looks like a statement is a text, however long it is.
 * - One that has such a line is a text, too, if `;` follows its closing quote: that is how comments end. An opening quote
 *   is followed by another text.
 * - Every other one was not closed, and ends with its line; likewise where there is no further quote at all.
 *
 * A quote behind a backslash belongs to the string (as cantools has it, whatever stands before the backslash), except
 * where the string was otherwise not closed and nothing but `;` follows on its line: `"C:\";` ends there.
 *
 * What was found is remembered, so that all strings of a text together are searched once.
 */
export class StringEnds {
  /** How far the text was looked at for the last string; one more than its length where its end mattered. */
  reach = 0;
  isClosed = true;
  readonly #units: Uint8Array;
  /** From the first up to the second there is no quote that closes; at the second there is one, or the end. */
  #quoteFrom = 0;
  #quoteAt = -1;
  /** What follows a closing quote. */
  #followedQuote = -1;
  #follower = 0;
  /** Of the lines that begin behind the first offset, the one at the second is the first that may look like a statement. */
  #lineFrom = 0;
  #lineAt = -1;
  #looks = false;

  constructor(units: Uint8Array) {
    this.#units = units;
  }

  /**
   * Finds the end of the string that begins at `start` and has no closing quote up to its line break.
   *
   * @returns The offset behind the closing quote, or the line break where there is none; see `isClosed`.
   */
  find(start: number, lineBreak: number): number {
    const length = this.#units.length - 1;
    const quote = this.#findQuote(lineBreak);
    this.reach = Math.max(this.reach, quote < length ? quote + 1 : length + 1);
    if (quote < length && this.#isText(lineBreak, quote)) {
      this.isClosed = true;
      return quote + 1;
    }
    const escaped = this.#findEscapedEnd(start, lineBreak);
    this.isClosed = escaped > 0;
    return this.isClosed ? escaped : lineBreak;
  }

  #isText(lineBreak: number, quote: number): boolean {
    return !this.#hasStatementLine(lineBreak, quote) || this.#isBeforeSemicolon(quote);
  }

  #isBeforeSemicolon(quote: number): boolean {
    if (this.#followedQuote !== quote) {
      const length = this.#units.length - 1;
      let at = quote + 1;
      while (at < length && isWhite(this.#units[at]!)) at++;
      this.#followedQuote = quote;
      this.#follower = at;
    }
    this.reach = Math.max(this.reach, this.#follower + 1);
    return this.#units[this.#follower] === SEMICOLON;
  }

  #findQuote(from: number): number {
    if (from < this.#quoteFrom || from > this.#quoteAt) {
      this.#quoteFrom = from;
      this.#quoteAt = searchQuote(this.#units, from);
    }
    return this.#quoteAt;
  }

  /** Whether a line that begins behind `from` and before `to` looks like a statement. */
  #hasStatementLine(from: number, to: number): boolean {
    const isNear = from >= this.#lineFrom && from <= this.#lineAt;
    if (!isNear || (this.#looks && from === this.#lineAt)) {
      this.#lineFrom = from;
      this.#lineAt = findBreak(this.#units, from) + 1;
      this.#looks = looksLikeStatement(this.#units, this.#lineAt);
    }
    while (this.#lineAt < to && !this.#looks) {
      this.#lineAt = findBreak(this.#units, this.#lineAt) + 1;
      this.#looks = looksLikeStatement(this.#units, this.#lineAt);
    }
    return this.#lineAt < to;
  }

  /** The offset behind an escaped quote that only `;` follows on its line, or 0. */
  #findEscapedEnd(start: number, lineBreak: number): number {
    let at = lineBreak;
    while (at > start && isTrailing(this.#units[at - 1]!)) at--;
    const isEscaped = at - 2 > start && this.#units[at - 1] === QUOTE && this.#units[at - 2] === BACKSLASH;
    return isEscaped ? at : 0;
  }
}

function searchQuote(units: Uint8Array, from: number): number {
  for (let at = units.indexOf(QUOTE, from); at >= 0; at = units.indexOf(QUOTE, at + 1)) {
    if (units[at - 1] !== BACKSLASH) return at;
  }
  return units.length - 1;
}

function isTrailing(unit: number): boolean {
  return unit === SEMICOLON || unit === 0x20 || unit === 0x09;
}
