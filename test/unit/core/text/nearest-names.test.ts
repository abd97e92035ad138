import { describe, expect, it } from 'vitest';
import { findNearestNames, offerNames } from '../../../../server/core/text/nearest-names.ts';

describe('findNearestNames', () => {
  it.each([
    ['vego', ['vEgo', 'vEgoRaw', 'gas'], ['vEgo', 'vEgoRaw']],
    ['carStaet', ['radarState', 'carState', 'can'], ['carState']],
    ['', ['x'], ['x']],
    ['zzzzzzzz', ['carState'], []],
    ['a', ['ab', 'ac', 'ad', 'ae', 'a', 'a'], ['a', 'ab', 'ac']],
  ])('for %j', (name, candidates, nearest) => {
    expect(findNearestNames(name, candidates)).toEqual(nearest);
  });

  it('is worded as a question, or not at all', () => {
    expect([offerNames(['a', 'b']), offerNames([])]).toEqual(['Did you mean a, b?', '']);
  });
});
