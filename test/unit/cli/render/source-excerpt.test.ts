import { describe, expect, it } from 'vitest';
import { writeExcerpt } from '../../../../cli/render/source-excerpt.ts';

const asIs = (text: string): string => text;

function excerpt(line: string, from: number, to: number): readonly string[] {
  const place = { start: { line: 0, character: from }, end: { line: 0, character: to } };
  return writeExcerpt([line], place, asIs);
}

describe('writeExcerpt', () => {
  it.each([
    { what: 'a word', lines: excerpt('BO_ 12 X', 4, 6), expected: ['1 | BO_ 12 X', '  |     ^^'] },
    { what: 'nothing', lines: excerpt('BO_', 3, 3), expected: ['1 | BO_', '  |    ^'] },
    { what: 'a tab', lines: excerpt('\tSG_ A', 5, 6), expected: ['1 |  SG_ A', '  |      ^'] },
    { what: 'wide letters', lines: excerpt('"車速" A', 5, 6), expected: ['1 | "車速" A', '  |        ^'] },
    { what: 'wide letters below carets', lines: excerpt('車速', 0, 2), expected: ['1 | 車速', '  | ^^^^'] },
    { what: 'joined marks', lines: excerpt('a\u0301 b', 3, 4), expected: ['1 | a\u0301 b', '  |   ^'] },
    {
      what: 'a place beyond its line',
      lines: excerpt('abc', 9, 12),
      expected: ['1 | abc', '  |    ^'],
    },
  ])('points at $what', ({ lines, expected }) => {
    expect(lines).toEqual(expected);
  });

  it('points at the rest of a line where more is meant', () => {
    const place = { start: { line: 0, character: 4 }, end: { line: 3, character: 1 } };
    expect(writeExcerpt(['BO_ 12', 'X'], place, asIs)).toEqual(['1 | BO_ 12', '  |     ^^']);
  });

  it('says nothing of a line that is not there', () => {
    const place = { start: { line: 5, character: 0 }, end: { line: 5, character: 1 } };
    expect(writeExcerpt(['a'], place, asIs)).toEqual([]);
  });

  it('cuts a long line around the place', () => {
    const [shown = '', carets = ''] = excerpt(`${'a'.repeat(500)}X${'b'.repeat(100_000)}`, 500, 501);
    expect(shown).toBe(`1 | …${'a'.repeat(40)}X${'b'.repeat(79)}…`);
    expect(carets).toBe(`  |  ${' '.repeat(40)}^`);
  });
});
