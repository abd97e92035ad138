import { describe, expect, it } from 'vitest';
import { parseDbc } from '../../../../../server/core/dbc/syntax/parse-dbc.ts';
import { describeValue } from './plain-tree.ts';

/** What is wrong with a line of a message: code, what is marked, and a part of what is told. */
const SIGNAL_PROBLEMS = [
  ['SG_ S : 0|8@1+ (.5,0) [0|1] "" B', 'number-form', '.5', 'cantools', { factor: { value: 0.5 } }],
  [
    'SG_ S : 0|8@1+ (0,5,2) [0|1] "" B',
    'number-form',
    '0,5',
    'comma',
    { factor: { value: 0.5 }, offset: { value: 2 } },
  ],
  ['SG_ S : 0|8@1+ (1,0) [0|1,5] "" B', 'number-form', '1,5', 'comma', { maximum: { value: 1.5 } }],
  ['SG_ S : 0|8@1+ (NaN,0) [0|1] "" B', 'number-form', 'NaN', 'the factor', { offset: { value: 0 } }],
  ['SG_ S : 0.5|8@1+ (1,0) [0|1] "" B', 'number-form', '0.5', 'whole number', { length: { value: 8 } }],
  ['SG_ S : 0x10|8@1+ (1,0) [0|1] "" B', 'number-form', '0x10', 'cantools', { startBit: { value: 16 } }],
  [
    'SG_ S : 0|8@1u (1,0) [0|1] "" B',
    'syntax',
    'u',
    '`+` or `-`',
    { byteOrder: { value: 1 }, factor: { value: 1 } },
  ],
  [
    'SG_ S : 0|8@1+ (1,0) "" B',
    'syntax',
    '""',
    'the range',
    { offset: { value: 0 }, receivers: [{ text: 'B' }] },
  ],
  [
    'SG_ S : 0|8@1+ (1,0) [0|1] B',
    'syntax',
    'B',
    'the unit',
    { maximum: { value: 1 }, receivers: [{ text: 'B' }] },
  ],
  ['SG_ S : 0|8@1+ (1,0) [0|1] "" B C', 'syntax', 'C', '`,`', { receivers: [{ text: 'B' }, { text: 'C' }] }],
  ['SG_ S : 0|8@1+ (1,0) [0|1] "" B;', 'syntax', ';', 'the end of the line', { receivers: [{ text: 'B' }] }],
  [
    'SG_ S : 0|8@1+ (1,0) [0|1] " B',
    'unterminated-string',
    '" B',
    'closing quote',
    { unit: { isClosed: false } },
  ],
  ['SG_ S x0 : 0|8@1+ (1,0) [0|1] "" B', 'mux-marker', 'x0', '`M`', { multiplexing: { text: 'x0' } }],
  ['SG_ S m : 0|8@1+ (1,0) [0|1] "" B', 'mux-marker', 'm', '`M`', { startBit: { value: 0 } }],
  ['SG_ S 0|8@1+ (1,0) [0|1] "" B', 'syntax', '0', '`:`', { startBit: { value: 0 }, factor: { value: 1 } }],
  ['SG_ : 0|8@1+ (1,0) [0|1] "" B', 'syntax', ':', 'the name of a signal', { length: { value: 8 } }],
  ['SG_ BO_ : 0|8@1+ (1,0) [0|1] "" B', 'syntax', 'BO_', 'keyword', { name: { text: 'BO_' } }],
  ['SG_ S : 0|8@1+ (1,0) [0|1 "" B', 'syntax', '""', '`]`', { unit: { text: '' } }],
  ['SG_ S : 0|8', 'syntax', '', '`@`', { length: { value: 8 }, factor: undefined }],
  ['sg_ S : 0|8@1+ (1,0) [0|1] "" B', 'keyword-case', 'sg_', '`SG_`', { kind: 'SG_', name: { text: 'S' } }],
] as const;

