import type { LogWindow } from '../../../core/rlog/log-window.ts';
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
   * Brings series up to what has been read of the log. One reading at a time: batches are borrowed. What takes long is
   * told by the log: it changes as series go on.
   *
   * @param onProgress Called when series have grown.
   * @throws {CtsError} Why the files can no longer be read.
   */
  update(series: readonly FieldSeries[], onProgress: () => void): Promise<void> {
    const reading = this.#last.then(() => this.#read(series, onProgress));
    this.#last = reading.catch(() => undefined);
    return reading;
  }

  async #read(series: readonly FieldSeries[], onProgress: () => void): Promise<void> {
    const log = this.#log;
    const turns = new StepTurns();
    const news = new ProgressNews(log, onProgress);
    for (const each of series) each.prepare();
    const { timeVersion } = log;
    const first = Math.min(...series.map(({ events }) => events));
    for (const stretch of listStretches(log, first, log.events.length)) {
      const parts = listParts(log, series, stretch);
      if (parts.some(({ rows }) => rows.length > 0)) {
        const window = await log.bytesOf(stretch.segment);
        log.closing.throwIfAborted();
        if (timeVersion !== log.timeVersion) return this.#read(series, onProgress);
        for (const part of parts) this.#append(part, window);
        news.tell();
      }
      for (const each of series) each.events = Math.max(each.events, stretch.to);
      await turns.give();
    }
    news.end();
  }

  #append({ rows, series }: ReadPart, window: LogWindow): void {
    for (const batch of this.#batches.list(window, rows)) for (const each of series) each.append(batch);
  }
}

/** News of a reading come at most so often, and not at all of one that is done sooner. */
const NEWS_MS = 250;

/** Tells from time to time that series have grown. */
class ProgressNews {
  readonly #log: OpenLog;
  readonly #onProgress: () => void;
  #toldAt = performance.now();
  #hasTold = false;

  constructor(log: OpenLog, onProgress: () => void) {
    this.#log = log;
    this.#onProgress = onProgress;
  }

  tell(): void {
    if (performance.now() - this.#toldAt < NEWS_MS) return;
    this.#tellNow();
  }

  /** Whoever was told of a part is told of the rest. */
  end(): void {
    this.#onProgress();
    if (this.#hasTold) this.#tellNow();
  }

  #tellNow(): void {
    this.#toldAt = performance.now();
    this.#hasTold = true;
    this.#onProgress();
    this.#log.noteChange();
  }
}

/** Events of one service, and what is read of them. */
interface ReadPart {
  readonly rows: Uint32Array;
  readonly series: readonly FieldSeries[];
}

/** Series of one service that have come equally far are read together. */
function listParts(log: OpenLog, series: readonly FieldSeries[], { from, to }: Stretch): readonly ReadPart[] {
  const together = new Map<string, FieldSeries[]>();
  for (const each of series) {
    if (each.events >= to) continue;
    const key = `${String(each.path.tag)}:${String(each.events)}`;
    const known = together.get(key);
    if (known === undefined) together.set(key, [each]);
    else known.push(each);
  }
  return Array.from(together.values(), (members) => {
    const [{ path, events } = { path: { tag: -1 }, events: to }] = members;
    return { rows: listRows(log, path.tag, [Math.max(from, events), to]), series: members };
  });
}

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
