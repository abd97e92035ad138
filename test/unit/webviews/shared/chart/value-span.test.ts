import { describe, expect, it } from 'vitest';
import { findValueSpan, keepSteady } from '../../../../../webviews/shared/chart/value-span.ts';

describe('findValueSpan', () => {
  it('takes in all lines and leaves 8 % of room', () => {
    const span = findValueSpan([{ least: 0, most: 10 }, null, { least: 5, most: 100 }]);
    expect(span).toEqual({ least: -8, most: 108 });
  });

  it('gives a constant room of its size, and zero a unit', () => {
    expect(findValueSpan([{ least: 20, most: 20 }])).toEqual({ least: 18, most: 22 });
    expect(findValueSpan([{ least: 0, most: 0 }])).toEqual({ least: -1, most: 1 });
  });

  it('knows none without values, or for numbers without an end', () => {
    expect(findValueSpan([])).toBeNull();
    expect(findValueSpan([{ least: -Infinity, most: 1 }])).toBeNull();
    expect(findValueSpan([{ least: -Number.MAX_VALUE, most: Number.MAX_VALUE }])).toBeNull();
  });
});

describe('keepSteady', () => {
  const before = { least: 0, most: 10 };

  it('stays where the data is within it', () => {
    expect(keepSteady(before, { least: 1, most: 9 })).toBe(before);
    expect(keepSteady(before, null)).toBe(before);
  });

  it('follows data that leaves it or is lost in it', () => {
    const [higher, flat] = [
      { least: 1, most: 11 },
      { least: 4, most: 5 },
    ];
    expect(keepSteady(before, higher)).toBe(higher);
    expect(keepSteady(before, flat)).toBe(flat);
    expect(keepSteady(null, flat)).toBe(flat);
  });
});
