import { CanFrameColumns } from '../../../core/can/frame-columns.ts';
import { copyFrames } from '../../../core/can/frame-copy.ts';
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
      copyFrames(this.#table, [this.#taken, end], this.#columns);
      this.frames.add(this.#columns);
      this.#taken = end;
    }
  }
}
