import { expect, it } from 'vitest';
import { type BusFrames, chooseBus, findOnBuses } from '../../../../server/core/can/message-buses.ts';
import { groupFrames } from '../../../support/subaru-frames.ts';

it('finds a message on all buses that have it, each by time', () => {
  const { groups } = groupFrames([
    [3, 0x27, '00', 2],
    [1, 0x27, '01', 2],
    [2, 0x28, '02', 1],
    [2, 0x27, '03', 0],
  ]);
  expect(findOnBuses(groups, 0x27)).toEqual([
    { bus: 0, frames: 1, rows: Uint32Array.of(3) },
    { bus: 2, frames: 2, rows: Uint32Array.of(1, 0) },
  ]);
  expect(findOnBuses(groups, 0x29)).toEqual([]);
});

it.each([
  [
    'most frames',
    [
      [0, 5],
      [1, 7],
      [2, 6],
    ],
    1,
  ],
  [
    'the lowest number among equals',
    [
      [2, 5],
      [1, 5],
    ],
    1,
  ],
  [
    'received frames before more echoes',
    [
      [128, 900],
      [2, 1],
    ],
    2,
  ],
  [
    'echoes before more rejected frames',
    [
      [192, 900],
      [130, 1],
    ],
    130,
  ],
])('chooses the bus with %s', (_, buses, expected) => {
  expect(chooseBus(buses.map(([bus = 0, frames = 0]) => ({ bus, frames })))?.bus).toBe(expected);
});

it('chooses none of none', () => {
  expect(chooseBus<BusFrames>([])).toBeUndefined();
});
