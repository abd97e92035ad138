import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editTree } from '../../../../../server/core/dbc/syntax/edit-tree.ts';
import { parseDbc } from '../../../../../server/core/dbc/syntax/parse-dbc.ts';
import { ParsedStatement } from '../../../../../server/core/dbc/syntax/statements/parsed-statement.ts';
import type { SyntaxTree } from '../../../../../server/core/dbc/syntax/syntax-tree.ts';
import { describeTree } from './plain-tree.ts';
import { ALL_STATEMENTS } from './sample-text.ts';

const PIECES = [
  '"',
  '\n',
  ';',
  ' ',
  '\\"',
  '\r\n',
  '\r',
  'SG_ ',
  ' SG_ A : 0|8@1+ (1,0) [0|1] "" B\n',
  'BO_ 1 X: 8 A\n',
  'CM_ "',
  'CM_ "x";',
  '// x',
  'x',
  '1',
  ',',
  '\nsg_ ',
  ':',
  '.',
  '\n NS_ :\n',
  'ä',
  '_',
  '',
];

describe('editTree', () => {
  it('gives what reading the new text gives, edit after edit', () => {
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(300)),
      text: fc.oneof(fc.constantFrom(...PIECES), fc.string()),
    });
    fc.assert(
      fc.property(fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { maxLength: 6 }), (steps) => {
        let tree = parseDbc(ALL_STATEMENTS);
        for (const step of steps) {
          const { length } = tree.text;
          const edits = step.map(({ at, length: size, text }) => {
            const start = Math.floor(at * length);
            return { start, end: start + size, text };
          });
          tree = editTree(tree, edits);
          expect(describeTree(tree)).toEqual(describeTree(parseDbc(tree.text)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['in a name', 'SPEED m0', 'SPEEDY m0', 5],
    ['that opens a string', 'CM_ "of the', 'CM_ ""of the', 5],
    ['that closes a string', '(0.01,-40) [-40|250.5] "km/h"', '(0.01,-40) [-40|250.5] "km"h"', 8],
    ['that breaks a keyword', ' SG_ SPEED', ' S_ SPEED', 6],
    ['that makes a keyword of names', 'BU_: ECU_A ECU_B', 'BU_: ECU_A\nBO_ ECU_B', 5],
    ['that adds a line', 'BS_:\n', 'BS_:\n\nBU_: X\n', 5],
  ] as const)('reads a keystroke again %s, and little else', (...[, old, now, most]) => {
    const text = `${ALL_STATEMENTS}${ALL_STATEMENTS.repeat(20)}`;
    const tree = parseDbc(text);
    const start = text.indexOf(old, text.length >> 1);
    const edited = editTree(tree, [{ start, end: start + old.length, text: now }]);
    expect(describeTree(edited)).toEqual(describeTree(parseDbc(edited.text)));
    expect(countNew(tree, edited)).toBeLessThanOrEqual(most);
  });

  it('reads two statements of 13,000 lines again for a keystroke', () => {
    const lines = Array.from({ length: 13_000 }, (_, i) =>
      i % 8 === 0 ? `BO_ ${i} M${i}: 8 A` : ` SG_ S${i} : ${8 * (i % 8)}|8@1+ (1,0) [0|255] "" B`,
    );
    const tree = parseDbc(lines.join('\n'));
    const start = tree.text.indexOf('S6501');
    const edited = editTree(tree, [{ start, end: start, text: 'x' }]);
    expect(edited.statements).toHaveLength(13_000);
    expect(countNew(tree, edited)).toBeLessThanOrEqual(2);
  });

  it('reads little again also where a quote is missing for good', () => {
    const tree = parseDbc(`CM_ "open;\n${'BO_ 1 M: 8 A\n'.repeat(1000)}`);
    const start = tree.text.length - 5;
    const edited = editTree(tree, [{ start, end: start, text: '1' }]);
    expect(edited.statements).toHaveLength(1001);
    expect(countNew(tree, edited)).toBeLessThan(10);
  });

  it('sees that a list of receivers goes on behind a line break', () => {
    const tree = parseDbc('BO_ 1 M: 8 A\n SG_ S : 0|8@1+ (1,0) [0|1] "" A\n\n B,C');
    for (const text of ['', ',', '\n,']) {
      const start = tree.text.indexOf('\n B');
      const edited = editTree(tree, [{ start, end: start + 3, text }]);
      expect(describeTree(edited)).toEqual(describeTree(parseDbc(edited.text)));
    }
  });

  it('sees that a comment behind unknown lines is none any more', () => {
    const tree = parseDbc('what?\n\n// comment\n');
    const edited = editTree(tree, [{ start: 8, end: 8, text: 'x' }]);
    expect(edited.statements).toHaveLength(1);
    expect(describeTree(edited)).toEqual(describeTree(parseDbc(edited.text)));
  });

  it('takes edits in any order and does not change the old tree', () => {
    const tree = parseDbc('BO_ 1 M: 8 A\nBO_ 2 N: 8 A\n');
    const before = describeTree(tree);
    const edited = editTree(tree, [
      { start: 19, end: 20, text: 'NEW' },
      { start: 4, end: 5, text: '11' },
      { start: 1000, end: 2000, text: 'CM_ "x";' },
    ]);
    expect(edited.text).toBe('BO_ 11 M: 8 A\nBO_ 2 NEW: 8 A\nCM_ "x";');
    expect(describeTree(edited)).toEqual(describeTree(parseDbc(edited.text)));
    expect(describeTree(tree)).toEqual(before);
  });

  it('reads a tree of foreign make as a whole', () => {
    const { text, lineStarts, statements } = parseDbc('BO_ 1 M: 8 A');
    const foreign = { text, lineStarts, statements: statements.map((statement) => ({ ...statement })) };
    const edited = editTree(foreign, [{ start: 0, end: 0, text: ' ' }]);
    expect(edited.statements).toMatchObject([{ kind: 'BO_', start: 1 }]);
  });
});

/** How many statements of the second tree were not merely moved. */
function countNew(old: SyntaxTree, edited: SyntaxTree): number {
  const known = new Set(old.statements.map(partsOf));
  return edited.statements.filter((statement) => !known.has(partsOf(statement))).length;
}

function partsOf(statement: unknown): unknown {
  return statement instanceof ParsedStatement ? statement.parts : undefined;
}
