import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  findOwners,
  letterOf,
  listSignalBits,
  toOrder,
  writeSignalLine,
} from '../../../../../webviews/shared/can/signal-bits.ts';

describe('bits of a signal', () => {
  test('go up from the start, little-endian', () => {
    expect(listSignalBits({ startBit: 6, length: 4, byteOrder: 'little-endian' })).toEqual([6, 7, 8, 9]);
  });

  test('go down in a byte and on to the top of the next, big-endian', () => {
    expect(listSignalBits({ startBit: 17, length: 4, byteOrder: 'big-endian' })).toEqual([17, 16, 31, 30]);
  });

  test('of absurd lengths are bounded', () => {
    expect(listSignalBits({ startBit: 0, length: 1e9, byteOrder: 'little-endian' })).toHaveLength(512);
  });

  test('belong to the first signal that claims them', () => {
    const owners = findOwners([
      { startBit: 0, length: 4, byteOrder: 'little-endian' },
      { startBit: 2, length: 4, byteOrder: 'little-endian' },
    ]);
    expect([...owners]).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 0],
      [4, 1],
      [5, 1],
    ]);
  });

  test('both numberings lead to each other', () => {
    fc.assert(
      fc.property(fc.nat(511), (bit) => {
        expect(toOrder(toOrder(bit))).toBe(bit);
        expect(toOrder(bit) >> 3).toBe(bit >> 3);
      }),
    );
  });
});

describe('letters', () => {
  test('go on behind z', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(letterOf)).toEqual(['a', 'z', 'aa', 'az', 'ba', 'zz', 'aaa']);
  });
});

describe('a line for selected bits', () => {
  test('is little-endian within a byte', () => {
    expect(writeSignalLine('NEW_SIGNAL', 5, 2)).toBe(' SG_ NEW_SIGNAL : 2|4@1+ (1,0) [0|0] "" XXX');
  });

  test('is big-endian over several, from either end, and covers what was selected', () => {
    expect(writeSignalLine('A', 23, 24)).toBe(' SG_ A : 23|16@0+ (1,0) [0|0] "" XXX');
    expect(writeSignalLine('A', 24, 23)).toBe(writeSignalLine('A', 23, 24));
  });
});
