import type { OpenLog } from '../open-log.ts';
import { StepTurns } from '../step-turns.ts';
import type { FieldSeries } from './field-series.ts';
import { RowBatches } from './row-batches.ts';

/** Reads fields from the bytes of a log; a segment is unpacked once for all that are read together. */
export class FieldReading {
  readonly #log: OpenLog;
  readonly #batches: RowBatches;
  #last: Promise<void> = Promise.resolve();

  constructor(log: OpenLog) {
    this.#log = log;
    this.#batches = new RowBatches(log);
  }

  /**
   * Brings series up to what has been read of the log. One reading at a time: batches are borrowed.
   *
   * @throws {CtsError} Why the files can no longer be read.
   */
  update(series: readonly FieldSeries[]): Promise<void> {
    const reading = this.#last.then(() => this.#read(series));
    this.#last = reading.catch(() => undefined);
    return reading;
  }

  async #read(series: readonly FieldSeries[]): Promise<void> {
    const log = this.#log;
    const turns = new StepTurns();
    for (const each of series) each.prepare();
    const { timeVersion } = log;
    const { length } = log.events;
    const first = Math.min(...series.map(({ events }) => events));
    for (const { segment, from, to } of listStretches(log, first, length)) {
      const wanted = series.filter(({ events }) => events < to);
      const rows = wanted.map(({ path, events }) => listRows(log, path.tag, [Math.max(from, events), to]));
      if (rows.some((each) => each.length > 0)) {
        const window = await log.bytesOf(segment);
        if (timeVersion !== log.timeVersion) return this.#read(series);
        for (const [i, each] of wanted.entries())
          for (const batch of this.#batches.list(window, rows[i] ?? NO_ROWS)) each.append(batch);
      }
      for (const each of wanted) each.events = to;
      await turns.give();
    }
  }
}

const NO_ROWS = new Uint32Array(0);

/** Events of one segment that stand together. */
interface Stretch {
  readonly segment: number;
  readonly from: number;
  readonly to: number;
}

/** Segments stand one behind the other. */
function listStretches({ events: { segment } }: OpenLog, first: number, end: number): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (let from = first; from < end;) {
    const own = segment[from] ?? 0;
    let to = from + 1;
    while (to < end && segment[to] === own) to++;
    stretches.push({ segment: own, from, to });
    from = to;
  }
  return stretches;
}

function listRows(
  { events: { tag } }: OpenLog,
  wanted: number,
  [from, to]: readonly [number, number],
): Uint32Array {
  const rows = new Uint32Array(Math.max(0, to - from));
  let count = 0;
  for (let row = from; row < to; row++) if (tag[row] === wanted) rows[count++] = row;
  return rows.slice(0, count);
}
