import { MOST_WORDS_OF_STATEMENT } from './reading-limits.ts';
import type { StatementParts } from './statements/statement-parts.ts';
import type { AttributeScope, SyntaxProblem } from './syntax-tree.ts';
import { isNumberKind, TokenCursor } from './token-cursor.ts';
import {
  COMMA,
  DECIMAL,
  INTEGER,
  isKeyword,
  KIND_MASK,
  NOTHING,
  ODD_NUMBER,
  OPEN_STRING,
  SEMICOLON,
  STRING,
  WORD,
} from './token-kinds.ts';

/** Of one statement; what is wrong more often is wrong in one way. */
const MAX_PROBLEMS = 16;
/** Where a field is missing. */
export const MISSING = -1;

/**
 * Walks the tokens of one statement. Where something else stands than expected, it is told once, and what can be read
 * behind it is read: a missing token is left out, one token too many is passed over.
 */
export class StatementReader extends TokenCursor {
  slots: number[] = [];
  items: number[] = [];
  scope: AttributeScope | undefined;
  problems: SyntaxProblem[] = [];
  #first = 0;
  /** Whether a problem was told and nothing expected was found since. */
  #isLost = false;
  /** Begins a statement with the token at the cursor. */
  begin(): void {
    this.#first = this.cursor++;
    this.next = this.cursor;
    this.slots = [];
    this.items = [];
    this.scope = undefined;
    this.problems = [];
    this.#isLost = false;
    this.limit = this.#first + MOST_WORDS_OF_STATEMENT;
    this.isCut = false;
  }

  /** Ends the statement with the last token that was taken. */
  finish(): StatementParts {
    const { slots, items, scope } = this;
    const problems = this.isCut ? this.#listCut() : this.problems;
    const first = this.#first;
    const count = this.cursor - first;
    return {
      first,
      count,
      shape: { slots, items, scope, isUsual: false },
      problems,
      reach: this.lexer.reach,
    };
  }

  /** Takes the token that `peek` gave; returns its place in the statement. */
  take(): number {
    const token = this.next;
    this.cursor = token + 1;
    this.#isLost = false;
    if (this.kindAt(token) === OPEN_STRING) this.#tellOpenString(token);
    return token - this.#first;
  }

  /** Takes a token of this kind; `what` names it for people. */
  expect(kind: number, what: string): number {
    if (this.peek() === kind) return this.take();
    this.mismatch(what);
    return this.#isSecond(kind) ? this.#takeSecond() : MISSING;
  }

  /** Takes a name, also one that is a keyword, which is a problem. */
  expectName(what: string): number {
    const kind = this.peek();
    if (kind === WORD) return this.take();
    if (isKeyword(kind)) {
      this.tell('syntax', this.next, `${this.show(this.next)} is a keyword and cannot be ${what}`);
      return this.take();
    }
    this.mismatch(what);
    return this.#isSecond(WORD) ? this.#takeSecond() : MISSING;
  }

  /** Takes a name that may consist of digits, as that of a message or signal. */
  expectOwnName(what: string): number {
    const isDigits = this.peek() === INTEGER && this.isUnsigned(this.next);
    return isDigits ? this.take() : this.expectName(what);
  }

  expectString(what: string): number {
    return this.expect(STRING, what);
  }

  expectNumber(what: string): number {
    const kind = this.peek();
    if (isNumberKind(kind)) return this.#takeNumber(kind);
    if (kind === WORD && this.#isNotANumber(this.next)) {
      const shown = this.show(this.next);
      this.tell('number-form', this.next, `Found ${shown}, expected ${what}: no reader takes it as a number`);
      return this.take();
    }
    this.mismatch(what);
    const isSecond = this.peek() !== NOTHING && isNumberKind(this.peekSecond());
    return isSecond ? this.#takeSecond() : MISSING;
  }

  expectInteger(what: string): number {
    const token = this.expectNumber(what);
    if (token === MISSING || this.kindAt(this.tokenAt(token)) !== DECIMAL) return token;
    const shown = this.show(this.tokenAt(token));
    this.tell('number-form', this.tokenAt(token), `Found ${shown}, expected ${what} as a whole number`);
    return token;
  }

  /**
   * Joins a number that was taken, the comma behind it and the digits behind that into one number: `0,5`. Readers take
   * none of it, but what is meant is clear.
   */
  joinDecimalComma(token: number): void {
    const { columns } = this;
    const at = this.tokenAt(token);
    if (token === MISSING || !this.isDecimalComma(at)) return;
    columns.ends[at] = columns.ends[at + 2]!;
    this.cursor = at + 3;
    const shown = this.show(at);
    this.tell('number-form', at, `${shown} has a comma for a decimal point, which no reader takes`);
  }

  /** Whether at a token there are digits, a comma and digits without blanks between. */
  isDecimalComma(token: number): boolean {
    const { kinds, starts, ends, count } = this.columns;
    if (token + 2 >= count || this.cursor !== token + 1) return false;
    const areDigits = kinds[token] === INTEGER && kinds[token + 1] === COMMA && kinds[token + 2] === INTEGER;
    const areJoined = ends[token] === starts[token + 1] && ends[token + 1] === starts[token + 2];
    return areDigits && areJoined && this.isUnsigned(token + 2);
  }

