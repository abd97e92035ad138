import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findTimeStep,
  formatClock,
  listTimeTicks,
  listValueTicks,
} from '../../../../server/core/series/axis-ticks.ts';

const labels = (ticks: readonly { label: string }[]) => ticks.map(({ label }) => label);

describe('listValueTicks', () => {
  it.each<{ range: [number, number]; most: number; expected: string[] }>([
    { range: [43, 59.5], most: 9, expected: ['44', '46', '48', '50', '52', '54', '56', '58'] },
    { range: [-12, 12], most: 5, expected: ['−10', '−5', '0', '5', '10'] },
    { range: [0, 0.03], most: 3, expected: ['0.00', '0.01', '0.02', '0.03'] },
    { range: [0, 5000], most: 3, expected: ['0', '2\u202f000', '4\u202f000'] },
    { range: [0, 3e9], most: 3, expected: ['0', '1e9', '2e9', '3e9'] },
  ])('within $range', ({ range: [low, high], most, expected }) => {
    expect(labels(listValueTicks(low, high, most))).toEqual(expected);
  });

  it.each([
    [1, 1],
    [0, Infinity],
    [NaN, 1],
  ])('has none from %d to %d', (low, high) => {
    expect(listValueTicks(low, high, 5)).toEqual([]);
  });

  it('has steps of 1, 2 or 5, inside the range, hardly more than asked for', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
        fc.integer({ min: 1, max: 12 }),
        (low, range, most) => {
          const ticks = listValueTicks(low, low + range, most);
          expect(ticks.length).toBeLessThanOrEqual(most + 1);
          for (const { at } of ticks) {
            expect(at).toBeGreaterThanOrEqual(low - range * 1e-6);
            expect(at).toBeLessThanOrEqual(low + range * (1 + 1e-6));
          }
        },
      ),
    );
  });
});

describe('time axis', () => {
  it.each([
    [60, 12, 5],
    [60, 9, 10],
    [66, 16, 5],
    [3600, 10, 600],
    [8, 16, 0.5],
    [0.05, 10, 0.005],
    [1e7, 10, 1_036_800],
  ])('%d s with at most %d ticks has steps of %d s', (length, most, step) => {
    expect(findTimeStep(length, most)).toBe(step);
  });

  it('has coarse steps that are multiples of the fine one', () => {
    expect(findTimeStep(25, 16)).toBe(2);
    expect(findTimeStep(25, 6, 2)).toBe(10);
    expect(findTimeStep(25, 6)).toBe(5);
  });

  it('is written as minutes and seconds, with decimals where steps have them', () => {
    expect(labels(listTimeTicks(-5, 65, 30))).toEqual(['0:00', '0:30', '1:00']);
    expect(labels(listTimeTicks(1.4, 2.1, 0.2))).toEqual(['0:01.4', '0:01.6', '0:01.8', '0:02.0']);
    expect(labels(listTimeTicks(0, 0.01, 0.005))).toEqual(['0:00.000', '0:00.005', '0:00.010']);
  });
});

describe('formatClock', () => {
  it.each([
    [0, 3, '0:00.000'],
    [14.499, 3, '0:14.499'],
    [59.9996, 3, '1:00.000'],
    [-0.5, 1, '−0:00.5'],
    [-0.0001, 3, '0:00.000'],
    [4501, 0, '75:01'],
    [NaN, 3, '–'],
    [Infinity, 3, '–'],
  ])('%d with %d decimals is %s', (seconds, decimals, text) => {
    expect(formatClock(seconds, decimals)).toBe(text);
  });
});
