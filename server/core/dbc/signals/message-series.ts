import type { FrameTable } from '../../can/frame-table.ts';
import type { ColumnOptions } from '../../series/column-points.ts';
import { StreamedSeries } from '../../series/streamed-series.ts';
import { compileMessage, type MessagePlan } from '../codec/message-plan.ts';
import { decodeMessage, type MessageColumns } from '../codec/signal-columns.ts';
import type { DatabaseMessage, DatabaseSignal } from '../model/database.ts';

/** Makes series of signals of one message on one bus, portion by portion; memory is that of the largest portion. */
export class MessageSeries {
  readonly #message: DatabaseMessage;
  readonly #options: ColumnOptions;
  readonly #signals: DatabaseSignal[] = [];
  readonly #series: StreamedSeries[] = [];
  /** Made when the first frames come. */
  #plan: MessagePlan | undefined;
  #columns: MessageColumns = [];
  #seconds = new Float64Array(0);

  constructor(message: DatabaseMessage, options: ColumnOptions) {
    this.#message = message;
    this.#options = options;
  }

  /**
   * Begins the series of a signal, before any frames are added.
   *
   * @returns To finish when all frames have been added.
   */
  add(signal: DatabaseSignal): StreamedSeries {
    const series = new StreamedSeries(this.#options);
    this.#signals.push(signal);
    this.#series.push(series);
    return series;
  }

  /** @param rows Frames of the message. */
  append(table: FrameTable, rows: Uint32Array): void {
    // What they are multiplexed by is read with them, asked for or not.
    this.#plan ??= compileMessage({ ...this.#message, signals: this.#signals });
    if (this.#seconds.length < rows.length) this.#grow(rows.length);
    decodeMessage(this.#plan, table, rows, this.#columns);
    for (let i = 0; i < this.#series.length; i++) {
      const values = this.#columns[i];
      if (values !== undefined)
        this.#series[i]?.append(this.#seconds, values, this.#keepPresent(table, rows, values));
    }
  }

  /** Moves up what frames hold, and puts their times beside it: a signal that is multiplexed out has no sample. */
  #keepPresent(table: FrameTable, rows: Uint32Array, values: Float64Array): number {
    const seconds = this.#seconds;
    let count = 0;
    for (let i = 0; i < rows.length; i++) {
      const value = values[i]!;
      if (value !== value) continue;
      seconds[count] = table.seconds[rows[i]!]!;
      values[count++] = value;
    }
    return count;
  }

  #grow(rows: number): void {
    this.#columns = this.#signals.map(() => new Float64Array(rows));
    this.#seconds = new Float64Array(rows);
  }
}

/** States hold until the next frame; whether numbers do, their values tell. */
export function isState({ labels, length, multiplexing }: DatabaseSignal): boolean {
  return (labels !== undefined && labels.size > 0) || length === 1 || multiplexing.isMultiplexor;
}
