import { expect, test } from 'vitest';
import {
  drawSilhouette,
  drawTicks,
  invertSpans,
  placeBars,
  placeTime,
  readTime,
} from '../../../../webviews/shared/track-shapes.ts';

const SCALE = { whole: { from: 0, to: 100 }, width: 1000 };

test('times and places are each other’s inverse', () => {
  expect(placeTime(27, SCALE)).toBe(270);
  expect(readTime(270, SCALE)).toBe(27);
  expect(placeTime(5, { whole: { from: 0, to: 0 }, width: 10 })).toBe(0);
});

test('spans that cannot be told apart become one bar', () => {
  const spans = Array.from({ length: 1000 }, (_, index) => ({
    from: 10 + index / 1000,
    to: 10 + index / 1000,
  }));
  expect(placeBars(spans, SCALE).length).toBeLessThan(10);
  expect(
    placeBars(
      [
        { from: 1, to: 2 },
        { from: 50, to: 60 },
      ],
      SCALE,
    ),
  ).toEqual([
    { x: 10, width: 10 },
    { x: 500, width: 100 },
  ]);
});

test('ten thousand ticks are at most one per pixel', () => {
  const times = Array.from({ length: 10_000 }, (_, index) => index / 100);
  const path = drawTicks(times, SCALE, { top: 1, height: 2 });
  expect(path.split('M').length - 1).toBeLessThanOrEqual(1001);
});

test('a silhouette breaks where there is no value', () => {
  const path = drawSilhouette(Float32Array.of(Number.NaN, 10, 20, Number.NaN, 5), {
    width: 50,
    base: 44,
    height: 24,
  });
  expect(path.match(/Z/g)).toHaveLength(2);
  expect(path).toContain('L25.0 20.0');
  expect(drawSilhouette(Float32Array.of(Number.NaN, 0), { width: 50, base: 44, height: 24 })).toBe('');
});

test('what lies between spans, in whatever order they come', () => {
  const whole = { from: 0, to: 10 };
  expect(
    invertSpans(
      [
        { from: 6, to: 12 },
        { from: 0, to: 2 },
        { from: 1, to: 3 },
      ],
      whole,
    ),
  ).toEqual([{ from: 3, to: 6 }]);
  expect(invertSpans([], whole)).toEqual([whole]);
});
