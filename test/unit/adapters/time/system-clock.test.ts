import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../server/adapters/time/system-clock.ts';

describe('the clock', () => {
  it('tells the time as people and records want it', () => {
    expect(systemClock.now()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('calls back when it is time, unless that was taken back', async () => {
    const called: string[] = [];
    const before = systemClock.monotonicMs();
    const takeBack = systemClock.schedule(1, () => void called.push('taken back'));
    systemClock.schedule(1e12, () => void called.push('too early'))();
    takeBack();
    await new Promise<void>((resolve) => {
      systemClock.schedule(5, resolve);
    });
    expect(called).toEqual([]);
    expect(systemClock.monotonicMs()).toBeGreaterThan(before);
  });
});
