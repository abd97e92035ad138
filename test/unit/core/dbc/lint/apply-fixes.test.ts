import { describe, expect, it } from 'vitest';
import { applyFixes } from '../../../../../server/core/dbc/lint/apply-fixes.ts';
import type { Diagnostic } from '../../../../../server/core/dbc/lint/diagnostic.ts';
import { lint } from './linting.ts';

function fix(...edits: readonly (readonly [start: number, end: number, text: string])[]): Diagnostic {
  const list = edits.map(([start, end, text]) => ({ start, end, text }));
  return {
    code: 'syntax',
    severity: 'error',
    start: 0,
    end: 0,
    message: '',
    fix: { title: '', edits: list },
  };
}

describe('applyFixes', () => {
  it('applies fixes in any order', () => {
    expect(applyFixes('abcdef', [fix([4, 5, 'E']), fix([1, 2, 'BB'], [5, 6, ''])])).toEqual({
      text: 'aBBcdE',
      applied: 2,
    });
  });

  it('applies a fix as a whole or not at all', () => {
    expect(applyFixes('abcdef', [fix([1, 3, '-']), fix([0, 1, 'A'], [2, 4, '+'])])).toEqual({
      text: 'a-def',
      applied: 1,
    });
  });

  it('lets one of two that put something in at one place wait', () => {
    expect(applyFixes('ab', [fix([1, 1, 'x']), fix([1, 1, 'y'])])).toEqual({ text: 'axb', applied: 1 });
    expect(applyFixes('ab', [fix([1, 1, 'x']), fix([1, 2, 'y'])])).toEqual({ text: 'axy', applied: 2 });
  });

  it('leaves a text without fixes as it is', () => {
    expect(applyFixes('ab', [{ code: 'dlc', severity: 'warning', start: 0, end: 1, message: '' }])).toEqual({
      text: 'ab',
      applied: 0,
    });
  });

  it('sets bit 31 wherever an id is named', () => {
    const text =
      'BO_ 2048 M: 8 XXX\n SG_ S : 0|8@1+ (1,0) [0|0] "" XXX\nCM_ SG_ 2048 S "x";\nVAL_ 2048 S 0 "a";\n';
    const fixed = applyFixes(text, lint(text, { profile: 'cantools' }));
    expect(fixed.text).toBe(text.replaceAll('2048', '2147485696'));
    expect(
      lint(text).some((diagnostic) => diagnostic.fix !== undefined && diagnostic.code === 'id-range'),
    ).toBe(false);
  });

  it('adds missing sections where they belong, with the nodes that are named', () => {
    let text = 'VERSION ""\r\n\r\nBO_ 1 M: 8 EON\r\n SG_ S : 0|8@1+ (1,0) [0|0] "" CAM,Vector__XXX\r\n';
    for (let round = 0; round < 2; round++) ({ text } = applyFixes(text, lint(text)));
    expect(text).toBe(
      'VERSION ""\r\n\r\nBS_:\r\n\r\nBU_: EON CAM\r\n\r\nBO_ 1 M: 8 EON\r\n SG_ S : 0|8@1+ (1,0) [0|0] "" CAM,Vector__XXX\r\n',
    );
  });
});

describe('fixes that would change what is read', () => {
  it('do not make digits a part of the name before them', () => {
    const text = 'BO_ 1 M: 8 X\n SG_ S : 0|8@1+ (1,0) [0|0] "" X\nVAL_ 1 S.5 "a" ;\n';
    expect(
      lint(text)
        .flatMap(({ fix }) => fix?.edits ?? [])
        .filter(({ text }) => text === '0.5'),
    ).toEqual([]);
    const apart = lint(text.replace('S.5', 'S .5')).flatMap(({ fix }) => fix?.edits ?? []);
    expect(apart.map(({ text }) => text)).toContain('0.5');
  });

  it('do not finish texts of an environment variable, which make opendbc refuse the file', () => {
    const codes = (text: string): readonly string[] =>
      lint(text).flatMap(({ code, fix }) => (fix === undefined ? [] : [code]));
    expect(codes('VAL_ Env 0 "off"\n')).not.toContain('missing-semicolon');
    expect(codes('VAL_ 1 S 0 "off"\n')).toContain('missing-semicolon');
  });

  it('tell ids that are beyond all numbers as they are written', () => {
    const messages = lint('CM_ BO_ 1e999 "x";\n').map(({ message }) => message);
    expect(messages).toContain('There is no message with id "1e999"');
  });
});
