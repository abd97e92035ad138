import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFixed } from '../../../../server/core/text/fixed-decimal.ts';
import fixture from '../../../fixtures/python-fixed-decimals.json' with { type: 'json' };

/** Written by Python's `'%.{decimals}f' % value`. */
const PYTHON: readonly (readonly [value: number, decimals: number, text: string])[] = [
  [0, 0, '0'],
  [0, 6, '0.000000'],
  [-0, 2, '-0.00'],
  [0.5, 0, '0'],
  [1.5, 0, '2'],
  [2.5, 0, '2'],
  [-2.5, 0, '-2'],
  [0.125, 2, '0.12'],
  [0.375, 2, '0.38'],
  [0.0078125, 6, '0.007812'],
  [0.0234375, 6, '0.023438'],
  [-0.0078125, 6, '-0.007812'],
  [2.675, 2, '2.67'],
  [1.005, 2, '1.00'],
  [0.1, 20, '0.10000000000000000555'],
  [-0.0004, 3, '-0.000'],
  [0.9999999, 6, '1.000000'],
  [99.9996, 3, '100.000'],
  [1e21, 1, '1000000000000000000000.0'],
  [1.5e300, 0, BigInt(1.5e300).toString()],
  [9007199254740992, 3, '9007199254740992.000'],
  [5e-324, 6, '0.000000'],
  [2.2250738585072014e-308, 1, '0.0'],
];

it.each(PYTHON)('writes %d with %i decimals as %s', (value, decimals, text) => {
  expect(formatFixed(value, decimals)).toBe(text);
});

it.each(fixture)('writes $value as Python does', ({ value, ...texts }) => {
  for (const [decimals, text] of Object.entries(texts))
    expect(formatFixed(Number(value), Number(decimals))).toBe(text);
});

describe('any double', () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  // Doubles on or near a tie: an odd number of halves of the last decimal is one only where it is a sum of powers of two.
  const near = fc
    .tuple(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), fc.nat({ max: 30 }))
    .map(([n, e]) => n / 2 ** e);

  it('is rounded on its exact value, ties to even', () => {
    fc.assert(
      fc.property(fc.oneof(finite, near), fc.nat({ max: 20 }), (value, decimals) => {
        expect(formatFixed(value, decimals)).toBe(formatExactly(value, decimals));
      }),
      { numRuns: 3000 },
    );
  });
});

/** The same by rational arithmetic: the value is `numerator / 2 ** 1074`. */
function formatExactly(value: number, decimals: number): string {
  let numerator = 0n;
  let rest = Math.abs(value);
  for (let exponent = 971; rest > 0 && exponent >= -1074; exponent--) {
    // Powers below 2 ** -1022 are subnormal, and still exact.
    const power = exponent < -1022 ? 2 ** -1022 * 2 ** (exponent + 1022) : 2 ** exponent;
    const digit = Math.floor(rest / power);
    if (digit === 0) continue;
    numerator += BigInt(digit) << BigInt(exponent + 1074);
    rest -= digit * power;
  }
  const scaled = numerator * 10n ** BigInt(decimals);
  const unit = 1n << 1074n;
  const whole = scaled / unit;
  const twice = 2n * (scaled % unit);
  const isUp = twice > unit || (twice === unit && whole % 2n === 1n);
  const digits = String(isUp ? whole + 1n : whole).padStart(decimals + 1, '0');
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const point = digits.length - decimals;
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
