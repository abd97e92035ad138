import type { Progress } from '#protocol';
import type { Clock } from '../clock.ts';

const MIN_INTERVAL_MS = 100;

/**
 * Passes progress on at most ten times a second: a log has a thousand windows. The first and the complete one always
 * pass.
 */
export function throttleProgress(
  clock: Pick<Clock, 'monotonicMs'>,
  tell: (progress: Progress) => void,
): (progress: Progress) => void {
  let lastMs = -Infinity;
  return (progress) => {
    const nowMs = clock.monotonicMs();
    if (progress.fraction < 1 && nowMs - lastMs < MIN_INTERVAL_MS) return;
    lastMs = nowMs;
    tell(progress);
  };
}
