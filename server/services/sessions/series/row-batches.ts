import {
  BATCH_ROWS,
  createEventBatch,
  type EventBatch,
  type MutableEventBatch,
} from '../../../core/rlog/event-batch.ts';
import { EventHeaderReader } from '../../../core/rlog/event-header.ts';
import { allocateWindow, type LogWindow } from '../../../core/rlog/log-window.ts';
import { locateMessage } from '../located-message.ts';
import type { OpenLog } from '../open-log.ts';

/** Events of one service, and their times. Borrowed: overwritten by the next. */
export interface TimedBatch {
  readonly batch: EventBatch;
  /** From second 0 of the log; as many as the batch has events. */
  readonly seconds: Float64Array;
}

/** Makes batches of events of an open log whose bytes lie in memory. */
export class RowBatches {
  readonly #log: OpenLog;
  readonly #batch: MutableEventBatch;
  readonly #header: EventHeaderReader;
  readonly #seconds = new Float64Array(BATCH_ROWS);

  constructor(log: OpenLog) {
    this.#log = log;
    this.#batch = createEventBatch(allocateWindow(0));
    this.#header = new EventHeaderReader(this.#batch.window);
  }

  /**
   * Batches of events of one segment, in file order; those that can no longer be read are left out.
   *
   * @param rows Of the log's events.
   * @yields Whenever a batch is full, and at the end.
   */
  *list(window: LogWindow, rows: Uint32Array): Generator<TimedBatch, void, undefined> {
    const batch = this.#batch;
    const { offset, size } = this.#log.events;
    this.#begin(window);
    for (const row of rows) {
      const [start = 0, bytes = 0] = [offset[row], size[row]];
      // An event off whole words is a batch of its own: it was copied to where it can be read.
      const message = locateMessage(window, start, start + bytes);
      if (batch.length === BATCH_ROWS || message.window !== batch.window) {
        if (batch.length > 0) yield this.#timed;
        this.#begin(message.window);
      }
      if (this.#header.append(batch, message.start, message.end) === 'event')
        this.#seconds[batch.length - 1] = this.#log.events.seconds[row] ?? NaN;
    }
    if (batch.length > 0) yield this.#timed;
  }

  get #timed(): TimedBatch {
    return { batch: this.#batch, seconds: this.#seconds.subarray(0, this.#batch.length) };
  }

  #begin(window: LogWindow): void {
    this.#batch.window = window;
    this.#batch.length = 0;
  }
}
