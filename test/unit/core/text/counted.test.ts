import { expect, it } from 'vitest';
import { countOf } from '../../../../server/core/text/counted.ts';

it.each([
  [0, '0 messages'],
  [1, '1 message'],
  [2, '2 messages'],
  [12_800, '12\u202f800 messages'],
])('counts %d', (count, text) => {
  expect(countOf(count, 'message')).toBe(text);
});
