import { describe, expect, it } from 'vitest';
import { editTree } from '../../../../../server/core/dbc/syntax/edit-tree.ts';
import { parseDbc } from '../../../../../server/core/dbc/syntax/parse-dbc.ts';
import { printTree } from '../../../../../server/core/dbc/syntax/print-tree.ts';
import {
  MOST_STATEMENTS,
  MOST_WORDS_OF_STATEMENT,
} from '../../../../../server/core/dbc/syntax/reading-limits.ts';
import type { SyntaxTree } from '../../../../../server/core/dbc/syntax/syntax-tree.ts';

const COMMENT = 'CM_ "x";\n';

/** Of each statement its kind, where it is, and what is wrong. */
function outline({ statements }: SyntaxTree): readonly string[] {
  return statements.map(({ kind, start, end, problems }) =>
    [kind, start, end, ...problems.map(({ message }) => message)].join(' '),
  );
}

/** Millions of words take seconds, on a busy machine many. */
const PATIENCE = { timeout: 120_000 };

describe('texts that are too much to read', PATIENCE, () => {
  const full = COMMENT.repeat(MOST_STATEMENTS);

  it('are read up to a number of statements, and kept whole', () => {
    expect(parseDbc(full).statements.at(-1)?.kind).toBe('CM_');
    const text = `${full}\n BO_ 1 A: 8 X\n SG_ `;
    const tree = parseDbc(text);
    expect(printTree(tree)).toBe(text);
    expect(tree.statements).toHaveLength(MOST_STATEMENTS + 1);
    expect(tree.statements.at(-1)).toMatchObject({
      kind: 'unknown',
      start: full.length + 2,
      end: text.trimEnd().length,
      problems: [
        {
          code: 'syntax',
          message: 'What follows is not read: of a text, 500,000 statements and 4,000,000 words are',
        },
      ],
    });
  });

  it('are edited to what reading them anew gives', () => {
    const more = editTree(parseDbc(full), [{ start: 0, end: 0, text: COMMENT }]);
    expect(outline(more)).toEqual(outline(parseDbc(more.text)));
    const less = editTree(more, [{ start: 0, end: 2 * COMMENT.length, text: '' }]);
    expect(outline(less)).toEqual(outline(parseDbc(less.text)));
    expect(less.statements.at(-1)?.kind).toBe('CM_');
  });

  it('are read up to a number of words', () => {
    const list = `BU_: ${'A '.repeat(MOST_WORDS_OF_STATEMENT - 10)}\n`;
    const tree = parseDbc(list.repeat(18));
    expect(printTree(tree) === list.repeat(18)).toBe(true);
    expect(tree.statements.map(({ kind }) => kind)).toEqual([...Array<string>(17).fill('BU_'), 'unknown']);
  });

  it.each([
    { kind: 'VAL_', text: `VAL_ 1 S ${'0 "a" '.repeat(MOST_WORDS_OF_STATEMENT)};\n` },
    { kind: 'BU_', text: `BU_: ${'A '.repeat(MOST_WORDS_OF_STATEMENT + 5)}\n` },
    { kind: 'NS_', text: `NS_ :\n${' A\n'.repeat(MOST_WORDS_OF_STATEMENT + 5)}\n` },
    { kind: 'BO_TX_BU_', text: `BO_TX_BU_ 1 : ${'A,'.repeat(MOST_WORDS_OF_STATEMENT)}A;\n` },
  ])('that are one $kind end where it is too long', ({ kind, text }) => {
    const tree = parseDbc(`${text}${COMMENT}`);
    expect(printTree(tree)).toBe(text + COMMENT);
    expect(tree.statements.map((statement) => statement.kind)).toEqual([kind, 'unknown', 'CM_']);
    expect(tree.statements[0]?.problems.map(({ message }) => message)).toEqual([
      'This statement has more than 250,000 words: what follows is not read',
    ]);
  });
});
