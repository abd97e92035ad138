import { expect, test } from 'vitest';
import {
  chooseThumbnails,
  summarizeThumbnails,
} from '../../../../../webviews/log/overview/thumbnail-choice.ts';

function make(count: number, each: number) {
  return Array.from({ length: count }, (_, index) => ({
    index,
    seconds: 8 + index * each,
    service: 'thumbnail',
  }));
}

test('a long route shows as many as have room, from the first to the last', () => {
  const chosen = chooseThumbnails(make(720, 5), 12);
  expect(chosen).toHaveLength(12);
  expect(chosen[0]?.index).toBe(0);
  expect(chosen.at(-1)?.index).toBe(719);
  expect(chooseThumbnails(make(3, 5), 12)).toHaveLength(3);
});

test('the head says how many, and how often', () => {
  expect(summarizeThumbnails(make(12, 5))).toBe('12, one each 5\u00A0s');
  expect(summarizeThumbnails(make(1, 5))).toBe('1');
  expect(summarizeThumbnails([])).toBe('none in this log');
  expect(summarizeThumbnails(make(3, 90))).toBe('3, one each 90.00\u00A0s');
});
