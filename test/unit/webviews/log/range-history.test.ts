import { expect, test } from 'vitest';
import { RangeHistory } from '../../../../webviews/log/range-history.ts';

const A = { from: 0, to: 60 };
const B = { from: 10, to: 20 };
const C = { from: 12, to: 14 };

test('walks back and forth, and stays at the ends', () => {
  const history = new RangeHistory(A);
  history.add(B);
  history.add(C);
  expect(history.walk(-1)).toEqual(B);
  expect(history.walk(-1)).toEqual(A);
  expect(history.walk(-1)).toBeNull();
  expect(history.walk(1)).toEqual(B);
});

test('a new range forgets what lay ahead', () => {
  const history = new RangeHistory(A);
  history.add(B);
  history.walk(-1);
  history.add(C);
  expect(history.walk(1)).toBeNull();
  expect(history.walk(-1)).toEqual(A);
});

test('the same range is no step, and memory is bounded', () => {
  const history = new RangeHistory(A);
  history.add({ ...A });
  expect(history.walk(-1)).toBeNull();
  for (let from = 0; from < 500; from += 1) history.add({ from, to: from + 1 });
  let steps = 0;
  while (history.walk(-1) !== null) steps += 1;
  expect(steps).toBe(99);
});
