import type { SyntaxProblem, TextRange } from '../syntax-tree.ts';
import type { StatementParts, StatementSource } from './statement-parts.ts';

const NO_PROBLEMS: readonly SyntaxProblem[] = [];

/**
 * A statement in a text. Its fields are made anew each time they are asked for, out of tokens in columns: most are never
 * asked for, and a statement that moves with an edit costs next to nothing.
 */
export abstract class ParsedStatement {
  readonly source: StatementSource;
  /** What it was made from: the same for a statement that only moved. */
  readonly parts: StatementParts;

  constructor(source: StatementSource, parts: StatementParts) {
    this.source = source;
    this.parts = parts;
  }

  get start(): number {
    const { columns, shift } = this.source;
    return columns.starts[this.parts.first]! + shift;
  }

  get end(): number {
    const { columns, shift } = this.source;
    return columns.ends[this.parts.first + this.parts.count - 1]! + shift;
  }

  get keyword(): TextRange {
    const { columns, shift } = this.source;
    return { start: this.start, end: columns.ends[this.parts.first]! + shift };
  }

  get problems(): readonly SyntaxProblem[] {
    const { problems } = this.parts;
    if (problems.length === 0) return NO_PROBLEMS;
    return moveProblems(problems, this.source.shift);
  }

  /** Offset from which on an edit changes nothing of this statement. */
  get reach(): number {
    return this.parts.reach + this.source.shift;
  }

  /** Whether it is known to be written as nearly all of its kind are. */
  get isUsual(): boolean {
    return this.parts.shape.isUsual;
  }

  /** The same statement where its tokens stand elsewhere. */
  moveTo(source: StatementSource): this {
    const maker = this.constructor as new (source: StatementSource, parts: StatementParts) => this;
    return new maker(source, this.parts);
  }

  /** The whole statement as it is written. */
  protected get writtenText(): string {
    return this.source.text.slice(this.start, this.end);
  }
}

/** On its own, as a closure would cost the many statements without problems, too. */
function moveProblems(problems: readonly SyntaxProblem[], shift: number): readonly SyntaxProblem[] {
  if (shift === 0) return problems;
  return problems.map((problem) => ({
    ...problem,
    start: problem.start + shift,
    end: problem.end + shift,
  }));
}