  /** Tells of the next token that something else was expected, where not already lost. */
  mismatch(what: string, code: SyntaxProblem['code'] = 'syntax'): void {
    if (this.peek() === NOTHING || this.isLineFirst()) {
      this.mismatchAtEnd(what, code);
    } else if (!this.#isLost) {
      this.#isLost = true;
      this.tell(code, this.next, `Found ${this.show(this.next)}, expected ${what}`);
    }
  }

  /** The same for what is missing at the end of the line. */
  mismatchAtEnd(what: string, code: SyntaxProblem['code'] = 'syntax'): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#tellAtEnd(code, `The line ends, expected ${what}`);
  }

  /** Passes over the token that `peek` gave, in which nothing is known. */
  passOver(): void {
    const from = this.next;
    if (this.kindAt(from) === OPEN_STRING) this.#tellOpenString(from);
    this.skip();
    this.joinSkipped(from);
  }

  /** Takes the `;`, or tells that it is missing. */
  endWithSemicolon(): void {
    const kind = this.peek();
    if (kind === SEMICOLON) this.take();
    else if (kind === NOTHING || this.isLineFirst()) this.#tellMissingSemicolon();
    else this.#skipToSemicolon();
  }

  /** Ends a statement that has no `;`: what is left on its line is too much. */
  endLine(): void {
    const kind = this.peek();
    if (kind === NOTHING || this.isLineFirst()) return;
    this.mismatch('the end of the line');
    this.skipLine();
    if (this.peek() === SEMICOLON && !this.isLineFirst()) this.take();
  }

  /** Passes over the rest of the line up to a `;`. */
  skipLine(): void {
    const from = this.cursor;
    for (;;) {
      const kind = this.peek();
      if (kind === NOTHING || kind === SEMICOLON || this.isLineFirst()) return;
      if (this.kindAt(this.next) === OPEN_STRING) this.#tellOpenString(this.next);
      this.skip();
      this.joinSkipped(from);
    }
  }

  /** Takes `BU_`, `BO_`, `SG_`, `EV_` or a relation; also at the start of a line where no statement follows. */
  takeObjectKeyword(): number {
    this.peek();
    const kind = this.kindAt(this.next);
    const isObject = isKeyword(kind) && !this.looksLikeStatement(this.next);
    if (!isObject) return NOTHING;
    this.take();
    return kind;
  }

  /** Takes a word of a list of keywords: also one at the start of a line, where the whole line is words. */
  takeSymbol(): boolean {
    this.peek();
    const token = this.next;
    if (this.isCut || token >= this.columns.count || token < this.cursor) return false;
    if (this.isLineFirst() ? !this.isLineOf(isSymbol) : !isSymbol(this.kindAt(token))) return false;
    this.items.push(this.take());
    return true;
  }

  /** Tells of a problem at a token of the columns. */
  tell(code: SyntaxProblem['code'], token: number, message: string): void {
    const { starts, ends } = this.columns;
    this.#add({ code, start: starts[token]!, end: ends[token]!, message });
  }

  /** Place in the columns of a token of the statement. */
  tokenAt(place: number): number {
    return this.#first + place;
  }

  #tellAtEnd(code: SyntaxProblem['code'], message: string): void {
    const at = this.columns.ends[this.cursor - 1]!;
    this.#add({ code, start: at, end: at, message });
  }

  /** What is missing behind the cut may be there. */
  #listCut(): readonly SyntaxProblem[] {
    const at = this.columns.ends[this.cursor - 1]!;
    const most = MOST_WORDS_OF_STATEMENT.toLocaleString('en-US');
    const message = `This statement has more than ${most} words: what follows is not read`;
    return [{ code: 'syntax', start: at, end: at, message }];
  }

  #add(problem: SyntaxProblem): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push(problem);
  }

  #tellMissingSemicolon(): void {
    const last = this.columns.kinds[this.cursor - 1]! & KIND_MASK;
    // What is missing there is the quote.
    if (this.#isLost || last === OPEN_STRING) return;
    this.#tellAtEnd('missing-semicolon', 'The `;` that ends the statement is missing');
  }

  #tellOpenString(token: number): void {
    this.tell(
      'unterminated-string',
      token,
      'The closing quote of this text is missing: it is taken to end with its line',
    );
  }

  #skipToSemicolon(): void {
    this.mismatch('`;`');
    this.skipLine();
    if (this.peek() === SEMICOLON) this.take();
  }

  /** Whether there is one token too many before one of this kind. */
  #isSecond(kind: number): boolean {
    return this.peek() !== NOTHING && this.peekSecond() === kind;
  }

  #takeSecond(): number {
    this.skip();
    this.peek();
    return this.take();
  }

  #takeNumber(kind: number): number {
    const token = this.take();
    if (kind !== ODD_NUMBER) return token;
    const shown = this.show(this.tokenAt(token));
    this.tell(
      'number-form',
      this.tokenAt(token),
      `${shown} is a number in a form that cantools does not take`,
    );
    return token;
  }

  #isNotANumber(token: number): boolean {
    return /^(?:nan|inf|infinity)$/i.test(this.textOf(token));
  }
}

function isSymbol(kind: number): boolean {
  return kind === WORD || isKeyword(kind);
}
