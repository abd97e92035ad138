import { CanFrameColumns } from '../../../core/can/frame-columns.ts';
import type { FrameTable } from '../../../core/can/frame-table.ts';
import { FrameSurvey } from '../../../core/dbc/sources/frame-survey.ts';

/** Frames that are copied at once. */
const CHUNK_ROWS = 8192;

/** Surveys the frames of a table that grows, so that databases can be chosen without reading the log again. */
export class TableSurvey {
  readonly frames = new FrameSurvey();
  readonly #table: FrameTable;
  readonly #columns = new CanFrameColumns();
  #taken = 0;

  constructor(table: FrameTable) {
    this.#table = table;
  }

  /** Takes in the rows that were added to the table. */
  update(): void {
    const { length } = this.#table;
    while (this.#taken < length) {
      const end = Math.min(this.#taken + CHUNK_ROWS, length);
      this.#copy(this.#taken, end);
      this.frames.add(this.#columns);
      this.#taken = end;
    }
  }

  #copy(first: number, end: number): void {
    const { bus, arbitrationId, data, dataStart, dataLength } = this.#table;
    const columns = this.#columns;
    columns.clear();
    columns.reserveRows(end - first);
    columns.bus.set(bus.subarray(first, end));
    columns.arbitrationId.set(arbitrationId.subarray(first, end));
    for (let row = first; row < end; row++) {
      const [start = 0, bytes = 0] = [dataStart[row], dataLength[row]];
      columns.reserveData(bytes);
      const to = columns.dataStart[columns.length] ?? 0;
      columns.data.set(data.subarray(start, start + bytes), to);
      columns.dataStart[++columns.length] = to + bytes;
    }
  }
}
