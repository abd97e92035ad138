import { describe, expect, it } from 'vitest';
import type { Progress } from '#protocol';
import { throttleProgress } from '../../../../server/services/execution/progress-throttle.ts';

function throttleAt(times: readonly number[], lastFraction: number): readonly number[] {
  let nowMs = 0;
  const told: Progress[] = [];
  const tell = throttleProgress({ monotonicMs: () => nowMs }, (progress) => told.push(progress));
  times.forEach((ms, i) => {
    nowMs = ms;
    tell({ fraction: i === times.length - 1 ? lastFraction : i / 1000, message: '' });
  });
  return told.map(({ fraction }) => fraction);
}

describe('progress', () => {
  it('is told at once, and then ten times a second', () => {
    expect(throttleAt([0, 50, 99, 100, 150, 199, 250], 0.9)).toEqual([0, 0.003, 0.9]);
  });

  it('is always told when it is complete', () => {
    expect(throttleAt([0, 1], 1)).toEqual([0, 1]);
  });
});
