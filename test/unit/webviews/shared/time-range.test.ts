import { expect, test } from 'vitest';
import { clamp, fitRange, panRange, zoomRange } from '../../../../webviews/shared/time-range.ts';

const WHOLE = { from: 0, to: 60 };

test('a range is put in order and into the log', () => {
  expect(fitRange({ from: 70, to: -5 }, WHOLE)).toEqual(WHOLE);
  expect(fitRange({ from: 20, to: 10 }, WHOLE)).toEqual({ from: 10, to: 20 });
});

test('a range is never empty', () => {
  const fit = fitRange({ from: 60, to: 60 }, WHOLE);
  expect(fit.to - fit.from).toBeCloseTo(0.001, 9);
  expect(fit.to).toBeLessThanOrEqual(60);
});

test('an empty log has an empty range', () => {
  expect(fitRange({ from: 0, to: 5 }, { from: 0, to: 0 })).toEqual({ from: 0, to: 0 });
});

test('zooming keeps the time below the pointer in its place', () => {
  expect(zoomRange({ from: 10, to: 30 }, 15, 0.5)).toEqual({ from: 12.5, to: 22.5 });
  expect(zoomRange({ from: 10, to: 30 }, 99, 0.5)).toEqual({ from: 20, to: 30 });
});

test('panning stops at the ends and keeps the length', () => {
  expect(panRange({ from: 10, to: 30 }, 100, WHOLE)).toEqual({ from: 40, to: 60 });
  expect(panRange({ from: 10, to: 30 }, -100, WHOLE)).toEqual({ from: 0, to: 20 });
});

test('clamp survives limits in the wrong order', () => {
  expect(clamp(5, 3, 1)).toBe(3);
});
