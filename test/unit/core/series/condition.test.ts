import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findAdmittedRows } from '../../../../server/core/series/condition-rows.ts';
import { parseCondition } from '../../../../server/core/series/condition-syntax.ts';

const ROWS: Readonly<Record<string, readonly number[]>> = {
  ACCEL_NET: [-0.5, 0, 0.30000000000000004, 2, NaN],
  byte2: [0x24, 0x13, 0x24, 0, 0xf3],
  CRUISE_STATE: [8, 8, 3, NaN, 8],
  WIDE: [2 ** 40 + 5, -1, 0, 7, 2 ** 33],
};
const TEXTS: Readonly<Record<string, number>> = { ON: 8, OFF: 3 };

describe('a condition', () => {
  it.each([
    ['ACCEL_NET < 0', [0]],
    ['ACCEL_NET <= 0.3', [0, 1, 2]],
    ['ACCEL_NET < 0.3', [0, 1]],
    ['ACCEL_NET = 0.3', [2]],
    ['ACCEL_NET ≠ 0.3', [0, 1, 3]],
    ['ACCEL_NET', [0, 2, 3]],
    ['!ACCEL_NET', [1]],
    ['!(ACCEL_NET < 0)', [1, 2, 3]],
    ['byte2 == 0x24', [0, 2]],
    ['byte2 == 0b100100', [0, 2]],
    ['byte2 & 0x0F == 3', [1, 4]],
    ['byte2 >> 4 == 0xF', [4]],
    ['(byte2 | 1) == 0x25', [0, 2]],
    ['byte2 ^ 0x24 == 0', [0, 2]],
    ['~byte2 == -1', [3]],
    ['CRUISE_STATE == 8 && ACCEL_NET < 0', [0]],
    ['CRUISE_STATE == 8 and not (ACCEL_NET < 0)', [1]],
    ['CRUISE_STATE == 8 || ACCEL_NET > 1', [0, 1, 3, 4]],
    ['CRUISE_STATE == 3 || ACCEL_NET > 1 && byte2 == 0', [2, 3]],
    ['CRUISE_STATE == "ON"', [0, 1, 4]],
    ["'OFF' == CRUISE_STATE", [2]],
    ['CRUISE_STATE == "nothing"', []],
    ['1 + 2 * 3 == 7', [0, 1, 2, 3, 4]],
    ['-ACCEL_NET > .4', [0]],
    ['byte2 % 2 == 1 && byte2 / 2 > 9', [1, 4]],
    ['WIDE & 0xFFFFFFFFF == 0x200000000', [4]],
    ['WIDE & 4 == 4', [0, 1, 3]],
    ['WIDE << 1 == 14', [3]],
  ])('%s', (text, rows) => {
    expect(findRows(text)).toEqual(rows);
  });

  it.each([
    ['', 'The condition ends where a name or a number belongs'],
    ['ACCEL_NET <', 'The condition ends where a name or a number belongs'],
    ['(byte2 == 1', 'The condition ends where “)” belongs'],
    ['byte2 == == 1', '“==” stands at character 10, where a name or a number belongs'],
    ['byte2 3', '“3” stands at character 7, where an operator such as && or < belongs'],
    ['byte2 $ 3', '“$” is not understood'],
    ['1 < byte2 < 3', 'Comparisons in a row are not understood: write 1 < X && X < 3'],
    ['"ON"', '“ON” stands alone: compare a signal with it, as in GEAR == "ON"'],
    ['('.repeat(200) + '1', 'There are too many parentheses inside each other'],
    ['1'.repeat(501), 'A condition has at most 500 characters, this one 501'],
  ])('says what is wrong in %j', (text, problem) => {
    expect(parseCondition(text)).toEqual({ problem });
  });

  it('answers every text, and never runs it', () => {
    const piece = fc.constantFrom(
      'byte2',
      '0x24',
      '1.5',
      '==',
      '<',
      '&&',
      '||',
      '!',
      '(',
      ')',
      '-',
      '"a"',
      '&',
      ' ',
      '~',
    );
    const texts = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.array(piece, { maxLength: 20 }).map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const condition = parseCondition(text);
        if ('problem' in condition) expect(condition.problem).not.toBe('');
        else findAdmitted(condition);
      }),
    );
  });
});

function findRows(text: string): number[] | undefined {
  const condition = parseCondition(text);
  return 'problem' in condition ? undefined : findAdmitted(condition);
}

function findAdmitted(condition: Exclude<ReturnType<typeof parseCondition>, { problem: string }>): number[] {
  const columns = condition.names.map((name) => Float64Array.from(ROWS[name] ?? [NaN, NaN, NaN, NaN, NaN]));
  const readText = (_: number, label: string): number => TEXTS[label] ?? NaN;
  return [...findAdmittedRows(condition, { length: 5, columns, readText })];
}
