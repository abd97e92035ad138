import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFixed } from '../../../../server/core/text/fixed-decimal.ts';
import { formatPythonFloat, roundHalfEvenTo } from '../../../../server/core/text/python-number.ts';
import fixture from '../../../fixtures/comma-tools-lib/numfmt.json' with { type: 'json' };

describe.each(fixture.python_number)('$args.approx, $args.hex', ({ args, result }) => {
  const value = readHexFloat(args.hex);

  it('is written as repr does', () => {
    expect(formatPythonFloat(value)).toBe(result.repr);
  });

  it('is rounded as round does', () => {
    const { round3, round1 } = result;
    const rounded = [3, 1].map((digits) => formatPythonFloat(roundHalfEvenTo(value, digits)));
    expect(rounded).toEqual([round3, round1]);
  });

  it('has fixed decimals as a format has', () => {
    const { f1, f2, f3, f6 } = result;
    expect([1, 2, 3, 6].map((decimals) => formatFixed(value, decimals))).toEqual([f1, f2, f3, f6]);
    expect(formatFixed(Math.abs(value), 3).padStart(value < 0 ? 5 : 6, '0')).toBe(
      result.f06_3.replace('-', ''),
    );
  });
});

it.each([
  [NaN, 'nan'],
  [Infinity, 'inf'],
  [-Infinity, '-inf'],
  [-0, '-0.0'],
  [1e16, '1e+16'],
  [9999999999999998, '9999999999999998.0'],
  [-123456789012345680000, '-1.2345678901234568e+20'],
  [0.0001, '0.0001'],
  [0.00001234, '1.234e-05'],
  [5e-324, '5e-324'],
  [1.7976931348623157e308, '1.7976931348623157e+308'],
])('writes %d as %s', (value, text) => {
  expect(formatPythonFloat(value)).toBe(text);
});

it('reads back as the same double', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Number(formatPythonFloat(value))).toBe(value);
    }),
    { numRuns: 2000 },
  );
});

it('rounds any double to what its fixed decimals say', () => {
  const near = fc
    .tuple(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), fc.nat({ max: 12 }))
    .map(([n, e]) => n / 2 ** e);
  fc.assert(
    fc.property(
      fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), near),
      fc.nat({ max: 9 }),
      check,
    ),
    { numRuns: 3000 },
  );

  function check(value: number, digits: number): void {
    expect(roundHalfEvenTo(value, digits)).toBe(Number(formatFixed(value, digits)));
  }
});

it.each([NaN, Infinity, -Infinity])('leaves %d as it is when rounding', (value) => {
  expect(roundHalfEvenTo(value, 3)).toBe(value);
});

/** Reads C99's `0x1.8p+3`. */
function readHexFloat(text: string): number {
  const [, sign, whole = '', fraction = '', exponent = ''] =
    /^(-?)0x([\da-f])\.?([\da-f]*)p([+-]\d+)$/.exec(text) ?? [];
  const size = parseInt(whole + fraction, 16) * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === '-' ? -size : size;
}