const STATEMENT_PROBLEMS = [
  ['VERSION', 'syntax', '', 'the version', {}],
  ['BU_: A,B', 'syntax', ',', 'a blank', { nodes: [{ text: 'A' }, { text: 'B' }] }],
  ['BU_: A -5 B', 'syntax', '-5', 'the end of the line', { nodes: [{ text: 'A' }] }],
  ['BO_ 1 M: A', 'syntax', 'A', 'the size', { size: undefined, transmitter: { text: 'A' } }],
  ['BO_ 1 M: 8', 'syntax', '', 'the transmitter', { size: { value: 8 } }],
  ['BO_ 0x64 M: 8 A', 'number-form', '0x64', 'cantools', { id: { value: 100, text: '0x64' } }],
  ['VAL_ 1 S 0 "a"', 'missing-semicolon', '', '`;`', { values: [{ label: { text: 'a' } }] }],
  ['VAL_ 1 S OnOff ;', 'syntax', 'OnOff', 'value table', { table: { text: 'OnOff' } }],
  ['VAL_ 1 S 0.5 "a" ;', 'val-float', '0.5', 'whole number', { values: [{ value: { value: 0.5 } }] }],
  [
    'VAL_ 1 S 0 a 1 "b" ;',
    'syntax',
    'a',
    'the text',
    { values: [{ value: { value: 1 }, label: { text: 'b' } }] },
  ],
  [
    'CM_ 100 "x";',
    'comment-syntax',
    '100',
    '`BO_`',
    { object: { scope: 'BO_', id: { value: 100 } }, text: { text: 'x' } },
  ],
  ['CM_ 100 S "x";', 'comment-syntax', '100', '`SG_`', { object: { scope: 'SG_', signal: { text: 'S' } } }],
  [
    'CM_ SG_ 100 "x";',
    'comment-syntax',
    '"x"',
    'the name of a signal',
    { object: { id: { value: 100 } }, text: { text: 'x' } },
  ],
  [
    'CM_ BO_ 100 "x;',
    'unterminated-string',
    '"x;',
    'closing quote',
    { text: { text: 'x;', isClosed: false } },
  ],
  ['CM_ BO_ 100 "x"', 'missing-semicolon', '', '`;`', { text: { text: 'x' } }],
  ['SIG_VALTYPE_ 1 S 1;', 'syntax', '1', '`:`', { type: { value: 1 } }],
  ['SG_MUL_VAL_ 1 S M 0-0', 'missing-semicolon', '', '`;`', { ranges: [{ low: 0, high: 0 }] }],
  ['SG_MUL_VAL_ 1 S M ;', 'syntax', ';', 'first value', { multiplexor: { text: 'M' } }],
  ['BA_ "A" BO_ 1 x;', 'syntax', 'x', 'a number', { object: { id: { value: 1 } }, value: undefined }],
  ['BA_DEF_ "A" INT;', 'syntax', ';', 'the smallest value', { type: { text: 'INT' } }],
  ['SIG_GROUP_ 1 G 1 : A,B;', 'syntax', ',', 'a blank', { signals: [{ text: 'A' }, { text: 'B' }] }],
  ['BO_TX_BU_ 1 : A B;', 'syntax', 'B', '`,`', { nodes: [{ text: 'A' }, { text: 'B' }] }],
  ['FOO_ 100 bar;', 'syntax', 'FOO_', 'a keyword', { kind: 'unknown', word: { text: 'FOO_' } }],
  [
    ' SG_ S : 0|8@1+ (1,0) [0|1] "" B',
    'syntax',
    'SG_',
    'outside of a message',
    { kind: 'SG_', name: { text: 'S' } },
  ],
] as const;

describe('problems', () => {
  it.each(SIGNAL_PROBLEMS)(
    'of a signal are told and the rest of it is read: %s',
    (...[line, code, marked, told, fields]) => {
      const text = `BO_ 1 M: 8 A\n ${line}\n SG_ NEXT : 8|8@1+ (1,0) [0|1] "" B\n`;
      const { statements } = parseDbc(text);
      expect(statements).toHaveLength(3);
      expectProblem(text, statements[1]?.problems ?? [], [code, marked, told]);
      expect(describeValue(statements[1])).toMatchObject(fields);
      expect(describeValue(statements[2])).toMatchObject({ name: { text: 'NEXT' }, problems: [] });
    },
  );

  it.each(STATEMENT_PROBLEMS)(
    'of a statement are told and the rest is read: %s',
    (...[line, code, marked, told, fields]) => {
      const text = `${line}\nBO_ 2 NEXT: 8 A\n`;
      const { statements } = parseDbc(text);
      expect(statements).toHaveLength(2);
      const expected = marked === ',' || marked === '-5' ? 1 : (statements[0]?.problems.length ?? 0);
      expect(expected).toBe(1);
      expectProblem(text, statements[0]?.problems ?? [], [code, marked, told]);
      expect(describeValue(statements[0])).toMatchObject(fields);
      expect(describeValue(statements[1])).toMatchObject({ name: { text: 'NEXT' }, problems: [] });
    },
  );

  it('lie where the semicolon is missing, not where the next statement begins', () => {
    const text = 'VAL_ 1 S 0 "a"  \n\nCM_ "x";';
    const [problem] = parseDbc(text).statements[0]?.problems ?? [];
    expect(problem).toMatchObject({ code: 'missing-semicolon', start: 14, end: 14 });
  });

  it('are few where much is wrong in one statement', () => {
    const text = `BU_: ${'A,,'.repeat(10_000)}`;
    expect(parseDbc(text).statements[0]?.problems.length).toBeLessThan(20);
  });

  it('belong to lines, of which those that are none are one', () => {
    const { statements } = parseDbc('foo 1;\n\n  bar "x\nBO_ 1 M: 8 A\nbaz');
    expect(statements.map(({ kind, start, end }) => [kind, start, end])).toEqual([
      ['unknown', 0, 16],
      ['BO_', 17, 29],
      ['unknown', 30, 33],
    ]);
  });
});

type Told = readonly [code: string, marked: string, told: string];

function expectProblem(
  text: string,
  problems: readonly { code: string; start: number; end: number; message: string }[],
  [code, marked, told]: Told,
): void {
  const [problem] = problems;
  expect(problem?.code).toBe(code);
  expect(text.slice(problem?.start, problem?.end)).toBe(marked);
  expect(problem?.message).toContain(told);
}
