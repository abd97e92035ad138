import { describe, expect, it } from 'vitest';
import { createLogClock } from '../../../../server/core/can/log-clock.ts';

function readClock(time: bigint, zero: bigint): number {
  return createLogClock(zero).toSeconds(Number(time & 0xffff_ffffn), Number(time >> 32n));
}

describe('createLogClock', () => {
  it.each([
    { when: 'after second 0', time: 5_250_000_001n, zero: 5_000_000_000n, seconds: 0.250000001 },
    { when: 'before second 0', time: 1_000_000_000n, zero: 3_500_000_000n, seconds: -2.5 },
    { when: 'over the border of its halves', time: 0x1_0000_0001n, zero: 0xffff_ffffn, seconds: 2e-9 },
    { when: 'long after the start of the device', time: 2n ** 60n + 1n, zero: 2n ** 60n, seconds: 1e-9 },
  ])('counts seconds $when', ({ time, zero, seconds }) => {
    expect(readClock(time, zero)).toBe(seconds);
  });
});
