import { describe, expect, it } from 'vitest';
import { RestartBackoff } from '../../../../client/backend/restart-backoff.ts';

describe('RestartBackoff', () => {
  it('waits twice as long each time, six times, and then gives up', () => {
    const backoff = new RestartBackoff();
    const delays = Array.from({ length: 7 }, () => backoff.next(0));
    expect(delays).toEqual([250, 500, 1000, 2000, 4000, 8000, undefined]);
  });

  it('begins anew after a backend that answered for a minute', () => {
    const backoff = new RestartBackoff();
    for (let count = 0; count < 6; count++) backoff.next(59_999);
    expect(backoff.next(60_000)).toBe(250);
  });

  it('begins anew when somebody restarts', () => {
    const backoff = new RestartBackoff();
    for (let count = 0; count < 7; count++) backoff.next(0);
    backoff.reset();
    expect(backoff.next(0)).toBe(250);
  });
});
