import type { SessionOverview } from '#protocol';
import type { FrameClock } from '../../../core/can/frame-table.ts';
import type { EventBatch } from '../../../core/rlog/event-batch.ts';
import { appendFieldValues, FieldColumn } from '../../../core/schema/field-column.ts';
import type { FieldPath } from '../../../core/schema/field-path.ts';
import type { EncodeBlock } from './encode-block.ts';

/** Values that are drawn at once where they lie in one column of pixels. */
const BLOCK_ROWS = 64;

/** How speed is drawn. */
export interface SpeedDrawing {
  readonly columns: number;
  readonly durationSeconds: number;
  readonly encode: EncodeBlock;
}

/** What of a block is known: rows of its earliest and latest value, its least and greatest one. */
interface Blocks {
  readonly earliest: number[];
  readonly latest: number[];
  readonly low: number[];
  readonly high: number[];
}

/** A number over time, drawn as the least and greatest value of each column of pixels. */
export class SpeedTrack {
  readonly #path: FieldPath;
  readonly #values = new FieldColumn();
  readonly #blocks: Blocks = { earliest: [], latest: [], low: [], high: [] };

  constructor(path: FieldPath) {
    this.#path = path;
  }

  add(batch: EventBatch): void {
    appendFieldValues(batch, this.#path, this.#values);
    const blocks = this.#blocks;
    while ((blocks.low.length + 1) * BLOCK_ROWS <= this.#values.length)
      summarize(this.#values, blocks.low.length * BLOCK_ROWS, blocks);
  }

  /** Null where there is nothing to draw. */
  draw(clock: FrameClock, { columns, durationSeconds, encode }: SpeedDrawing): SessionOverview['speed'] {
    if (this.#values.length === 0 || durationSeconds <= 0) return null;
    const extremes = new ColumnExtremes(columns, durationSeconds);
    const { earliest, latest, low, high } = this.#blocks;
    for (let block = 0; block < low.length; block++) {
      const column = extremes.columnOf(this.#secondsOf(earliest[block]!, clock));
      if (column === extremes.columnOf(this.#secondsOf(latest[block]!, clock)))
        extremes.add(column, low[block]!, high[block]!);
      else this.#drawRows([block * BLOCK_ROWS, (block + 1) * BLOCK_ROWS], clock, extremes);
    }
    this.#drawRows([low.length * BLOCK_ROWS, this.#values.length], clock, extremes);
    const write = ({ buffer }: Float32Array<ArrayBuffer>): ReturnType<EncodeBlock> =>
      encode(new Uint8Array(buffer));
    return { columns, low: write(extremes.low), high: write(extremes.high) };
  }

  #drawRows([from, to]: readonly [number, number], clock: FrameClock, extremes: ColumnExtremes): void {
    const { value } = this.#values;
    for (let row = from; row < to; row++)
      extremes.add(extremes.columnOf(this.#secondsOf(row, clock)), value[row]!, value[row]!);
  }

  #secondsOf(row: number, clock: FrameClock): number {
    const { monoTimeWords } = this.#values;
    return clock.toSeconds(monoTimeWords[2 * row]!, monoTimeWords[2 * row + 1]!);
  }
}

function summarize({ value, monoTime }: FieldColumn, from: number, into: Blocks): void {
  let [earliest, latest, low, high] = [from, from, NaN, NaN];
  for (let row = from; row < from + BLOCK_ROWS; row++) {
    if (monoTime[row]! < monoTime[earliest]!) earliest = row;
    if (monoTime[row]! > monoTime[latest]!) latest = row;
    // Comparing with NaN is false: the first value stands for itself.
    if (!(low <= value[row]!) && !Number.isNaN(value[row]!)) low = value[row]!;
    if (!(high >= value[row]!) && !Number.isNaN(value[row]!)) high = value[row]!;
  }
  into.earliest.push(earliest);
  into.latest.push(latest);
  into.low.push(low);
  into.high.push(high);
}

/** Least and greatest value of each column of pixels; NaN where there is none. */
class ColumnExtremes {
  readonly low: Float32Array<ArrayBuffer>;
  readonly high: Float32Array<ArrayBuffer>;
  readonly #scale: number;

  constructor(columns: number, durationSeconds: number) {
    this.low = new Float32Array(columns).fill(NaN);
    this.high = new Float32Array(columns).fill(NaN);
    this.#scale = columns / durationSeconds;
  }

  columnOf(seconds: number): number {
    return Math.min(this.low.length - 1, Math.floor(seconds * this.#scale));
  }

  add(column: number, low: number, high: number): void {
    if (column < 0 || Number.isNaN(low)) return;
    if (!(this.low[column]! <= low)) this.low[column] = low;
    if (!(this.high[column]! >= high)) this.high[column] = high;
  }
}
