import type { CanFrames } from './frame-columns.ts';
import type { FrameClock } from './frame-table.ts';

/** Finds the latest time of some frames, in seconds of a clock; -Infinity without frames. */
export function findLatestFrame({ monoTimeWords, length }: CanFrames, clock: FrameClock): number {
  let low = 0;
  let high = -1;
  for (let row = 0; row < length; row++) {
    const rowLow = monoTimeWords[2 * row]!;
    const rowHigh = monoTimeWords[2 * row + 1]!;
    if (rowHigh < high || (rowHigh === high && rowLow <= low)) continue;
    low = rowLow;
    high = rowHigh;
  }
  return high < 0 ? -Infinity : clock.toSeconds(low, high);
}
