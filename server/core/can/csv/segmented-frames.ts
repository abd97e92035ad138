import type { CanFrames } from '../frame-columns.ts';
import { POST, PRE, SegmentColumn, WINDOW } from './frame-segments.ts';
import { createMicrosecondClock, FrameTable, type FrameClock } from '../frame-table.ts';
import type { TimeSpan } from '../message-rows.ts';

const WORD = 0x1_0000_0000;

/** Frames, and for each whether it lies before, in or behind the window. */
export interface SegmentedFrames {
  readonly table: FrameTable;
  /** One per row; see `SEGMENT_NAMES`. May be longer than the table. */
  readonly segments: Uint8Array;
}

/**
 * Gathers the frames of a log, times in seconds after its first `can` event on whole microseconds, and labels them by
 * their exact times: what a reader of rlog-to-csv's CSV gets.
 */
export class FrameSegmenter implements SegmentedFrames {
  readonly table = new FrameTable();
  readonly #segments = new SegmentColumn();
  readonly #window: TimeSpan | undefined;
  #clock: FrameClock | undefined;
  #zeroLow = 0;
  #zeroHigh = 0;

  /** @param window Frames in it are `WINDOW`, before it `PRE`, behind it `POST`; without one all are `PRE`. */
  constructor(window: TimeSpan | undefined) {
    this.#window = window;
  }

  get segments(): Uint8Array {
    return this.#segments.segments;
  }

  /** @param firstMonoTime That of the log's first `can` event, in nanoseconds. */
  append(frames: CanFrames, firstMonoTime: bigint): void {
    this.#clock ??= this.#setZero(firstMonoTime);
    this.table.append(frames, this.#clock);
    const { monoTimeWords, length } = frames;
    let from = 0;
    // Frames of one event share its time.
    for (let row = 1; row <= length; row++) {
      if (row < length && isSameTime(monoTimeWords, row)) continue;
      this.#segments.fill(
        this.#segmentAt(monoTimeWords[2 * from]!, monoTimeWords[2 * from + 1]!),
        row - from,
      );
      from = row;
    }
  }

  #setZero(firstMonoTime: bigint): FrameClock {
    this.#zeroLow = Number(firstMonoTime & 0xffff_ffffn);
    this.#zeroHigh = Number(firstMonoTime >> 32n);
    return createMicrosecondClock(firstMonoTime);
  }

  #segmentAt(low: number, high: number): number {
    const seconds = ((high - this.#zeroHigh) * WORD + (low - this.#zeroLow)) / 1e9;
    if (this.#window === undefined || seconds < this.#window.from) return PRE;
    return seconds <= this.#window.to ? WINDOW : POST;
  }
}

function isSameTime(monoTimeWords: Uint32Array, row: number): boolean {
  const at = 2 * row;
  return monoTimeWords[at] === monoTimeWords[at - 2] && monoTimeWords[at + 1] === monoTimeWords[at - 1];
}

/** The frames of some buses only. */
export function keepBuses({ table, segments }: SegmentedFrames, buses: ReadonlySet<number>): SegmentedFrames {
  const kept = new FrameTable();
  const keptSegments = new SegmentColumn();
  const head = { seconds: 0, bus: 0, arbitrationId: 0 };
  const range: [start: number, end: number] = [0, 0];
  for (let row = 0; row < table.length; row++) {
    head.bus = table.bus[row]!;
    if (!buses.has(head.bus)) continue;
    head.seconds = table.seconds[row]!;
    head.arbitrationId = table.arbitrationId[row]!;
    range[0] = table.dataStart[row]!;
    range[1] = range[0] + table.dataLength[row]!;
    kept.push(head, table.data, range);
    keptSegments.push(segments[row]!);
  }
  return { table: kept, segments: keptSegments.segments };
}
