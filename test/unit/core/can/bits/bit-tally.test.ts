import { expect, it } from 'vitest';
import { BitTally } from '../../../../../server/core/can/bits/bit-tally.ts';

it('counts nothing where nothing was added', () => {
  expect(new BitTally().finish()).toEqual(new Uint32Array(512));
});

it('counts the bits of each word by themselves, the highest one too', () => {
  const tally = new BitTally();
  tally.add(0, 0b101);
  tally.add(0, 0b100);
  tally.add(15, 1 << 31);
  const expected = new Uint32Array(512);
  [expected[0], expected[2], expected[511]] = [1, 2, 1];
  expect(tally.finish()).toEqual(expected);
});

it.each([254, 255, 256, 65_535, 65_536])('counts bits that are told %i times', (times) => {
  const tally = new BitTally();
  for (let i = 0; i < times; i++) tally.add(1, i % 3 === 0 ? -1 : 1);
  const counts = tally.finish();
  expect([counts[31], counts[32], counts[33], counts[63], counts[64]]).toEqual([
    0,
    times,
    Math.ceil(times / 3),
    Math.ceil(times / 3),
    0,
  ]);
});
