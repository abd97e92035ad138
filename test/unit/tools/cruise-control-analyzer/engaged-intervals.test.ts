import { expect, it } from 'vitest';
import {
  mergeSpans,
  overlapsAny,
} from '../../../../server/tools/cruise-control-analyzer/analysis/engaged-intervals.ts';

it.each<[string, readonly (readonly [number, number])[], number, readonly (readonly [number, number])[]]>([
  [
    'apart',
    [
      [1, 2],
      [4, 5],
    ],
    0.5,
    [
      [0.5, 2.5],
      [3.5, 5.5],
    ],
  ],
  [
    'overlapping with their margins',
    [
      [1, 2],
      [2.5, 3],
    ],
    0.5,
    [[0.5, 3.5]],
  ],
  [
    'touching with their margins',
    [
      [1, 2],
      [3, 4],
    ],
    0.5,
    [[0.5, 4.5]],
  ],
  [
    'one within another',
    [
      [1, 9],
      [2, 3],
      [12, 13],
    ],
    1,
    [
      [0, 10],
      [11, 14],
    ],
  ],
  ['none', [], 1, []],
])('joins spans that are %s', (...[, spans, margin, expected]) => {
  const merged = mergeSpans(toIntervals(spans), margin);
  expect(merged.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual(expected);
});

it.each([
  [0.9, false],
  [1, true],
  [2, true],
  [2.1, false],
  [5, true],
  [6.1, false],
])('tells whether second %d is in an interval, both ends included', (seconds, expected) => {
  expect(
    overlapsAny(
      toIntervals([
        [1, 2],
        [4, 6],
      ]),
      seconds,
    ),
  ).toBe(expected);
});

it.each([
  [2.5, 3.5, false],
  [2.5, 4, true],
  [0, 9, true],
  [2, 2.5, true],
])('tells whether %d to %d reaches into an interval', (start, end, expected) => {
  expect(
    overlapsAny(
      toIntervals([
        [1, 2],
        [4, 6],
      ]),
      start,
      end,
    ),
  ).toBe(expected);
});

function toIntervals(
  list: readonly (readonly [number, number])[],
): { startSeconds: number; endSeconds: number }[] {
  return list.map(([startSeconds, endSeconds]) => ({ startSeconds, endSeconds }));
}
