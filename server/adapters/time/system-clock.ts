import type { Clock } from '../../services/clock.ts';

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  monotonicMs: () => performance.now(),
  schedule(delayMs, callback) {
    // Longer than a timer can hold is as good as never.
    const timer = setTimeout(callback, Math.min(delayMs, 2 ** 31 - 1));
    return () => {
      clearTimeout(timer);
    };
  },
};
