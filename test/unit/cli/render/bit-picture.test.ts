import { describe, expect, it } from 'vitest';
import { drawBitPicture, listBits } from '../../../../cli/render/bit-picture.ts';
import { makeSignalInfo } from '../../../support/dbc-answers.ts';

const asIs = (text: string): string => text;

describe('listBits', () => {
  it.each([
    { byteOrder: 'little-endian', startBit: 6, length: 4, bits: [6, 7, 8, 9] },
    { byteOrder: 'big-endian', startBit: 2, length: 5, bits: [2, 1, 0, 15, 14] },
    { byteOrder: 'big-endian', startBit: 511, length: 2, bits: [511, 510] },
    { byteOrder: 'little-endian', startBit: 512, length: 2, bits: [] },
    { byteOrder: 'little-endian', startBit: -1, length: 2, bits: [] },
    { byteOrder: 'little-endian', startBit: NaN, length: 2, bits: [] },
    { byteOrder: 'little-endian', startBit: 0, length: 0, bits: [] },
  ] as const)('$startBit|$length $byteOrder', ({ bits, ...layout }) => {
    expect(listBits(makeSignalInfo(layout))).toEqual(bits);
  });

  it('does not believe a length', () => {
    expect(listBits(makeSignalInfo({ length: 4e9 }))).toHaveLength(512);
    expect(listBits(makeSignalInfo({ length: -5 }))).toEqual([]);
    expect(listBits(makeSignalInfo({ length: NaN }))).toEqual([]);
  });
});

describe('drawBitPicture', () => {
  it('draws bit 7 left, and marks bits of several signals', () => {
    const signals = [
      {
        signal: makeSignalInfo({ startBit: 3, length: 8, byteOrder: 'big-endian' }),
        letter: 'A',
        paint: asIs,
      },
      { signal: makeSignalInfo({ startBit: 12, length: 2 }), letter: 'B', paint: asIs },
      { signal: makeSignalInfo({ startBit: 23, length: 99 }), letter: 'C', paint: asIs },
    ];
    expect(drawBitPicture({ sizeBytes: 3 }, signals)).toEqual([
      'byte    +   7  6  5  4  3  2  1  0   bit as DBC files count',
      '            0  1  2  3  4  5  6  7   bit in order',
      '   0    0   ·  ·  ·  ·  A  A  A  A',
      '   1    8   A  A  *  *  ·  ·  ·  ·',
      '   2   16   C  ·  ·  ·  ·  ·  ·  ·',
      '   *  of several signals',
    ]);
  });

  it('draws no more rows than CAN FD has bytes', () => {
    const lines = drawBitPicture({ sizeBytes: 4e9 }, []);
    expect(lines).toHaveLength(2 + 64 + 1);
    expect(lines.at(-1)).toBe('3,999,999,936 bytes more');
  });
});
