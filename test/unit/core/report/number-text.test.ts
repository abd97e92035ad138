import { describe, expect, it } from 'vitest';
import { formatNumber, formatReading, type NumberForm } from '../../../../server/core/report/number-text.ts';

describe('formatNumber', () => {
  it.each<[number, NumberForm, string]>([
    [0, {}, '0'],
    [96600, {}, '96\u202f600'],
    [1234567.25, {}, '1\u202f234\u202f567.25'],
    [-10, { unit: 'ms' }, '−10\u00a0ms'],
    [55.375, { digits: 2, unit: 'mph' }, '55.38\u00a0mph'],
    [-0.001, { digits: 2 }, '0.00'],
    [0.1234567891, {}, '0.1234567891'],
    [1e-7, {}, '1e-7'],
    [1e21, { digits: 1 }, '1.0e21'],
    [NaN, {}, '–'],
    [Infinity, { unit: 's' }, '∞\u00a0s'],
    [-Infinity, {}, '−∞'],
  ])('%d, %o', (value, form, text) => {
    expect(formatNumber(value, form)).toBe(text);
  });
});

describe('formatReading', () => {
  it.each([
    [55.5789, 'mph', '55.58\u00a0mph'],
    [0, '', '0'],
    [-0.000012345, '', '−0.00001234'],
    [123456.7, '', '123\u202f457'],
    [98765432, '', '98\u202f770\u202f000'],
  ])('%d %s has four digits', (value, unit, text) => {
    expect(formatReading(value, unit)).toBe(text);
  });
});
