import fc from 'fast-check';
import { expect, it } from 'vitest';
import { followBit } from '../../../../../server/core/can/bits/bit-occurrence.ts';
import { arbitraryFrames, bitOf, type ListedFrame, tabulateFrames } from '../../../../support/frame-lists.ts';

it.each([
  { value: 1 as const, frames: 2, firstSeconds: 1, toggles: 2 },
  { value: 0 as const, frames: 2, firstSeconds: 0.5, toggles: 2 },
])('follows bit 9 to its value $value, past a frame that is too short', ({ value, ...found }) => {
  const { table, rows } = tabulateFrames([
    [0.5, '0001'],
    [1, '0002'],
    [2, 'FF'],
    [3, '00FF'],
    [4, '00FD'],
  ]);
  expect(followBit(table, rows, { bit: 9, value })).toEqual(found);
});

it('knows no time for a value that never comes', () => {
  const { table, rows } = tabulateFrames([[0, '00']]);
  expect(followBit(table, rows, { bit: 3, value: 1 })).toEqual({
    frames: 0,
    firstSeconds: undefined,
    toggles: 0,
  });
});

it('finds what a slow reading finds', () => {
  fc.assert(
    fc.property(arbitraryFrames(4), fc.nat({ max: 31 }), fc.constantFrom(0, 1), (frames, bit, value) => {
      const having = frames.filter(([, payload]) => 4 * payload.length > bit);
      const matching = having.filter((frame) => bitOf(frame, bit) === value);
      const isToggle = (frame: ListedFrame, i: number): boolean =>
        i > 0 && bitOf(frame, bit) !== bitOf(having[i - 1] ?? frame, bit);
      const { table, rows } = tabulateFrames(frames);
      expect(followBit(table, rows, { bit, value: value === 1 ? 1 : 0 })).toEqual({
        frames: matching.length,
        firstSeconds: matching[0]?.[0],
        toggles: having.filter(isToggle).length,
      });
    }),
  );
});
