import { describe, expect, test } from 'vitest';
import {
  findReveal,
  findRow,
  findScrollTop,
  findSpan,
  findTop,
  type GridGeometry,
  measureAll,
  measureScrolled,
  readPosition,
} from '../../../../webviews/shared/grid-geometry.ts';

const SHORT: GridGeometry = { count: 1000, rowHeight: 22, opened: null };
const LONG: GridGeometry = { count: 5_000_000, rowHeight: 22, opened: null };

test('shows the rows in sight, and a few around them', () => {
  expect(findSpan(2200, 440, SHORT)).toEqual({ from: 94, to: 127 });
  expect(findSpan(0, 440, SHORT)).toEqual({ from: 0, to: 27 });
  expect(findSpan(0, 440, { ...SHORT, count: 0 })).toEqual({ from: 0, to: 0 });
});

test('five million rows scroll in proportion, to the last one', () => {
  expect(measureScrolled(LONG)).toBe(8_000_000);
  const last = readPosition(8_000_000 - 440, 440, LONG);
  expect(findRow(last + 439, LONG)).toBe(4_999_999);
  expect(readPosition(0, 440, LONG)).toBe(0);
});

test('places and positions are each other’s inverse', () => {
  for (const position of [0, 12_345, 55_000_000, 109_999_560]) {
    expect(readPosition(findScrollTop(position, 440, LONG), 440, LONG)).toBeCloseTo(position, 3);
  }
});

describe('something opened below a row', () => {
  const geometry: GridGeometry = { ...SHORT, opened: { index: 10, height: 100 } };

  test('pushes the rows below', () => {
    expect(findTop(10, geometry)).toBe(220);
    expect(findTop(11, geometry)).toBe(342);
    expect(measureAll(geometry)).toBe(22_100);
  });

  test('belongs to its row', () => {
    expect(findRow(219, geometry)).toBe(9);
    expect(findRow(241, geometry)).toBe(10);
    expect(findRow(300, geometry)).toBe(10);
    expect(findRow(342, geometry)).toBe(11);
  });
});

test('scrolls no further than needed to show a row', () => {
  const seen = { position: 220, height: 440 };
  expect(findReveal(15, seen, SHORT)).toBe(220);
  expect(findReveal(5, seen, SHORT)).toBe(110);
  expect(findReveal(40, seen, SHORT)).toBe(41 * 22 - 440);
});
