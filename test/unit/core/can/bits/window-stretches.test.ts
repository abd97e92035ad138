import fc from 'fast-check';
import { expect, it } from 'vitest';
import { WindowStretches } from '../../../../../server/core/can/bits/window-stretches.ts';
import { tabulateFrames } from '../../../../support/frame-lists.ts';

it('finds the frames that lie in windows, both ends included', () => {
  const { table, rows } = tabulateFrames([0, 1, 2, 3, 4, 5].map((seconds) => [seconds, '']));
  const windows = [
    { from: -2, to: -1 },
    { from: 1, to: 2 },
    { from: 1.5, to: 4 },
    { from: 2.1, to: 2.9 },
    { from: 5, to: 9 },
    { from: 6, to: 7 },
  ];
  expect(new WindowStretches(windows).list(table, rows)).toEqual([
    { window: 1, first: 1, end: 3 },
    { window: 2, first: 2, end: 5 },
    { window: 4, first: 5, end: 6 },
  ]);
});

it('finds what a search through all frames finds', () => {
  const time = fc.integer({ min: -3, max: 30 });
  const window = fc.tuple(time, fc.nat(12)).map(([from, length]) => ({ from, to: from + length }));
  fc.assert(
    fc.property(fc.array(time), fc.array(window), (times, unsorted) => {
      const seconds = times.sort((a, b) => a - b);
      const windows = unsorted.sort((a, b) => a.from - b.from);
      const { table, rows } = tabulateFrames(seconds.map((at) => [at, '']));
      const expected = windows.flatMap(({ from, to }, window) => {
        const first = seconds.findIndex((at) => at >= from && at <= to);
        const end = seconds.findLastIndex((at) => at >= from && at <= to) + 1;
        return first < 0 ? [] : [{ window, first, end }];
      });
      expect(new WindowStretches(windows).list(table, rows)).toEqual(expected);
    }),
  );
});
