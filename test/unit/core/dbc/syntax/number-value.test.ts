import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumberValue } from '../../../../../server/core/dbc/syntax/number-value.ts';

describe('readNumberValue', () => {
  it.each([
    ['0', 0],
    ['-0', -0],
    ['+12', 12],
    ['.25', 0.25],
    ['-.5', -0.5],
    ['5.', 5],
    ['0x64', 100],
    ['-0x64', -100],
    ['1,5', 1.5],
    ['1e999', Infinity],
    ['1E-3', 0.001],
    ['18446744073709551615', 2 ** 64],
    ['0.1234567890123456789', 0.12345678901234568],
  ])('reads %s', (word, value) => {
    expect(readNumberValue(`(${word})`, 1, 1 + word.length)).toBe(value);
  });

  it.each(['NaN', 'Infinity', '-Infinity', '+', '--1', '1u', '1.2.3', '0x', 'ABC', ''])(
    'gives NaN for %s',
    (word) => {
      expect(readNumberValue(word, 0, word.length)).toBeNaN();
    },
  );

  it('gives the very double that Number gives', () => {
    const digits = fc.string({
      unit: fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'),
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(digits, fc.option(digits), fc.constantFrom('', '-', '+'), (whole, fraction, sign) => {
        const word = `${sign}${whole}${fraction === null ? '' : `.${fraction}`}`;
        expect(readNumberValue(word, 0, word.length)).toBe(Number(word));
      }),
      { numRuns: 5000 },
    );
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const word = String(value);
        expect(readNumberValue(word, 0, word.length)).toBe(Number(word));
      }),
      { numRuns: 5000 },
    );
  });
});
