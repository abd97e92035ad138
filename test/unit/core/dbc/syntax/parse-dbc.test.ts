import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDbc } from '../../../../../server/core/dbc/syntax/parse-dbc.ts';
import { printTree } from '../../../../../server/core/dbc/syntax/print-tree.ts';
import type { Statement } from '../../../../../server/core/dbc/syntax/syntax-tree.ts';
import { describeTree, describeValue } from './plain-tree.ts';
import { ALL_STATEMENTS } from './sample-text.ts';

describe('parseDbc', () => {
  it('reads every kind of statement without a problem', () => {
    const { statements } = parseDbc(ALL_STATEMENTS);
    expect(statements.flatMap(({ problems }) => problems)).toEqual([]);
    const kinds =
      'VERSION NS_ BS_ BU_ VAL_TABLE_ BO_ SG_ SG_ SG_ BO_TX_BU_ EV_ ENVVAR_DATA_ CM_ CM_ CM_ CM_ CM_ BA_DEF_ BA_DEF_ ' +
      'BA_DEF_REL_ BA_DEF_DEF_ BA_DEF_DEF_REL_ BA_ BA_REL_ BA_REL_ VAL_ VAL_ SIG_GROUP_ SIG_VALTYPE_ SG_MUL_VAL_ unread //';
    expect(statements.map(({ kind }) => kind).join(' ')).toBe(kinds);
  });

  it('reads what begins a file', () => {
    expect(read('VERSION "1.0"')).toMatchObject({
      version: { start: 8, end: 13, text: '1.0', isClosed: true },
    });
    expect(read('BU_: A B\n C_1')).toMatchObject({ nodes: texts('A', 'B', 'C_1') });
    expect(read('BS_: 500 : 1,2')).toMatchObject({ numbers: [{ value: 500 }, { value: 1 }, { value: 2 }] });
    expect(read('VAL_TABLE_ T 1 "on" -1 "off" ;')).toMatchObject({
      name: { text: 'T' },
      values: [
        { value: { value: 1 }, label: { text: 'on' } },
        { value: { value: -1 }, label: { text: 'off' } },
      ],
    });
  });

  it.each([
    'NS_ :\n\tNS_DESC_\n\tCM_\n\tBU_SG_REL_\n\nBS_:\n\nBU_: A',
    'NS_ :\nNS_DESC_\nCM_\nBU_SG_REL_\nBS_:\nBU_: A',
    'NS_: NS_DESC_ CM_ BU_SG_REL_\nBS_:\nBU_: A',
  ])('takes the names of sections in NS_ for no statements: %j', (text) => {
    const [symbols, timing, nodes] = parseDbc(text).statements;
    expect(describeValue(symbols)).toMatchObject({
      symbols: texts('NS_DESC_', 'CM_', 'BU_SG_REL_'),
      problems: [],
    });
    expect(timing?.kind).toBe('BS_');
    expect(describeValue(nodes)).toMatchObject({ kind: 'BU_', nodes: texts('A'), problems: [] });
  });

  it('reads messages and signals', () => {
    expect(read('BO_ 2364540158 EEC1: 8 ECU')).toMatchObject({
      id: { value: 2364540158 },
      name: { text: 'EEC1', start: 15, end: 19 },
      size: { value: 8 },
      transmitter: { text: 'ECU' },
    });
    expect(readSignal('SG_ S m3M : 7|16@0- (0.5,-40) [-40|1E3] "°C" A,B')).toMatchObject({
      name: { text: 'S' },
      multiplexing: { text: 'm3M' },
      startBit: { value: 7 },
      length: { value: 16 },
      byteOrder: { value: 0 },
      sign: { text: '-' },
      factor: { value: 0.5, text: '0.5' },
      offset: { value: -40 },
      minimum: { value: -40 },
      maximum: { value: 1000 },
      unit: { text: '°C' },
      receivers: texts('A', 'B'),
      problems: [],
    });
  });

  it('reads signals over several lines and with blanks anywhere', () => {
    const plain = readSignal('SG_ S : 0|8@1+ (1,0) [0|255] "" B') as Record<string, { value: number }>;
    const broken = readSignal('SG_ S:\n 0 | 8 @ 1 +\n\t( 1 , 0 ) [ 0 | 255 ]\n"" B') as typeof plain;
    expect(broken['problems']).toEqual([]);
    for (const field of ['startBit', 'length', 'byteOrder', 'factor', 'offset', 'minimum', 'maximum']) {
      expect(broken[field]?.value, field).toBe(plain[field]?.value);
    }
  });

  it('reads signals in one pass as it does token by token', () => {
    const name = fc.constantFrom('A', 'SG_X', 'x1', 'M', 'm0', 'BO_', 'é', 'a_');
    const number = fc.constantFrom('0', '12', '-4', '+1', '0.5', '1e3', '-2.5E-3', '.5', '0x1', '5.');
    const gap = fc.constantFrom('', ' ', '\t');
    const parts = fc.tuple(name, gap, fc.option(name), number, number, number, number, gap);
    fc.assert(
      fc.property(
        parts,
        fc.array(name, { maxLength: 3 }),
        ([own, blank, marker, a, b, c, d, gap2], receivers) => {
          const head = `SG_ ${own} ${marker ?? ''}${blank}:${gap2}0|8@1+${blank}(${a},${b})${gap2}[${c}${blank}|${d}]`;
          const line = `${head} "${blank}"${gap2}${receivers.join(`${blank},${gap2}`)}`;
          // Behind a comment nothing is read in one pass.
          const slow = readSignal(`${line} // x`);
          expect(readSignal(line)).toEqual(slow);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('reads receivers that go on in the next line, whatever stands at its start', () => {
    const line = 'SG_ S : 0|8@1+ (1,0) [0|255] "" A';
    for (const rest of [',\nB', '\n,B', '\n\n , B'])
      expect(readSignal(`${line}${rest}`)).toMatchObject({ receivers: texts('A', 'B'), problems: [] });
  });

  it('reads comments about everything', () => {
    expect(read('CM_ "a \\"b\\"\r\nc";')).toMatchObject({
      object: { scope: 'network' },
      text: { text: 'a "b"\r\nc' },
    });
    expect(read('CM_ BU_ A "x";')).toMatchObject({ object: { scope: 'BU_', node: { text: 'A' } } });
    expect(read('CM_ BO_ 1 "x";')).toMatchObject({ object: { scope: 'BO_', id: { value: 1 } } });
    const signal = { scope: 'SG_', id: { value: 1 }, signal: { text: 'S' } };
    expect(read('CM_ SG_ 1 S "x";')).toMatchObject({ object: signal, text: { text: 'x' } });
    expect(read('CM_\nSG_ 1 S\n"x"\n;')).toMatchObject({ object: signal, problems: [] });
    expect(read('CM_ EV_ E "x";')).toMatchObject({ object: { scope: 'EV_', name: { text: 'E' } } });
  });

  it('reads attributes', () => {
    expect(read('BA_DEF_ BO_ "A" INT 0 10;')).toMatchObject({
      scope: 'BO_',
      name: { text: 'A' },
      type: { text: 'INT' },
      minimum: { value: 0 },
      maximum: { value: 10 },
      choices: [],
    });
    expect(read('BA_DEF_ "A" ENUM  "x","y";')).toMatchObject({ scope: 'network', choices: texts('x', 'y') });
    expect(read('BA_DEF_DEF_ "A" "x";')).toMatchObject({ value: { text: 'x', isClosed: true } });
    expect(read('BA_ "A" SG_ 1 S -2;')).toMatchObject({
      object: { scope: 'SG_', id: { value: 1 }, signal: { text: 'S' } },
      value: { value: -2 },
    });
    expect(read('BA_ "A" 3;')).toMatchObject({ object: { scope: 'network' }, value: { value: 3 } });
    expect(read('BA_REL_ "A" BU_SG_REL_ N SG_ 1 S 5;')).toMatchObject({
      scope: 'BU_SG_REL_',
      node: { text: 'N' },
      object: { scope: 'SG_', id: { value: 1 }, signal: { text: 'S' } },
      value: { value: 5 },
      problems: [],
    });
    expect(read('BA_REL_ "A" BU_BO_REL_ N 1 "x";')).toMatchObject({
      object: { scope: 'BO_', id: { value: 1 } },
      value: { text: 'x' },
    });
  });

  it('reads what refers to signals', () => {
    expect(read('VAL_ 1 S 0 "a" 1 "b" ;')).toMatchObject({
      id: { value: 1 },
      name: { text: 'S' },
      table: undefined,
    });
    expect(read('VAL_ ENV 0 "a";')).toMatchObject({ id: undefined, name: { text: 'ENV' } });
    expect(read('SIG_VALTYPE_ 1 S : 2;')).toMatchObject({ signal: { text: 'S' }, type: { value: 2 } });
    expect(read('SG_MUL_VAL_ 1 S M 0-0, 5 - 7,10-12;')).toMatchObject({
      ranges: [
        { low: 0, high: 0, start: 18, end: 21 },
        { low: 5, high: 7 },
        { low: 10, high: 12 },
      ],
      problems: [],
    });
    expect(read('SIG_GROUP_ 1 G 1 : A B;')).toMatchObject({
      repetitions: { value: 1 },
      signals: texts('A', 'B'),
    });
    expect(read('BO_TX_BU_ 1 : A,B;')).toMatchObject({ nodes: texts('A', 'B') });
    expect(read('EV_ E: 1 [-1|4] "m" 2 3 DUMMY_NODE_VECTOR0 A,B;')).toMatchObject({
      type: { value: 1 },
      minimum: { value: -1 },
      maximum: { value: 4 },
      unit: { text: 'm' },
      initial: { value: 2 },
      number: { value: 3 },
      access: { text: 'DUMMY_NODE_VECTOR0' },
      nodes: texts('A', 'B'),
    });
  });

  it('reads several statements of one line', () => {
    const text =
      'VERSION "" BU_: A B BO_ 1 M: 8 A SG_ S : 0|8@1+ (1,0) [0|1] "" B CM_ "x"; VAL_ 1 S 0 "a"; // end';
    const { statements } = parseDbc(text);
    expect(statements.map(({ kind }) => kind)).toEqual(['VERSION', 'BU_', 'BO_', 'SG_', 'CM_', 'VAL_', '//']);
    expect(statements.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it('keeps every character of any text', () => {
    const pieces = ALL_STATEMENTS.split(/(\s|")/);
    const text = fc.string({ unit: fc.constantFrom(...pieces, '\0', '\ud800', '\u00a0', '//', '\\') });
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), (some) => expectWhole(some)),
      { numRuns: 1000 },
    );
  });

  it('is not led astray by names of the language', () => {
    expect(describeTree(parseDbc('__proto__ constructor\nBU_: __proto__ toString'))).toMatchObject({
      statements: [{ kind: 'unknown' }, { kind: 'BU_', nodes: texts('__proto__', 'toString') }],
    });
  });

  it('takes millions of lines that are no DBC for one thing', () => {
    const { statements } = parseDbc('lorem, ipsum; "dolor\n'.repeat(200_000));
    expect(statements).toHaveLength(1);
    expect(parseDbc('"\n'.repeat(100_000)).statements).toHaveLength(1);
    expect(parseDbc('CM_ \\"\n'.repeat(50_000)).statements).toHaveLength(50_000);
    expect(parseDbc(`SG_ ${', '.repeat(500_000)}`).statements).toHaveLength(1);
  });
});

function expectWhole(text: string): void {
  const tree = parseDbc(text);
  expect(printTree(tree)).toBe(text);
  let end = 0;
  for (const statement of tree.statements) {
    expect(text.slice(end, statement.start)).toMatch(/^\s*$/);
    expect(statement.end).toBeGreaterThan(statement.start);
    for (const problem of statement.problems) {
      expect(problem.start).toBeGreaterThanOrEqual(statement.start);
      expect(problem.end).toBeLessThanOrEqual(statement.end);
    }
    end = statement.end;
  }
  expect(text.slice(end)).toMatch(/^\s*$/);
}

function texts(...words: string[]): object[] {
  return words.map((text) => ({ text }));
}

function read(text: string): unknown {
  const { statements } = parseDbc(text);
  expect(statements).toHaveLength(1);
  return describeValue(statements[0]);
}

function readSignal(line: string): unknown {
  const statement = parseDbc(`BO_ 1 M: 8 A\n ${line}`).statements[1] as Statement;
  // The range ends where the comment begins that makes it be read token by token.
  return describeValue(statement);
}
