import type { FrameClock } from '../can/frame-table.ts';
import type { EventBatch } from './event-batch.ts';

const FIRST_ROWS = 16_384;
const GROWTH = 1.5;

/** Where the events of a batch belong. */
export interface EventOrigin {
  readonly clock: FrameClock;
  /** Index of the segment in its log, from 0. */
  readonly segment: number;
}

/**
 * All events of a log over all segments, in file order and in columns: row `i` of each describes the same event. 21
 * bytes an event. Columns may be longer than `length`, and move when they grow: take them anew after every wait.
 */
export class EventColumns {
  length = 0;
  /** From second 0 of the log. */
  seconds = new Float64Array(FIRST_ROWS);
  /** Union tag: the service. */
  tag = new Uint16Array(FIRST_ROWS);
  /** Index of the segment in its log, from 0. */
  segment = new Uint16Array(FIRST_ROWS);
  /** Byte of the segment's decompressed bytes at which the event's message begins; whole words but behind garbage. */
  offset = new Uint32Array(FIRST_ROWS);
  /** Bytes of the message, its segment table included. */
  size = new Uint32Array(FIRST_ROWS);
  /** MULTI_SEGMENT, NOT_VALID; see `event-batch`. */
  flags = new Uint8Array(FIRST_ROWS);

  /** Appends a batch's events. */
  add(batch: EventBatch, { clock, segment }: EventOrigin): void {
    const first = this.length;
    const { length, windowStart, start, end, monoTimeWords } = batch;
    this.#reserve(first + length);
    const { seconds, offset, size } = this;
    for (let i = 0; i < length; i++) {
      seconds[first + i] = clock.toSeconds(monoTimeWords[2 * i]!, monoTimeWords[2 * i + 1]!);
      offset[first + i] = windowStart + start[i]!;
      size[first + i] = end[i]! - start[i]!;
    }
    this.tag.set(batch.tag.subarray(0, length), first);
    this.flags.set(batch.flags.subarray(0, length), first);
    this.segment.fill(segment, first, first + length);
    this.length = first + length;
  }

  #reserve(rows: number): void {
    if (rows <= this.tag.length) return;
    const capacity = Math.ceil(Math.max(rows, GROWTH * this.tag.length));
    // Transferring frees the old memory at once, where a copy would wait for the collector.
    this.seconds = new Float64Array(this.seconds.buffer.transfer(8 * capacity));
    this.tag = new Uint16Array(this.tag.buffer.transfer(2 * capacity));
    this.segment = new Uint16Array(this.segment.buffer.transfer(2 * capacity));
    this.offset = new Uint32Array(this.offset.buffer.transfer(4 * capacity));
    this.size = new Uint32Array(this.size.buffer.transfer(4 * capacity));
    this.flags = new Uint8Array(this.flags.buffer.transfer(capacity));
  }
}

/** Moves second 0 back by so many nanoseconds: an earlier event was found in the first segment. */
export function delayTimes(seconds: Float64Array, length: number, nanoseconds: number): void {
  // Times are whole nanoseconds, nearest doubles: rounding gives them back.
  for (let row = 0; row < length; row++) seconds[row] = (Math.round(seconds[row]! * 1e9) + nanoseconds) / 1e9;
}
