import { describe, expect, it } from 'vitest';
import { drawBitGrid, pickMarkedMessages } from '../../../../server/tools/results/bit-grid.ts';
import { tabulateFrames } from '../../../support/frame-lists.ts';

describe('drawBitGrid', () => {
  it('counts toggles stretch by stretch, over the longest payload', () => {
    const { table, rows } = tabulateFrames([
      [0, '00'],
      [1, '03'],
      [2, '01'],
      [3, '0180'],
      [4, '0100'],
    ]);
    const stretches = [rows.subarray(0, 3), rows.subarray(3)];
    const grid = drawBitGrid(table, { bus: 1, arbitrationId: 0x27, stretches, marked: [1] });
    expect(grid).toEqual({
      title: '0x027 · bus 1',
      byteLength: 2,
      toggles: [
        [1, 2, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
      ],
      marked: [1],
    });
  });
});

describe('pickMarkedMessages', () => {
  const [a, b, c] = [
    { bus: 0, arbitrationId: 1 },
    { bus: 1, arbitrationId: 1 },
    { bus: 0, arbitrationId: 2 },
  ] as const;
  const bits = [
    { ...b, bit: 9 },
    { ...a, bit: 3 },
    { ...b, bit: 2 },
    { ...c, bit: 7 },
  ];

  it('takes the messages of the first bits, each with all of its bits', () => {
    expect(pickMarkedMessages([a, b, c], bits, 2)).toEqual([
      { message: b, marked: [9, 2] },
      { message: a, marked: [3] },
    ]);
  });

  it('takes none without bits', () => {
    expect(pickMarkedMessages([a], [], 2)).toEqual([]);
  });
});
