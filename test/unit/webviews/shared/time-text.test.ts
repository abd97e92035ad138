import { describe, expect, test } from 'vitest';
import { formatDuration, formatTime, parseTime } from '../../../../webviews/shared/time-text.ts';

describe('formatTime', () => {
  test.each([
    [27.072, 3, '0:27.072'],
    [27.0724, 2, '0:27.07'],
    [66.16, 1, '1:06.2'],
    [60, 0, '1:00'],
    [59.9999, 3, '1:00.000'],
    [3599.5, 0, '60:00'],
    [0, 3, '0:00.000'],
    [-1.5, 2, '\u22120:01.50'],
    [-0.0001, 3, '0:00.000'],
    [Number.NaN, 3, '\u2013'],
    [Number.POSITIVE_INFINITY, 3, '\u2013'],
  ])('%d with %d decimals', (seconds, decimals, text) => {
    expect(formatTime(seconds, decimals)).toBe(text);
  });
});

describe('formatDuration', () => {
  test.each([
    [0.03, '30\u00A0ms'],
    [0.148, '148\u00A0ms'],
    [0.0012, '1.20\u00A0ms'],
    [0, '0\u00A0ms'],
    [1.51, '1.51\u00A0s'],
    [0.9996, '1.00\u00A0s'],
    [125, '2:05'],
  ])('%d s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe('parseTime', () => {
  test.each([
    ['27', 27],
    ['0:27.072', 27.072],
    [' 1:02:03 ', 3723],
    ['1:06,5', 66.5],
    ['90', 90],
  ])('reads %s', (text, seconds) => {
    expect(parseTime(text)).toBeCloseTo(seconds, 9);
  });

  test.each(['', 'x', '1:99', '-1', '1:2:3:4', '1e9', '0x10', ':', '1.5:00'])('refuses %j', (text) => {
    expect(parseTime(text)).toBeNull();
  });

  test('reads what formatTime writes', () => {
    for (const seconds of [0, 0.001, 59.999, 60, 66.16, 3725.5]) {
      expect(parseTime(formatTime(seconds))).toBeCloseTo(seconds, 6);
    }
  });
});
