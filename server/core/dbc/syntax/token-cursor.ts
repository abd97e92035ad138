import type { LineLexer } from './line-lexer.ts';
import { looksLikeStatement } from './statement-looks.ts';
import type { StatementSource } from './statements/statement-parts.ts';
import type { TokenColumns } from './token-columns.ts';
import {
  COMMENT,
  INTEGER,
  isKeyword,
  JUNK,
  KIND_MASK,
  LINE_FIRST,
  NOTHING,
  ODD_NUMBER,
  OPEN_STRING,
  STRING,
} from './token-kinds.ts';

const MAX_SHOWN = 40;
const ZERO = 0x30;

/** Walks tokens, lets lines be read where it comes to them, and stops where another statement begins. */
export class TokenCursor {
  readonly lexer: LineLexer;
  readonly columns: TokenColumns;
  /** The first token that was not taken. */
  cursor = 0;
  /** Token that `peek` found. */
  next = 0;
  /** No token from here on is given, as the statement is too long. */
  protected limit = 0;
  /** Whether the statement was cut there. */
  protected isCut = false;
  /** The tokens, and where they stand in the text. */
  readonly source: StatementSource;

  constructor(lexer: LineLexer, text: string, shift: number) {
    this.lexer = lexer;
    this.columns = lexer.columns;
    this.source = { columns: lexer.columns, text, shift };
  }

  /** Kind of the next token; `NOTHING` where the statement ends because another one or the end of the text follows. */
  peek(): number {
    const { columns } = this;
    for (let i = this.cursor; ; i++) {
      this.next = i;
      if (i >= this.limit) return this.#cut();
      if (i === columns.count && !this.lexer.readLine()) return NOTHING;
      const flagged = columns.kinds[i]!;
      const kind = flagged & KIND_MASK;
      if (kind === COMMENT) continue;
      if (isKeyword(kind) && this.#beginsStatement(flagged, i)) return NOTHING;
      return kind === OPEN_STRING ? STRING : kind;
    }
  }

  #cut(): number {
    this.isCut = true;
    return NOTHING;
  }

  /** Whether the token that `peek` gave begins a line. */
  isLineFirst(): boolean {
    return this.next < this.columns.count && (this.columns.kinds[this.next]! & LINE_FIRST) !== 0;
  }

  /** Passes over the token that `peek` gave. */
  skip(): void {
    this.cursor = this.next + 1;
  }

  /** Kind of the token behind the one that `peek` gave, where both are on one line. */
  peekSecond(): number {
    const { kinds, count } = this.columns;
    const second = this.next + 1;
    if (second >= count || this.next < this.cursor || (kinds[second]! & LINE_FIRST) !== 0) return NOTHING;
    const kind = kinds[second]! & KIND_MASK;
    return kind === OPEN_STRING ? STRING : kind;
  }

  /** Kind of a token of the columns, without flags; `NOTHING` where none was read. */
  kindAt(token: number): number {
    return token < this.columns.count ? this.columns.kinds[token]! & KIND_MASK : NOTHING;
  }

  /** Whether a token is a keyword with what statements have behind it. */
  looksLikeStatement(token: number): boolean {
    return looksLikeStatement(this.lexer.units, this.columns.starts[token]!);
  }

  /** Whether all that is left of the line of the next token is of some kinds. */
  isLineOf(matches: (kind: number) => boolean): boolean {
    const { kinds, count } = this.columns;
    for (let i = this.next; i < count; i++) {
      if (i > this.next && (kinds[i]! & LINE_FIRST) !== 0) return true;
      const kind = kinds[i]! & KIND_MASK;
      if (kind !== COMMENT && !matches(kind)) return false;
    }
    return true;
  }

  /** Whether a token begins with a digit. */
  isUnsigned(token: number): boolean {
    const first = this.lexer.units[this.columns.starts[token]!]!;
    return first >= ZERO && first <= ZERO + 9;
  }

  /** Text of a token. */
  textOf(token: number): string {
    const { columns, text, shift } = this.source;
    return text.slice(columns.starts[token]! + shift, columns.ends[token]! + shift);
  }

  /** A token as it is written, in quotes and not too long. */
  show(token: number): string {
    const { columns, text, shift } = this.source;
    const start = columns.starts[token]! + shift;
    const end = columns.ends[token]! + shift;
    const isLong = end - start > MAX_SHOWN;
    const word = text.slice(start, isLong ? start + MAX_SHOWN : end).replaceAll(/\s+/g, ' ');
    return `\`${word}${isLong ? '…' : ''}\``;
  }

  /** Makes one token of all from `from` on where no more were read: what is passed over need not be held. */
  joinSkipped(from: number): void {
    const { columns, cursor, lexer } = this;
    if (cursor !== columns.count || lexer.isLineEnd || cursor - from < 2) return;
    columns.kinds[from] = JUNK;
    columns.ends[from] = columns.ends[cursor - 1]!;
    columns.count = from + 1;
    this.cursor = from + 1;
  }

  #beginsStatement(flagged: number, token: number): boolean {
    return (flagged & LINE_FIRST) !== 0 || this.looksLikeStatement(token);
  }
}

/** Whether a kind is that of a number. */
export function isNumberKind(kind: number): boolean {
  return kind >= INTEGER && kind <= ODD_NUMBER;
}
