import { expect, test } from 'vitest';
import { placeTicks } from '../../../../webviews/shared/time-ticks.ts';

test('a minute over 1100 pixels has a tick every ten seconds', () => {
  const ticks = placeTicks({ from: 0, to: 66.16 }, { pixels: 1100, leastPixels: 140 });
  expect(ticks.map(({ label }) => label)).toEqual(['0:00', '0:10', '0:20', '0:30', '0:40', '0:50', '1:00']);
});

test('a part of a second has decimals', () => {
  const ticks = placeTicks({ from: 3.02, to: 3.09 }, { pixels: 500 });
  expect(ticks.map(({ label }) => label)).toEqual([
    '0:03.02',
    '0:03.03',
    '0:03.04',
    '0:03.05',
    '0:03.06',
    '0:03.07',
    '0:03.08',
    '0:03.09',
  ]);
});

test('labels keep their distance whatever the length', () => {
  for (const length of [0.01, 1, 13, 240, 3600, 50_000, 1e7]) {
    const ticks = placeTicks({ from: 0, to: length }, { pixels: 800, leastPixels: 64 });
    const [a, b] = ticks;
    if (a === undefined || b === undefined) continue;
    expect(((b.seconds - a.seconds) / length) * 800).toBeGreaterThanOrEqual(63.9);
    expect(ticks.length).toBeLessThan(20);
  }
});

test('nothing has no ticks', () => {
  expect(placeTicks({ from: 1, to: 1 }, { pixels: 100 })).toEqual([]);
  expect(placeTicks({ from: 0, to: Number.POSITIVE_INFINITY }, { pixels: 100 })).toEqual([]);
  expect(placeTicks({ from: 0, to: 1 }, { pixels: 0 })).toEqual([]);
});
