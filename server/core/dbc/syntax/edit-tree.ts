import { parseDbc } from './parse-dbc.ts';
import { MOST_STATEMENTS, MOST_WORDS } from './reading-limits.ts';
import { ParsedTree } from './parsed-tree.ts';
import type { PlacedStatement } from './statement-forms.ts';
import { StatementParser } from './statement-parser.ts';
import { ParsedRest } from './statements/other-statements.ts';
import { ParsedStatement } from './statements/parsed-statement.ts';
import type { StatementSource } from './statements/statement-parts.ts';
import type { Statement, SyntaxTree, TextEdit } from './syntax-tree.ts';
import { applyEdits, sortEdits } from './text-edits.ts';

/** Text behind an edit that is looked at first; more where it does not do. */
const FIRST_WINDOW = 4096;

/**
 * Gives the tree of the edited text: the same that `parseDbc` gives. Only statements whose reading looked at something
 * that has changed are read again; the others are moved.
 *
 * @param edits - Places in the text of `tree`, in any order. Where two overlap, the later one begins where the earlier
 *   one ends.
 */
export function editTree(tree: SyntaxTree, edits: readonly TextEdit[]): SyntaxTree {
  const sorted = sortEdits(tree.text, edits);
  const text = applyEdits(tree.text, sorted);
  const statements = tree.statements.filter(isPlaced);
  if (statements.length < tree.statements.length || statements.at(-1) instanceof ParsedRest)
    return parseDbc(text);
  const edited = new TreeEditor(statements, sorted, text).run();
  return isTooMuch(text, edited) ? parseDbc(text) : new ParsedTree(text, edited);
}

/** Whether `parseDbc` reads only a part of a text; of a short one it reads all. */
function isTooMuch(text: string, statements: readonly PlacedStatement[]): boolean {
  if (statements.length > MOST_STATEMENTS) return true;
  if (text.length < MOST_WORDS) return false;
  const words = statements.reduce((sum, { parts }) => sum + parts.count, 0);
  return words - (statements.at(-1)?.parts.count ?? 0) >= MOST_WORDS;
}

function isPlaced(statement: Statement): statement is PlacedStatement {
  return statement instanceof ParsedStatement;
}

/** Walks the old statements and the edits side by side. */
class TreeEditor {
  readonly #old: readonly PlacedStatement[];
  readonly #edits: readonly TextEdit[];
  readonly #text: string;
  readonly #statements: PlacedStatement[] = [];
  /** Next old statement. */
  #index = 0;
  /** Whether signals may stand there, in the old tree and in the new one. */
  #wasInMessage = false;
  #isInMessage = false;
  /** Edits before this one are behind us, and moved what follows by so much. */
  #edit = 0;
  #distance = 0;
  /** Where statements stood that were moved last, and where they stand now: many stand together. */
  #from: StatementSource | undefined;
  #to: StatementSource | undefined;

  constructor(old: readonly PlacedStatement[], edits: readonly TextEdit[], text: string) {
    this.#old = old;
    this.#edits = edits;
    this.#text = text;
  }

  run(): readonly PlacedStatement[] {
    for (;;) {
      this.#moveStatements();
      if (this.#edit === this.#edits.length && this.#index === this.#old.length) return this.#statements;
      if (!this.#readStatements()) return this.#statements;
    }
  }

  /** Moves statements up to the next one that an edit touches. */
  #moveStatements(): void {
    const limit = this.#edits[this.#edit]?.start ?? Infinity;
    for (; this.#index < this.#old.length; this.#index++) {
      const statement = this.#old[this.#index]!;
      if (statement.reach > limit || this.#wasInMessage !== this.#isInMessage) return;
      this.#statements.push(statement.moveTo(this.#moveSource(statement.source)));
      this.#wasInMessage = staysInMessage(statement, this.#wasInMessage);
      this.#isInMessage = this.#wasInMessage;
    }
  }

  #moveSource(from: StatementSource): StatementSource {
    const shift = from.shift + this.#distance;
    let to = this.#to;
    if (to === undefined || this.#from !== from || to.shift !== shift) {
      to = { columns: from.columns, text: this.#text, shift };
      this.#from = from;
      this.#to = to;
    }
    return to;
  }

  /** Reads until an old statement can follow. Returns false at the end of the text. */
  #readStatements(): boolean {
    let windowSize = FIRST_WINDOW;
    for (;;) {
      const from = this.#statements.at(-1)?.end ?? 0;
      const to = Math.min(this.#text.length, this.#findWindowStart(from) + windowSize);
      const end = this.#readWindow(from, to);
      if (end !== 'window') return end === 'old';
      windowSize *= 4;
    }
  }

  #readWindow(from: number, to: number): 'old' | 'text' | 'window' {
    const parser = new StatementParser({ text: this.#text, from, to });
    parser.isInMessage = this.#isInMessage;
    for (;;) {
      const statement = parser.read();
      const next = parser.findNext();
      if (parser.sawEnd && to < this.#text.length) return 'window';
      if (statement !== undefined) this.#statements.push(statement);
      this.#isInMessage = parser.isInMessage;
      if (next === undefined) return 'text';
      if (this.#canFollow(next)) return 'old';
    }
  }

  /** The next edit, or the next statement, whichever comes first. */
  #findWindowStart(from: number): number {
    const edit = this.#edits[this.#edit];
    return edit === undefined ? from : Math.max(from, edit.start + this.#distance + edit.text.length);
  }

  /** Whether an old statement begins at an offset of the new text, and was read in circumstances that still hold. */
  #canFollow(next: number): boolean {
    this.#passEdits(next);
    const limit = this.#edits[this.#edit]?.start ?? Infinity;
    const offset = next - this.#distance;
    for (; this.#index < this.#old.length; this.#index++) {
      const statement = this.#old[this.#index]!;
      if (statement.start >= offset) break;
      this.#wasInMessage = staysInMessage(statement, this.#wasInMessage);
    }
    const statement = this.#old[this.#index];
    const isSame = statement?.start === offset && this.#wasInMessage === this.#isInMessage;
    return isSame && statement.reach <= limit && offset <= limit;
  }

  #passEdits(offset: number): void {
    for (let edit = this.#edits[this.#edit]; edit !== undefined; edit = this.#edits[this.#edit]) {
      if (edit.start + this.#distance + edit.text.length > offset) return;
      this.#distance += edit.text.length - (edit.end - edit.start);
      this.#edit++;
    }
  }
}

function staysInMessage({ kind }: Statement, isInMessage: boolean): boolean {
  if (kind === 'BO_') return true;
  return isInMessage && (kind === 'SG_' || kind === '//' || kind === 'unknown');
}
