import { describe, expect, it } from 'vitest';
import { createNumberWriter, scaleExactly } from '../../../../../server/core/dbc/lines/number-text.ts';
import type { SignalLayout } from '../../../../../server/core/dbc/signal-layout.ts';

function layoutOf(factor: number, offset: number, valueType?: SignalLayout['valueType']): SignalLayout {
  const place = { startBit: 0, length: 32, byteOrder: 'little-endian', isSigned: false } as const;
  return { ...place, factor, offset, ...(valueType && { valueType }) };
}

describe('numbers for people', () => {
  it.each([
    [3 * 0.1, 0.1, 0, '0.3'],
    [-7 * 0.01, 0.01, 0, '-0.07'],
    [100 * 0.1 - 40, 0.1, -40, '-30'],
    [3 * 1e-7, 1e-7, 0, '3e-7'],
    [3 * 1.5e-7, 1.5e-7, 0, '4.5e-7'],
    [255 * 0.0078125, 0.0078125, 0, '1.9921875'],
    [1e21, 1, 0, '1e+21'],
    [5, 1, 0, '5'],
    [0.5 + 3, 1, 0.5, '3.5'],
    [3 * 1e-300, 1e-300, 0, '3e-300'],
    [-0.1 + 0.1 * 1, 0.1, -0.1, '0'],
    [0.07 * 1e17, 0.07, 0, '7000000000000001'],
    [0.1 * 1e15, 0.1, 0, '100000000000000'],
  ])('%d with factor %d and offset %d', (...[value, factor, offset, text]) => {
    expect(createNumberWriter(layoutOf(factor, offset))(value)).toBe(text);
  });

  it('have the digits of the float that they are', () => {
    expect(createNumberWriter(layoutOf(1, 0, 'float32'))(Math.fround(0.1))).toBe('0.1');
    expect(createNumberWriter(layoutOf(1, 0, 'float16'))(0.0999755859375)).toBe('0.09998');
    expect(createNumberWriter(layoutOf(1, 0, 'float64'))(0.1 + 0.2)).toBe('0.30000000000000004');
  });
});

describe('integers beyond doubles', () => {
  it('are scaled exactly by integers, and not at all by fractions', () => {
    expect(scaleExactly(2n ** 63n, layoutOf(3, -1))).toBe(3n * 2n ** 63n - 1n);
    expect(scaleExactly(2n ** 63n, layoutOf(0.5, 0))).toBeUndefined();
    expect(scaleExactly(2n ** 63n, layoutOf(1, 1e300))).toBeUndefined();
  });
});
