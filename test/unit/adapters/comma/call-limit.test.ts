import { describe, expect, it } from 'vitest';
import { CallLimit } from '../../../../server/adapters/comma/call-limit.ts';
import { FakeClock, settle } from '../../../support/fake-clock.ts';

const RATE = { calls: 5, windowMs: 60_000 };

describe('CallLimit', () => {
  it('lets five calls through in any sixty seconds', async () => {
    const clock = new FakeClock();
    const limit = new CallLimit(clock, RATE);
    const times: number[] = [];
    const call = async (): Promise<void> => {
      await limit.take(new AbortController().signal);
      times.push(clock.monotonicMs());
    };
    const calls = [call(), call()];
    await settle();
    clock.advance(30_000);
    for (let count = 0; count < 6; count++) calls.push(call());
    for (let step = 0; step < 12; step++) {
      await settle();
      clock.advance(10_000);
    }
    await Promise.all(calls);
    expect(times).toEqual([0, 0, 30_000, 30_000, 30_000, 60_000, 60_000, 90_000]);
  });

  it('waits no longer than the caller does', async () => {
    const clock = new FakeClock();
    const limit = new CallLimit(clock, { calls: 1, windowMs: 60_000 });
    await limit.take(new AbortController().signal);
    const caller = new AbortController();
    const waiting = limit.take(caller.signal);
    await settle();
    caller.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    await expect(limit.take(caller.signal)).rejects.toThrow('gone');
    expect(clock.waiting).toBe(0);
  });
});
