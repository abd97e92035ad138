import { expect, it } from 'vitest';
import { formatUptime } from '../../../../server/services/service/uptime-text.ts';

it.each([
  [0, '0d 0h 0m 0s'],
  [60, '0d 0h 1m 0s'],
  [86_400, '1d 0h 0m 0s'],
  [90_061, '1d 1h 1m 1s'],
  [8130.9, '0d 2h 15m 30s'],
  [-1, '0d 0h 0m 0s'],
])('words %s seconds as %s', (seconds, text) => {
  expect(formatUptime(seconds)).toBe(text);
});
