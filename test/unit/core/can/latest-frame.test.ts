import { describe, expect, it } from 'vitest';
import { CanFrameColumns } from '../../../../server/core/can/frame-columns.ts';
import { findLatestFrame } from '../../../../server/core/can/latest-frame.ts';
import { createLogClock } from '../../../../server/core/can/log-clock.ts';

describe('findLatestFrame', () => {
  it('finds the latest of frames in any order', () => {
    const frames = new CanFrameColumns(4);
    frames.monoTime.set([3n, 2n ** 33n + 5n, 2n ** 33n + 2n, 0xffff_ffffn]);
    frames.length = 4;
    expect(findLatestFrame(frames, createLogClock(0n))).toBe((2 ** 33 + 5) / 1e9);
    frames.length = 1;
    expect(findLatestFrame(frames, createLogClock(0n))).toBe(3e-9);
  });

  it('finds none without frames', () => {
    expect(findLatestFrame(new CanFrameColumns(1), createLogClock(0n))).toBe(-Infinity);
  });
});
