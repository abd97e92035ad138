import { ParsedTree } from './parsed-tree.ts';
import { MOST_STATEMENTS, MOST_WORDS } from './reading-limits.ts';
import { StatementParser } from './statement-parser.ts';
import type { Statement, SyntaxTree } from './syntax-tree.ts';

/**
 * Reads a DBC text, whatever is in it: what is wrong with a statement is among its `problems`, and what is none is kept
 * as unknown. A broken statement ends before the next line that begins with a keyword.
 */
export function parseDbc(text: string): SyntaxTree {
  const parser = new StatementParser({ text, from: 0, to: text.length });
  const statements: Statement[] = [];
  for (;;) {
    const isFull = statements.length >= MOST_STATEMENTS || parser.words >= MOST_WORDS;
    const statement = isFull ? parser.readRest() : parser.read();
    if (statement === undefined) return new ParsedTree(text, statements);
    statements.push(statement);
  }
}
