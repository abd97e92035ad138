import { describe, expect, it } from 'vitest';
import {
  areOverlapping,
  type FieldPlace,
  lengthOf,
  listBits,
  reorderWithinByte,
  startBitOf,
} from '../../../../server/core/field-search/field-place.ts';

function place(order: FieldPlace['order'], low: number, high: number): FieldPlace {
  return { order, low, high, isSigned: false };
}

describe('field places', () => {
  it.each([
    ['little-endian', 12, 24, 12],
    ['big-endian', 48, 63, 7],
    ['big-endian', 48, 59, 3],
    ['big-endian', 0, 0, 56],
  ] as const)('%s %i to %i starts at bit %i as DBC counts', (...[order, low, high, start]) => {
    expect(startBitOf(place(order, low, high), 8)).toBe(start);
  });

  it('lists bits from the least significant', () => {
    expect(listBits(place('big-endian', 54, 58), 8)).toEqual([14, 15, 0, 1, 2]);
    expect(lengthOf(place('big-endian', 54, 58))).toBe(5);
  });

  it('writes fields of one byte in either order, and leaves longer ones', () => {
    const fraction = place('little-endian', 36, 39);
    expect(startBitOf(reorderWithinByte(fraction, 'big-endian', 8), 8)).toBe(39);
    expect(reorderWithinByte(reorderWithinByte(fraction, 'big-endian', 8), 'little-endian', 8)).toEqual(
      fraction,
    );
    expect(reorderWithinByte(place('little-endian', 4, 9), 'big-endian', 8)).toEqual(
      place('little-endian', 4, 9),
    );
  });

  it('sees shared bits across byte orders', () => {
    expect(areOverlapping(place('big-endian', 48, 63), place('little-endian', 15, 20), 8)).toBe(true);
    expect(areOverlapping(place('big-endian', 48, 63), place('little-endian', 16, 20), 8)).toBe(false);
    expect(areOverlapping(place('big-endian', 3, 7), place('big-endian', 7, 9), 8)).toBe(true);
  });
});
