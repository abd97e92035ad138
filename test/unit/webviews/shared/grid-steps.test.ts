import { describe, expect, test } from 'vitest';
import { findStep } from '../../../../webviews/shared/grid-steps.ts';

const PLACE = { active: 7, last: 99, page: 20 };

describe('keys in a grid', () => {
  test.each([
    ['ArrowUp', -1],
    ['ArrowDown', 1],
    ['PageUp', -20],
    ['PageDown', 20],
    ['Home', -7],
    ['End', 92],
  ])('%s moves by %d rows', (key, step) => {
    expect(findStep(key, PLACE)).toBe(step);
  });

  test.each(['a', 'Escape', 'constructor', '__proto__'])('%s moves nothing', (key) => {
    expect(findStep(key, PLACE)).toBeUndefined();
  });
});
