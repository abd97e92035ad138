import { readBitTimeline } from '../../core/can/bits/bit-toggles.ts';
import type { FrameTable } from '../../core/can/frame-table.ts';

/** A stretch of time in which something held: from the first frame that says so to the first that does not. */
export interface Span {
  readonly startSeconds: number;
  /** The last frame of the message, where the log ends first. */
  readonly endSeconds: number;
  /** It held in the first frame already. */
  readonly isOpenAtStart: boolean;
  /** It still held in the last frame. */
  readonly isOpenAtEnd: boolean;
}

/** When a bit changed, in a stretch of frames. */
export interface BitHistory {
  readonly initial: 0 | 1;
  /** Times of the first and the last frame. */
  readonly firstSeconds: number;
  readonly lastSeconds: number;
  /** Times of its changes, ascending; it is the other value after each. */
  readonly changes: Iterable<number>;
}

/**
 * Finds when a bit was 1; a payload that is too short to have it counts as 0.
 *
 * @param rows Rows of one message on one bus, by time.
 */
export function readBitSpans(frames: FrameTable, rows: Uint32Array, bit: number): readonly Span[] {
  const { initial, seconds } = readBitTimeline(frames, rows, bit);
  return listSpans({
    initial,
    changes: seconds,
    firstSeconds: frames.seconds[rows.at(0) ?? 0] ?? NaN,
    lastSeconds: frames.seconds[rows.at(-1) ?? 0] ?? NaN,
  });
}

/** Lists the stretches in which a bit was 1, by time. */
export function listSpans({ initial, firstSeconds, lastSeconds, changes }: BitHistory): readonly Span[] {
  const spans: Span[] = [];
  let isOpenAtStart = initial === 1;
  let start = isOpenAtStart ? firstSeconds : undefined;
  for (const seconds of changes) {
    if (start === undefined) {
      start = seconds;
      continue;
    }
    spans.push({ startSeconds: start, endSeconds: seconds, isOpenAtStart, isOpenAtEnd: false });
    start = undefined;
    isOpenAtStart = false;
  }
  if (start !== undefined)
    spans.push({ startSeconds: start, endSeconds: lastSeconds, isOpenAtStart, isOpenAtEnd: true });
  return spans;
}
