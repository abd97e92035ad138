import { describe, expect, test } from 'vitest';
import { drawSparkline, findLimits } from '../../../../../webviews/shared/can/sparkline.ts';

describe('limits', () => {
  test('leave out what is not there', () => {
    expect(findLimits(Float32Array.of(NaN, NaN, -1, 4, 2, 2))).toEqual([-1, 4]);
  });

  test('of nothing are none', () => {
    expect(findLimits(Float32Array.of(NaN, NaN))).toEqual([NaN, NaN]);
  });
});

describe('the path', () => {
  test('is lifted over a gap', () => {
    const columns = Float32Array.of(0, 0, NaN, NaN, 1, 1);
    const path = drawSparkline(columns, { low: 0, high: 1, isStepped: false });
    expect(path).toBe('M22.0 16.0M110.0 2.0');
  });

  test('draws a stroke where a column holds more than one value', () => {
    const path = drawSparkline(Float32Array.of(0, 1), { low: 0, high: 1, isStepped: false });
    expect(path).toBe('M66.0 16.0V2.0');
  });

  test('goes in steps where values hold', () => {
    const path = drawSparkline(Float32Array.of(0, 0, 1, 1), { low: 0, high: 1, isStepped: true });
    expect(path).toBe('M33.0 16.0H99.0V2.0');
  });

  test('of a constant runs through the middle', () => {
    expect(drawSparkline(Float32Array.of(5, 5), { low: 5, high: 5, isStepped: true })).toBe('M66.0 9.0');
  });
});
