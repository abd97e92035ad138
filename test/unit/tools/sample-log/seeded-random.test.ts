import { expect, it } from 'vitest';
import { SeededRandom, wave } from '../../../../tools/sample-log/seeded-random.ts';

it('gives the numbers of mulberry32', () => {
  const random = new SeededRandom(1);
  expect([random.bits(), random.bits(), random.bits()]).toEqual([2693262067, 11749833, 2265367787]);
});

it('keeps to its ranges', () => {
  const random = new SeededRandom(2);
  const numbers = Array.from({ length: 1000 }, () => random.below(6));
  expect(new Set(numbers)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  expect(Math.max(...Array.from({ length: 1000 }, () => Math.abs(random.noise(2))))).toBeLessThan(6);
  expect(
    Array.from({ length: 20 }, () => random.pick(['a', 'b']))
      .sort()
      .join(''),
  ).toMatch(/^a+b+$/);
});

it('makes a wave of period 1', () => {
  expect([0, 0.125, 0.25, 0.5, 0.75, 1.25, -0.25].map(wave)).toEqual([0, 0.75, 1, -0, -1, 1, -1]);
});
