import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PayloadVariety } from '../../../../../server/core/can/bits/payload-variety.ts';
import { arbitraryFrames, tabulateFrames } from '../../../../support/frame-lists.ts';

it('counts the different payloads before, in and after a stretch', () => {
  const { table, rows } = tabulateFrames([
    [0, 'aa'],
    [1, 'aa00'],
    [2, 'aa'],
    [3, 'bb'],
    [4, ''],
    [5, 'bb'],
  ]);
  const variety = new PayloadVariety(table, rows);
  expect(variety.count(3, 5)).toEqual({ before: 2, within: 2, after: 1 });
  expect(variety.count(3, 5)).toEqual({ before: 2, within: 2, after: 1 });
  expect(variety.count(0, 6)).toEqual({ before: 0, within: 4, after: 0 });
});

it('counts what sets count, stretch after stretch', () => {
  const ends = fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(arbitraryFrames(3), ends, (frames, stretches) => {
      const { table, rows } = tabulateFrames(frames);
      const variety = new PayloadVariety(table, rows);
      const count = (from: number, to: number): number =>
        new Set(frames.slice(from, to).map(([, payload]) => payload)).size;
      for (const [one, other] of stretches) {
        const from = Math.min(one, other, frames.length);
        const to = Math.min(Math.max(one, other), frames.length);
        const expected = { before: count(0, from), within: count(from, to), after: count(to, frames.length) };
        expect(variety.count(from, to)).toEqual(expected);
      }
    }),
  );
});
