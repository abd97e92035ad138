import type { SyntaxTree } from './syntax-tree.ts';

/** Writes a tree as text, statement by statement with the white space between: the text that it was read from. */
export function printTree({ text, statements }: SyntaxTree): string {
  const pieces: string[] = [];
  let end = 0;
  for (const statement of statements) {
    pieces.push(text.slice(end, statement.start), text.slice(statement.start, statement.end));
    end = statement.end;
  }
  pieces.push(text.slice(end));
  return pieces.join('');
}
