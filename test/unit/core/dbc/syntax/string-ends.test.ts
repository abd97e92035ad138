import { describe, expect, it } from 'vitest';
import { parseDbc } from '../../../../../server/core/dbc/syntax/parse-dbc.ts';

describe('a string of several lines', () => {
  it.each([
    'CM_ "one\ntwo";',
    'CM_ "BO_ in running text\nBO_ 100 is an id, SG_ a word\nSG_ too";',
    'CM_ "an example:\nBO_ 200 OTHER: 8 X\n SG_ S : 0|8@1+ (1,0) [0|1] 1 B\nend";',
    'CM_ "an example:\nBO_ 200 OTHER: 8 X\nend" ;',
    'CM_ "an example:\nBO_ 200 OTHER: 8 X\nend"\n;',
    'CM_ "BA_ \\"A\\" 1;\nCM_ \\"text\\"";',
    'CM_ "VERSION\nBU_\n";',
  ])('is one: %j', (text) => {
    const statements = parseDbc(`${text}\nBO_ 1 NEXT: 8 A`).statements;
    expect(statements.map(({ kind }) => kind)).toEqual(['CM_', 'BO_']);
    expect(statements[0]).toMatchObject({ text: { isClosed: true }, problems: [] });
    expect(statements[0]?.end).toBe(text.length);
  });

  it.each([
    ['CM_ "not closed;', 'CM_ BO_ 1 "closed";'],
    ['CM_ "not closed;', 'BO_ 1 M: 8 A\n SG_ S : 0|8@1+ (1,0) [0|1] "" B'],
    ['CM_ "not closed;', '\r\n\r\nVAL_ 1 S 0 "a" 1 "b" ;'],
    ['CM_ "not closed;', 'BA_DEF_ "A" ENUM "x","y";'],
    ['CM_ "not closed;', 'BU_: A B\nVERSION "x"'],
    ['CM_ "not closed;', 'BO_ 1 M: 8 A'],
    ['CM_ SG_ 1 S "one "two" three;', 'CM_ "closed";'],
    ['VAL_ 1 S 0 "a 1 "b" ;', 'VAL_ 1 T 0 "a" 1 "b" ;'],
  ])('is none where a statement follows: %j then %j', (line, next) => {
    const alone = parseDbc(next).statements;
    const after = parseDbc(`${line}\n${next}`).statements;
    expect(after).toHaveLength(1 + alone.length);
    expect(after[0]?.problems[0]?.code).toMatch(/^(?:unterminated-string|syntax)$/);
    expect(after[0]?.problems.some(({ code }) => code === 'unterminated-string')).toBe(true);
    expect(after[0]?.end).toBe(line.length);
    expect(after.slice(1).map(({ kind }) => kind)).toEqual(alone.map(({ kind }) => kind));
    expect(after.slice(1).flatMap(({ problems }) => problems)).toEqual(
      alone.flatMap(({ problems }) => problems),
    );
  });

  it('that ends with a backslash ends where it was meant to', () => {
    const text = 'CM_ BO_ 1 "C:\\dir\\";\nCM_ BO_ 2 "next";';
    const [first, second] = parseDbc(text).statements;
    expect(first).toMatchObject({ text: { text: 'C:\\dir\\', isClosed: true } });
    expect(second).toMatchObject({ text: { text: 'next' }, problems: [] });
  });

  it('is searched once, however many are not closed', () => {
    const text = 'CM_ "x\\"\nBO_ 1 M: 8 A\n'.repeat(20_000);
    expect(parseDbc(text).statements).toHaveLength(40_000);
  });
});
