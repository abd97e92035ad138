import { describe, expect, it } from 'vitest';
import { FailedAttempts } from '../../../../server/transports/http/failed-attempts.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

describe('FailedAttempts', () => {
  it('counts within a minute of the first failure', () => {
    const clock = new FakeClock();
    const attempts = new FailedAttempts(2, clock);
    attempts.add('a');
    clock.advance(30_000);
    expect(attempts.measureWait('a')).toBe(0);
    attempts.add('a');
    expect(attempts.measureWait('a')).toBe(30);
    clock.advance(29_999);
    expect(attempts.measureWait('a')).toBe(1);
    clock.advance(1);
    expect(attempts.measureWait('a')).toBe(0);
    attempts.add('a');
    expect(attempts.measureWait('a')).toBe(0);
  });

  it('forgets who failed longest ago rather than grow without end', () => {
    const attempts = new FailedAttempts(1, new FakeClock());
    for (let index = 0; index <= 10_000; index += 1) attempts.add(String(index));
    expect([0, 1, 10_000].map((index) => attempts.measureWait(String(index)))).toEqual([0, 60, 60]);
  });
});
