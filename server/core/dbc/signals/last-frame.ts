import { FrameTable } from '../../can/frame-table.ts';
import { findRowsBetween } from '../../can/message-rows.ts';
import { MAX_PAYLOAD_BYTES } from '../codec/signal-plan.ts';

/** The last frame of one message that came up to a time; what is longer than any payload that is read is not kept. */
export class LastFrame {
  readonly bus: number;
  readonly arbitrationId: number;
  /** -Infinity before the first frame. */
  seconds = -Infinity;
  #payload = new Uint8Array(0);

  constructor(bus: number, arbitrationId: number) {
    this.bus = bus;
    this.arbitrationId = arbitrationId;
  }

  get payload(): Uint8Array {
    return this.#payload;
  }

  /**
   * Keeps the last of some frames up to a time, unless a later one was seen before. Of frames at one time the one that
   * comes last counts.
   *
   * @param rows Frames of the message by time.
   */
  add(table: FrameTable, rows: Uint32Array, upToSeconds: number): void {
    const { end } = findRowsBetween(table, rows, { from: -Infinity, to: upToSeconds });
    const row = rows[end - 1];
    if (row === undefined || table.seconds[row]! < this.seconds) return;
    this.seconds = table.seconds[row]!;
    const start = table.dataStart[row]!;
    this.#payload = table.data.slice(start, start + Math.min(table.dataLength[row]!, MAX_PAYLOAD_BYTES));
  }

  /** A table with this frame alone. */
  toTable(): FrameTable {
    const table = new FrameTable(1);
    table.push(this, this.#payload, [0, this.#payload.length]);
    return table;
  }
}
