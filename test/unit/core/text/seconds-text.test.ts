import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatFixed } from '../../../../server/core/text/fixed-decimal.ts';
import { formatSeconds } from '../../../../server/core/text/seconds-text.ts';

const MAX = (1n << 64n) - 1n;

/** Written by Python's `'%.6f' % (nanoseconds / 1e9)`. */
it.each<[number | bigint, string]>([
  [0, '0.000000'],
  [0n, '0.000000'],
  [499, '0.000000'],
  [500, '0.000000'],
  [501, '0.000001'],
  [1500, '0.000002'],
  [2500, '0.000003'],
  [7_812_500, '0.007812'],
  [23_437_500, '0.023438'],
  [999_999_499, '0.999999'],
  [999_999_501, '1.000000'],
  [-1, '-0.000000'],
  [-499n, '-0.000000'],
  [-501n, '-0.000001'],
  [-7_812_500n, '-0.007812'],
  [-1_999_999_999, '-2.000000'],
  [59_000_000_000n, '59.000000'],
  [2 ** 53 - 1, '9007199.254741'],
  [2 ** 53, '9007199.254741'],
  [BigInt(2 ** 53) + 1n, '9007199.254741'],
  [1e18, '1000000000.000000'],
  [MAX, '18446744073.709553'],
  [-MAX, '-18446744073.709553'],
])('writes %d nanoseconds as %s', (nanoseconds, text) => {
  expect(formatSeconds(nanoseconds)).toBe(text);
});

it('writes what dividing first and rounding then gives, for any time', () => {
  const any = fc.bigInt({ min: -MAX, max: MAX });
  const safe = fc.maxSafeInteger().map(BigInt);
  const tie = fc.integer({ min: -(2 ** 42), max: 2 ** 42 }).map((micros) => BigInt(micros) * 1000n + 500n);
  fc.assert(
    fc.property(fc.oneof(any, safe, tie), (nanoseconds) => {
      const expected = formatFixed(Number(nanoseconds) / 1e9, 6);
      expect(formatSeconds(nanoseconds)).toBe(expected);
      expect(formatSeconds(Number(nanoseconds))).toBe(expected);
    }),
    { numRuns: 3000 },
  );
});
