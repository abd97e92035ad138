import type { LogWindow } from '../../../core/rlog/log-window.ts';
import type { OpenLog } from '../open-log.ts';
import { StepTurns } from '../step-turns.ts';
import type { FieldSeries } from './field-series.ts';
import { ProgressNews } from './progress-news.ts';
import { RowBatches } from './row-batches.ts';
import { listStretches, type SegmentStretch } from './segment-stretches.ts';

/** What is wanted of some fields. */
export interface WantedFields {
  readonly series: readonly FieldSeries[];
  /** Seconds of what is looked at: they are read first. */
  readonly range: readonly [from: number, to: number];
  /** Called when series have grown. */
  readonly onProgress: () => void;
}

/** Fields that are being read. */
export interface FieldsToCome {
  /** Settles when what is looked at has been read. */
  readonly inRange: Promise<void>;
  /** Settles when everything has been read. */
  readonly whole: Promise<void>;
}

/**
 * Reads fields from the bytes of a log: what is looked at first, all else behind it. A segment is unpacked once for all
 * that are read together.
 */
export class FieldReading {
  readonly #log: OpenLog;
  readonly #batches: RowBatches;
  #wishes: readonly Wish[] = [];
  #isRunning = false;

  constructor(log: OpenLog) {
    this.#log = log;
    this.#batches = new RowBatches(log);
  }

  /** Brings series up to what has been read of the log. What takes long is told by the log: it changes meanwhile. */
  update(wanted: WantedFields): FieldsToCome {
    const wish = new Wish(this.#log, wanted);
    this.#wishes = [...this.#wishes, wish];
    if (!this.#isRunning) void this.#run();
    return wish;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      await this.#readAll();
    } catch (error) {
      this.#isRunning = false;
      for (const wish of this.#wishes) wish.fail(error);
      this.#wishes = [];
    }
  }

  async #readAll(): Promise<void> {
    const turns = new StepTurns();
    for (;;) {
      const stretch = this.#choose();
      if (stretch === undefined) {
        // Before any other turn: whoever asks next begins anew.
        this.#isRunning = false;
        return;
      }
      await this.#read(stretch);
      await turns.give();
    }
  }

  /** What was asked for last is looked at now; what is left over belongs to who has waited longest. */
  #choose(): SegmentStretch | undefined {
    const stretches = listStretches(this.#log);
    for (const wish of this.#wishes) wish.settle(stretches);
    this.#wishes = this.#wishes.filter(({ isWhole }) => !isWhole);
    for (const wish of this.#wishes.toReversed()) {
      const looked = wish.findLookedAt(stretches);
      if (looked !== undefined) return looked;
    }
    return this.#wishes[0]?.findLeft(stretches);
  }

  async #read(stretch: SegmentStretch): Promise<void> {
    const log = this.#log;
    const wanted = [...new Set(this.#wishes.flatMap(({ series }) => series))];
    const lacking = wanted.filter((series) => !series.hasRead(stretch));
    const parts = listParts(log, lacking, stretch);
    if (parts.some(({ rows }) => rows.length > 0)) {
      const { timeVersion } = log;
      const window = await log.bytesOf(stretch.segment);
      log.closing.throwIfAborted();
      if (timeVersion !== log.timeVersion) {
        for (const series of wanted) series.prepare();
        return;
      }
      for (const part of parts) this.#append(part, window);
    }
    for (const series of lacking) series.noteRead(stretch);
    for (const wish of this.#wishes) wish.news.tell();
  }

  #append({ rows, series }: ReadPart, window: LogWindow): void {
    for (const batch of this.#batches.list(window, rows)) for (const each of series) each.append(batch);
  }
}

/** Some fields that are wanted. */
class Wish implements FieldsToCome {
  readonly series: readonly FieldSeries[];
  readonly news: ProgressNews;
  isWhole = false;
  readonly #range: WantedFields['range'];
  readonly #inRange = Promise.withResolvers<undefined>();
  readonly #whole = Promise.withResolvers<undefined>();

  constructor(log: OpenLog, { series, range, onProgress }: WantedFields) {
    this.series = series;
    this.#range = range;
    this.news = new ProgressNews(log, onProgress);
    for (const each of series) each.prepare();
    // Who does not wait is not told.
    this.inRange.catch(() => undefined);
    this.whole.catch(() => undefined);
  }

  get inRange(): Promise<void> {
    return this.#inRange.promise;
  }

  get whole(): Promise<void> {
    return this.#whole.promise;
  }

  /** Tells who waits that what they wait for is there. */
  settle(stretches: readonly SegmentStretch[]): void {
    if (this.findLookedAt(stretches) === undefined) this.#inRange.resolve(undefined);
    if (this.findLeft(stretches) !== undefined) return;
    this.isWhole = true;
    this.news.end();
    this.#whole.resolve(undefined);
  }

  fail(error: unknown): void {
    this.#inRange.reject(error);
    this.#whole.reject(error);
  }

  /** The first stretch of what is looked at that is not read. */
  findLookedAt(stretches: readonly SegmentStretch[]): SegmentStretch | undefined {
    const [from, to] = this.#range;
    return this.findLeft(
      stretches.filter(({ fromSeconds, toSeconds }) => fromSeconds <= to && toSeconds >= from),
    );
  }

  findLeft(stretches: readonly SegmentStretch[]): SegmentStretch | undefined {
    return stretches.find((stretch) => this.series.some((series) => !series.hasRead(stretch)));
  }
}

/** Events of one service, and what is read of them. */
interface ReadPart {
  readonly rows: Uint32Array;
  readonly series: readonly FieldSeries[];
}

/** Series of one service that have come equally far are read together. */
function listParts(
  log: OpenLog,
  series: readonly FieldSeries[],
  stretch: SegmentStretch,
): readonly ReadPart[] {
  const together = Map.groupBy(
    series,
    (each) => `${String(each.path.tag)}:${String(each.firstUnread(stretch))}`,
  );
  return Array.from(together.values(), (members) => {
    const [{ tag, from } = { tag: -1, from: stretch.to }] = members.map((each) => ({
      tag: each.path.tag,
      from: each.firstUnread(stretch),
    }));
    return { rows: listRows(log, tag, [from, stretch.to]), series: members };
  });
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
