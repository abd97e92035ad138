import { describe, expect, it } from 'vitest';
import { lint, showFindings } from './linting.ts';

const HEAD = 'VERSION ""\n\nBS_:\n\nBU_: XXX\n\n';
const CLEAN = `${HEAD}BO_ 256 M: 8 XXX\n SG_ S : 0|8@1+ (1,0) [0|255] "" XXX\n SG_ T : 4|8@1+ (1,0) [0|255] "" XXX\n`;

describe('findDiagnostics', () => {
  it('says nothing of a file in which nothing is wrong', () => {
    const text = `${HEAD}BO_ 256 M: 8 XXX\n SG_ S : 0|8@1+ (1,0) [0|255] "" XXX\nVAL_ 256 S 0 "off" 1 "on";\n`;
    for (const profile of ['opendbc', 'candb++', 'cantools'] as const)
      expect(lint(text, { profile })).toEqual([]);
  });

  it('leaves out what the comment of a message allows, of that message only', () => {
    const other = CLEAN.slice(HEAD.length).replace('256 M', '257 N');
    const allowed = `${CLEAN}${other}CM_ BO_ 256 "Both meanings are real. cts-lint: allow overlap, min-max";\n`;
    expect(showFindings(CLEAN, lint(CLEAN))).toEqual(['overlap@9']);
    expect(showFindings(allowed, lint(allowed))).toEqual(['overlap@12']);
  });

  it('leaves out what the comment of a signal or of the network allows', () => {
    expect(lint(`${CLEAN}CM_ SG_ 256 T "cts-lint: allow overlap";\n`)).toEqual([]);
    expect(lint(`${CLEAN}CM_ "cts-lint: allow overlap";\n`)).toEqual([]);
    expect(lint(`${CLEAN}CM_ "cts-lint: allow overlaps";\n`)).toHaveLength(1);
  });

  it('says where an id of 29 bits is read by whom', () => {
    const text = `${HEAD}BO_ 2048 M: 8 XXX\n`;
    const [opendbc] = lint(text);
    const [cantools] = lint(text, { profile: 'cantools' });
    expect(opendbc).toMatchObject({ code: 'id-range', severity: 'information' });
    expect(cantools).toMatchObject({ code: 'id-range', severity: 'error' });
    expect(text.slice(cantools?.start, cantools?.end)).toBe('2048');
    expect(cantools?.message).toContain('2048 (0x800) of M needs 29 bits');
  });

  it('takes names for names, whatever they are', () => {
    const text = `${HEAD}BO_ 256 __proto__: 8 XXX\n SG_ constructor : 0|8@1+ (1,0) [0|255] "" XXX\nVAL_ 256 toString 0 "a";\n`;
    expect(showFindings(text, lint(text))).toEqual(['ref-signal@9']);
  });

  it('compares checksums with where their algorithm has them', () => {
    const text = `${HEAD}BO_ 256 M: 8 XXX\n SG_ CHECKSUM : 56|8@1+ (1,0) [0|255] "" XXX\n`;
    expect(lint(text, { fileName: 'opendbc/dbc/toyota_x.dbc' })).toEqual([]);
    expect(lint(text, { fileName: 'subaru_global_x.dbc' }).map(({ code }) => code)).toEqual([
      'checksum-layout',
    ]);
  });

  it('mends an id that many messages have once, wherever it is named', () => {
    const text = 'BO_ 2048 M: 8 XXX\n'.repeat(2_000);
    const fixes = lint(text, { profile: 'cantools' }).filter(({ code, fix }) => code === 'id-range' && fix);
    expect(fixes.map(({ fix }) => fix?.edits.length)).toEqual([2_000]);
  });

  it('keeps every finding that can be fixed, and few of those that cannot', () => {
    const signals = Array.from(
      { length: 200 },
      (_, index) => ` SG_ S${String(index)} : 0|8@1+ (1,0) [9|8] ""`,
    );
    const found = lint(`${HEAD}BO_ 256 M: 8 XXX\n${signals.join('\n')}\n`);
    expect(found.filter(({ code }) => code === 'no-receiver')).toHaveLength(200);
    expect(found.filter(({ code }) => code === 'min-max')).toHaveLength(50);
    expect(found.filter(({ code }) => code === 'min-max').at(-1)?.message).toMatch(/ \(and 150 more\)$/);
  });

  it('is not stopped by numbers that are none', () => {
    const text = `${HEAD}BO_ 1e999 M: 1e999 XXX\n SG_ S : 1e999|1e999@1e9+ (1e999,NaN) [1e999|-1e999] "" XXX\n\0\ud800\n`;
    for (const profile of ['opendbc', 'candb++', 'cantools'] as const)
      expect(lint(text, { profile }).length).toBeGreaterThan(0);
  });
});

it('a list of values that repeats one a hundred thousand times is looked at once', () => {
  const text = `BO_ 1 M: 8 X\n SG_ S : 0|8@1+ (1,0) [0|0] "" X\nVAL_ 1 S ${'0 "a" '.repeat(100_000)};\n`;
  const started = performance.now();
  const found = lint(text).filter(({ code }) => code === 'val-dup');
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(found).toHaveLength(99_999);
  expect(found.every(({ fix }) => fix !== undefined)).toBe(true);
});

it('an entry between two of one value keeps them, as the last text counts', () => {
  const found = lint(
    'BO_ 1 M: 8 X\n SG_ S : 0|8@1+ (1,0) [0|0] "" X\nVAL_ 1 S 0 "a" 0 "b" 0 "a" 1 "c" 1 "c" ;\n',
  );
  const repeated = found.filter(({ code }) => code === 'val-dup');
  expect(repeated.map(({ fix }) => fix?.edits.length)).toEqual([undefined, undefined, 1]);
});

it.each([
  ['BO_ 29e1 M: 8 X', '29e1'],
  ['BO_ x291 M: 8 X', 'x291'],
  ['BO_ 291 M: 8x X', '8x'],
  ['BO_ 291 M: 8 X\n SG_ S : 0|8@1+ (--1,0) [0|0] "" X', '--1'],
  ['BO_ 291 M: 8 X\n SG_ S m1 : 0|8@1+ (1,5-) [0|0] "" X', '5-'],
])('%s is a line with which opendbc refuses the file', (lines, word) => {
  const text = `${HEAD}${lines}\n`;
  const refused = lint(text).filter(({ code }) => code === 'opendbc-refuses');
  expect(refused.map(({ start, end, severity }) => [text.slice(start, end), severity])).toEqual([
    [word, 'error'],
  ]);
});
