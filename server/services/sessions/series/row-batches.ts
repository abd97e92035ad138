import {
  BATCH_ROWS,
  createEventBatch,
  type EventBatch,
  type MutableEventBatch,
} from '../../../core/rlog/event-batch.ts';
import { EventHeaderReader } from '../../../core/rlog/event-header.ts';
import { allocateWindow, type LogWindow } from '../../../core/rlog/log-window.ts';
import { locateMessage, type OpenLog } from '../open-log.ts';

/** Makes batches of events of an open log that lie in memory. Borrowed: used again for the next. */
export class RowBatches {
  readonly #log: OpenLog;
  readonly #batch: MutableEventBatch;
  readonly #header: EventHeaderReader;

  constructor(log: OpenLog) {
    this.#log = log;
    this.#batch = createEventBatch(allocateWindow(0));
    this.#header = new EventHeaderReader(this.#batch.window);
  }

  /**
   * Batches of events of one segment, in their order; those that can no longer be read are left out.
   *
   * @param rows Of the log's events.
   * @yields Each with the rows of its events.
   */
  *list(window: LogWindow, rows: Uint32Array): Generator<RowBatch, void, undefined> {
    const batch = this.#batch;
    const own = new Uint32Array(Math.min(rows.length, BATCH_ROWS));
    this.#begin(window);
    for (const row of rows) {
      const [start = 0, size = 0] = [this.#log.events.offset[row], this.#log.events.size[row]];
      const isAligned = start % 8 === 0;
      if (batch.length > 0 && (!isAligned || batch.length === own.length || batch.window !== window)) {
        yield { batch, rows: own.subarray(0, batch.length) };
        this.#begin(window);
      }
      const message = locateMessage(window, start, start + size);
      if (!isAligned) batch.window = message.window;
      if (this.#header.append(batch, message.start, message.end) === 'event') own[batch.length - 1] = row;
    }
    if (batch.length > 0) yield { batch, rows: own.subarray(0, batch.length) };
  }

  #begin(window: LogWindow): void {
    this.#batch.window = window;
    this.#batch.length = 0;
  }
}

/** Events, and their rows in the log. */
export interface RowBatch {
  readonly batch: EventBatch;
  readonly rows: Uint32Array;
}
