import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import {
  bitsOfDouble,
  bitsOfFloat,
  bitsOfHalf,
  bitsOfInteger,
  roundHalfEven,
  toDouble,
  toFloat,
  toHalf,
} from '../../../../../server/core/dbc/codec/number-bits.ts';

describe('floats of 16 bits', () => {
  it('are written as they were read, all of them', () => {
    for (let bits = 0; bits < 0x1_0000; bits++) {
      const value = toHalf(bits);
      const isNumber = (bits & 0x7fff) <= 0x7c00;
      assert.equal(Number.isNaN(value), !isNumber);
      if (isNumber) assert.equal(bitsOfHalf(value).lower, bits);
    }
    assert.equal(bitsOfHalf(NaN).lower, 0x7e00);
  });

  it('are the nearest ones, halves to even', () => {
    for (let bits = 0; bits < 0x7bff; bits++) {
      const middle = (toHalf(bits) + toHalf(bits + 1)) / 2;
      assert.equal(bitsOfHalf(middle).lower, bits + (bits & 1));
      assert.equal(bitsOfHalf(middle * (1 - 2 ** -50)).lower, bits);
      assert.equal(bitsOfHalf(-middle * (1 + 2 ** -50)).lower, 0x8000 + bits + 1);
    }
  });

  it('are infinite from half a step beyond the last on', () => {
    assert.equal(bitsOfHalf(65_519.99).lower, 0x7bff);
    assert.equal(bitsOfHalf(65_520).lower, 0x7c00);
    assert.equal(bitsOfHalf(-Infinity).lower, 0xfc00);
  });
});

describe('bits', () => {
  it('of floats and doubles are read back', () => {
    fc.assert(
      fc.property(fc.double(), fc.float(), (double, float) => {
        const { lower, upper } = bitsOfDouble(double);
        assert.ok(Object.is(toDouble(lower, upper), double));
        assert.ok(Object.is(toFloat(bitsOfFloat(float).lower), float));
      }),
    );
  });

  it('of whole numbers are the same as those of big ones', () => {
    const anyWhole = fc.oneof(
      fc.maxSafeInteger(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(Math.trunc),
    );
    fc.assert(
      fc.property(anyWhole, (whole) => {
        assert.deepEqual(bitsOfInteger(whole), bitsOfInteger(BigInt(whole)));
      }),
    );
  });
});

describe('roundHalfEven', () => {
  it.each([
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [-0.5, -0],
    [-1.5, -2],
    [-2.5, -2],
    [2.49, 2],
    [-2.51, -3],
    [0.49999999999999994, 0],
    [2 ** 53 + 2, 2 ** 53 + 2],
  ])('rounds %f to %f', (value, whole) => {
    assert.equal(roundHalfEven(value) + 0, whole + 0);
  });
});
