import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POST, PRE, WINDOW } from '../../../../server/core/can/csv/frame-segments.ts';
import { FrameTable } from '../../../../server/core/can/frame-table.ts';
import {
  countOutOfOrder,
  findTimeSpan,
  labelTimes,
  listWindows,
  orderByTime,
} from '../../../../server/core/can/time-order.ts';

function makeTable(times: readonly number[]): FrameTable {
  const table = new FrameTable(1);
  for (const seconds of times) table.push({ seconds, bus: 0, arbitrationId: 1 }, new Uint8Array(0), [0, 0]);
  return table;
}

describe('orderByTime', () => {
  it('has nothing to do where rows are in order', () => {
    expect(orderByTime(makeTable([]))).toBeUndefined();
    expect(orderByTime(makeTable([1, 1, 2]))).toBeUndefined();
  });

  it('sorts, and keeps rows of one time as they are', () => {
    const time = fc.integer({ min: -5, max: 20 });
    fc.assert(
      fc.property(fc.array(time, { maxLength: 60 }), (times) => {
        const expected = times.map((_, row) => row);
        expected.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
        const order = orderByTime(makeTable(times)) ?? times.keys();
        expect([...order]).toEqual(expected);
      }),
    );
  });
});

describe('labelTimes', () => {
  it.each([
    ['times of their own', [0, 1, 2], [PRE, WINDOW, POST], [PRE, WINDOW, POST]],
    ['window before pre', [1, 1], [PRE, WINDOW], [WINDOW, WINDOW]],
    ['pre before post', [1, 1, 2], [PRE, POST, POST], [PRE, PRE, POST]],
    ['several of one time', [1, 1, 1, 1], [POST, POST, WINDOW, PRE], [WINDOW, WINDOW, WINDOW, WINDOW]],
    ['rows out of order', [2, 1, 2], [POST, PRE, WINDOW], [WINDOW, PRE, WINDOW]],
  ])('goes by the last name: %s', (...[, times, segments, expected]) => {
    const table = makeTable(times);
    const labels = labelTimes(table, Uint8Array.from(segments), orderByTime(table));
    expect([...labels]).toEqual(expected);
  });
});

describe('listWindows', () => {
  it.each([
    ['none', [0, 1], [PRE, POST], []],
    ['one frame', [0, 1, 2], [PRE, WINDOW, POST], [{ from: 1, to: 1 }]],
    [
      'two stretches',
      [0, 1, 2, 3, 4],
      [WINDOW, WINDOW, POST, WINDOW, WINDOW],
      [
        { from: 0, to: 1 },
        { from: 3, to: 4 },
      ],
    ],
    [
      'rows out of order',
      [3, 1, 2],
      [WINDOW, WINDOW, PRE],
      [
        { from: 1, to: 1 },
        { from: 3, to: 3 },
      ],
    ],
  ])('lists %s', (...[, times, segments, expected]) => {
    const table = makeTable(times);
    expect(listWindows(table, Uint8Array.from(segments), orderByTime(table))).toEqual(expected);
  });
});

it('finds the earliest and the latest frame', () => {
  expect(findTimeSpan(makeTable([]))).toBeUndefined();
  expect(findTimeSpan(makeTable([2, -1, 5, 3]))).toEqual({ from: -1, to: 5 });
});

it('counts frames that are earlier than the one before them', () => {
  expect(countOutOfOrder(makeTable([1, 1, 0, 2, 1]))).toBe(2);
});
