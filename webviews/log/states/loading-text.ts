import type { SessionState } from '#protocol';
import { formatCount, formatPercent } from '../../shared/number-text.ts';
import { formatTime } from '../../shared/time-text.ts';

/** How far a log is read: "24 % · 20 642 events so far · up to 0:20.6 of about 1:06". */
export function describeLoading({ fraction, events, seconds, expectedSeconds }: SessionState): string {
  const about = expectedSeconds === null ? '' : ` of about ${formatTime(expectedSeconds, 0)}`;
  return [
    formatPercent(fraction),
    `${formatCount(events)} events so far`,
    `up to ${formatTime(seconds, 1)}${about}`,
  ].join(' · ');
}

/** The tenth of the way that was last passed, in percent: progress is announced once for each. */
export function findTenth(fraction: number): number {
  return Math.floor(Math.min(Math.max(fraction, 0), 1) * 10) * 10;
}
