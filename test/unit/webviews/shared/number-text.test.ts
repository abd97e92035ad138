import { describe, expect, test } from 'vitest';
import {
  formatAmount,
  formatArbitrationId,
  formatBytes,
  formatCount,
  formatFixed,
  formatPercent,
  formatRate,
  formatValue,
  formatWithUnit,
} from '../../../../webviews/shared/number-text.ts';

const THIN = '\u2009';
const FIXED = '\u00A0';

test('counts have thin spaces and a real minus', () => {
  expect(formatCount(85560)).toBe(`85${THIN}560`);
  expect(formatCount(-1234567)).toBe(`\u22121${THIN}234${THIN}567`);
  expect(formatCount(999)).toBe('999');
  expect(formatCount(Number.NaN)).toBe('\u2013');
});

test('fixed decimals never show a negative zero', () => {
  expect(formatFixed(-0.001, 2)).toBe('0.00');
  expect(formatFixed(-1234.5, 1)).toBe(`\u22121${THIN}234.5`);
});

describe('values show four significant digits', () => {
  test.each([
    [0.5, '0.5'],
    [12.34567, '12.35'],
    [1234.567, `1${THIN}235`],
    [-0.016, '\u22120.016'],
    [3, '3'],
    [1e20, '1.000e20'],
    [0.00001, '1.000e\u22125'],
    [100.5, '100.5'],
  ])('%d', (value, text) => {
    expect(formatValue(value)).toBe(text);
  });
});

describe('sizes', () => {
  test.each([
    [0, `0${FIXED}B`],
    [999, `999${FIXED}B`],
    [9_400_000, `9.4${FIXED}MB`],
    [31_900_000, `31.9${FIXED}MB`],
    [999_960, `1.0${FIXED}MB`],
  ])('%d', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

test('shares are never 0 or 100 percent where something is left', () => {
  expect(formatPercent(0.0001)).toBe(`1${THIN}%`);
  expect(formatPercent(0.9999)).toBe(`99${THIN}%`);
  expect(formatPercent(0)).toBe(`0${THIN}%`);
  expect(formatPercent(1)).toBe(`100${THIN}%`);
  expect(formatPercent(0.388)).toBe(`39${THIN}%`);
});

test('rates have a decimal below ten', () => {
  expect(formatRate(9.87)).toBe('9.9');
  expect(formatRate(9.96)).toBe('10');
  expect(formatRate(null)).toBe('\u2013');
});

test('amounts name one and many', () => {
  expect(formatAmount(1, 'event')).toBe(`1${FIXED}event`);
  expect(formatAmount(2, 'event')).toBe(`2${FIXED}events`);
  expect(formatAmount(0, 'bus', 'buses')).toBe(`0${FIXED}buses`);
  expect(formatWithUnit('4', '')).toBe('4');
});

test('ids show as many digits as their kind has', () => {
  expect(formatArbitrationId(0x1d2)).toBe('0x1D2');
  expect(formatArbitrationId(5)).toBe('0x005');
  expect(formatArbitrationId(0x18daf110)).toBe('0x18DAF110');
});
