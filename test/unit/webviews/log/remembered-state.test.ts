import { expect, test } from 'vitest';
import { readRememberedState } from '../../../../webviews/log/remembered-state.ts';

const FRESH = { tab: 'overview', cursor: 0, range: null, isFollowing: true, parts: {} };

test.each([null, '', '{', '[]', '5', '"x"', 'null'])('%j was never remembered', (text) => {
  expect(readRememberedState(text)).toEqual(FRESH);
});

test('what cannot be is left out', () => {
  const text = JSON.stringify({
    tab: '__proto__',
    cursor: -1,
    range: { from: 9, to: 3 },
    isFollowing: 'no',
    parts: 7,
  });
  expect(readRememberedState(text)).toEqual(FRESH);
});

test('reads what was kept', () => {
  const kept = {
    tab: 'can',
    cursor: 12.5,
    range: { from: 1, to: 3 },
    isFollowing: false,
    parts: { can: { text: 'x' } },
  };
  expect(readRememberedState(JSON.stringify(kept))).toEqual(kept);
});
