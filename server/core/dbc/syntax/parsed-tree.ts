import type { Statement, SyntaxTree } from './syntax-tree.ts';
import { listLineStarts } from './text-position.ts';

/** A tree that lists its lines when they are asked for. */
export class ParsedTree implements SyntaxTree {
  readonly text: string;
  readonly statements: readonly Statement[];
  #lineStarts: Uint32Array | undefined;

  constructor(text: string, statements: readonly Statement[]) {
    this.text = text;
    this.statements = statements;
  }

  get lineStarts(): Uint32Array {
    this.#lineStarts ??= listLineStarts(this.text);
    return this.#lineStarts;
  }
}
