import type { FrameClock } from './frame-table.ts';

const WORD = 0x1_0000_0000;

/**
 * Seconds from second 0 of a log, as the doubles that are nearest to whole nanoseconds.
 *
 * @param secondZero A monoTime in nanoseconds.
 */
export function createLogClock(secondZero: bigint): FrameClock {
  const zeroLow = Number(secondZero & 0xffff_ffffn);
  const zeroHigh = Number(secondZero >> 32n);
  return { toSeconds: (low, high) => ((high - zeroHigh) * WORD + (low - zeroLow)) / 1e9 };
}
