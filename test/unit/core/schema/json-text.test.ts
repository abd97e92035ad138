import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringifyLogValue } from '../../../../server/core/schema/json-text.ts';

describe('stringifyLogValue', () => {
  it('writes every kind of value', () => {
    const value = {
      a: [1, 0.1, -0, NaN, Infinity, -Infinity, 1e300],
      b: 2n ** 64n - 1n,
      c: Uint8Array.of(0, 15, 255),
      d: null,
      e: true,
      f: false,
      'name@7': 'new\nline "quoted"',
      g: {},
      h: [],
    };
    expect(stringifyLogValue(value)).toBe(
      '{"a":[1,0.1,"-0","NaN","Infinity","-Infinity",1e+300],"b":"18446744073709551615","c":"000fff","d":null,' +
        '"e":true,"f":false,"name@7":"new\\nline \\"quoted\\"","g":{},"h":[]}',
    );
  });

  it.each([0, 1, 8, 64, 65, 1000])('writes %d bytes as twice as many digits', (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => 37 * i);
    expect(stringifyLogValue(bytes)).toBe(`"${Buffer.from(bytes).toString('hex')}"`);
  });

  it('writes text and finite numbers as JSON.stringify does', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.double({ noNaN: true, noDefaultInfinity: true })),
        (value) => {
          fc.pre(!Object.is(value, -0));
          expect(stringifyLogValue(value)).toBe(JSON.stringify(value));
        },
      ),
    );
  });
});
