import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBytes, parseInteger, parseTime } from '../../../../server/core/text/cell-numbers.ts';

/** The text stands between others, as a cell does in its row. */
function inRow<Result>(
  text: string,
  parse: (bytes: Uint8Array, start: number, end: number) => Result,
): Result {
  const bytes = Buffer.from(`9a${text}9a`);
  return parse(bytes, 2, bytes.length - 2);
}

describe('parseInteger', () => {
  it.each([
    ['0', 0],
    ['577', 577],
    ['0x241', 577],
    ['0X1fFFFFFF', 0x1fffffff],
    ['009007199254740991', Number.MAX_SAFE_INTEGER],
  ])('reads %s', (text, value) => {
    expect(inRow(text, parseInteger)).toBe(value);
  });

  it.each(['', '0x', '-1', '+1', '1.0', '24A', '0xG', ' 1', '1e3', '9007199254740993', '9'.repeat(400)])(
    'refuses "%s"',
    (text) => {
      expect(inRow(text, parseInteger)).toBeNaN();
    },
  );
});

describe('parseBytes', () => {
  function parse(text: string, room: number): string | undefined {
    const into = new Uint8Array(room);
    const length = inRow(text, (bytes, start, end) => parseBytes(bytes, start, end, into));
    return length < 0 ? undefined : Buffer.from(into.subarray(0, length)).toString('hex');
  }

  it.each([
    ['', ''],
    ['0x', ''],
    ['00fF', '00ff'],
    ['0xa0', 'a0'],
    ['0XA0', 'a0'],
  ])('reads "%s"', (text, hex) => {
    expect(parse(text, 2)).toBe(hex);
  });

  it.each(['0', 'abc', '0x0', '0g', 'g0', '00 11', '001122'])('refuses "%s"', (text) => {
    expect(parse(text, 2)).toBeUndefined();
  });
});

describe('parseTime', () => {
  it.each([
    '0',
    '0.008679',
    '12.',
    '.5',
    '-1.25',
    '+3',
    '1e3',
    '1.5E-7',
    ' 7 ',
    '0.1',
    '123456789012345678.25',
  ])('reads "%s" as Number does', (text) => {
    expect(inRow(text, parseTime)).toBe(Number(text));
  });

  it.each(['', '.', '-', '1.2.3', '0x10', 'nan', 'Infinity', '1,5', '1e'])('refuses "%s"', (text) => {
    expect(inRow(text, parseTime)).toBeNaN();
  });

  it('reads every decimal as the nearest double', () => {
    const digits = fc.stringMatching(/^\d{0,20}$/);
    fc.assert(
      fc.property(digits, digits, (whole, fraction) => {
        fc.pre(whole !== '' || fraction !== '');
        const text = `${whole}.${fraction}`;
        expect(inRow(text, parseTime)).toBe(Number(text));
      }),
    );
  });
});
