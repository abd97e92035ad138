import { describe, expect, it } from 'vitest';
import { formatDuration, formatUptime } from '../../../../../server/transports/http/bodies/duration-text.ts';

describe('durations', () => {
  it.each([
    [0, '0.0s'],
    [30, '30.0s'],
    [59.96, '60.0s'],
    [60, '1.0m'],
    [3599, '60.0m'],
    [3660, '1.0h'],
    [86_400, '24.0h'],
  ])('%d s is %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it.each([
    [0, '0d 0h 0m 0s'],
    [60.9, '0d 0h 1m 0s'],
    [86_400, '1d 0h 0m 0s'],
    [90_061, '1d 1h 1m 1s'],
  ])('up for %d s is %s', (seconds, text) => {
    expect(formatUptime(seconds)).toBe(text);
  });
});
