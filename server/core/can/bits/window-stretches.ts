import { findSamples, type SampleRange } from '../../series/sample-range.ts';
import type { FrameTable } from '../frame-table.ts';
import { findRowsBetween, type TimeSpan } from '../message-rows.ts';

/** The frames of a message that lie in a window, by their place among the rows of the message. */
export interface WindowStretch extends SampleRange {
  /** Index of the window. */
  readonly window: number;
}

/** Finds the frames of messages in windows, in time that grows with what is found and not with the number of windows. */
export class WindowStretches {
  readonly #windows: readonly TimeSpan[];
  /** One per window: the latest end of it and of all before it. */
  readonly #reach: Float64Array;

  /** @param windows By start; they may overlap. */
  constructor(windows: readonly TimeSpan[]) {
    this.#windows = windows;
    let reach = -Infinity;
    this.#reach = Float64Array.from(windows, ({ to }) => (reach = Math.max(reach, to)));
  }

  /** @param rows Rows of one message, by time. */
  list(table: FrameTable, rows: Uint32Array): readonly WindowStretch[] {
    const stretches: WindowStretch[] = [];
    let behind = 0;
    for (let at = 0; behind < rows.length; at++) {
      // Windows that end before the next frame have none.
      at += findSamples(this.#reach.subarray(at), table.seconds[rows[behind]!]!, Infinity).first;
      const window = this.#windows[at];
      if (window === undefined) break;
      const { first, end } = findRowsBetween(table, rows.subarray(behind), window);
      if (end > first) stretches.push({ window: at, first: behind + first, end: behind + end });
      behind += first;
    }
    return stretches;
  }
}
