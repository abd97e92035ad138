import type { SeriesInfo } from '#protocol';
import { readFloat64 } from '../../shared/blocks.ts';
import type { LinePoints } from '../../shared/chart/series-line.ts';
import { describeFailure } from '../../shared/host/request-failure.ts';
import type { TimeRange } from '../../shared/time-range.ts';
import type { LogDocument } from '../log-document.ts';
import { createLatestRequest } from '../rows/latest-request.ts';
import type { ReadValue } from './series-texts.ts';

/** Series in a range, at the resolution of the screen. */
export interface DrawnSeries {
  readonly info: SeriesInfo;
  readonly points: LinePoints;
  readonly samples: number;
  readonly minimum: number | null;
  readonly mean: number | null;
  readonly maximum: number | null;
}

/** A stretch in which a bus sent nothing. */
export interface BusSilence extends TimeRange {
  readonly bus: number | null;
}

/** What is asked for. */
export interface SeriesQuestion {
  readonly keys: readonly string[];
  readonly range: TimeRange;
  /** Pixels of the plot. */
  readonly columns: number;
}

/** Who is told what. */
export interface SeriesFeedOptions {
  readonly document: LogDocument;
  readonly onPoints: () => void;
  readonly onValues: () => void;
}

/** Columns of all series of a request together, as the contract has it. */
const MOST_COLUMNS = 16_000;

/** Keeps points and values of series as they were last answered; what was drawn stays until the next answer. */
export class SeriesFeed {
  readonly #options: SeriesFeedOptions;
  readonly #drawn = new Map<string, DrawnSeries>();
  readonly #infos = new Map<string, SeriesInfo>();
  readonly #values = new Map<string, ReadValue>();
  readonly #points;
  readonly #readings;
  #unknown: ReadonlySet<string> = new Set();
  #silences: readonly BusSilence[] = [];
  #failure: string | null = null;
  #range: TimeRange = { from: 0, to: 0 };

  constructor(options: SeriesFeedOptions) {
    this.#options = options;
    this.#points = createLatestRequest<SeriesQuestion, readonly SeriesPart[]>({
      ask: (question, signal) => this.#askPoints(question, signal),
      take: (parts, question) => {
        this.#takePoints(parts, question);
      },
      onFailure: (error) => {
        this.#failure = describeFailure(error).message;
        options.onPoints();
      },
    });
    this.#readings = createLatestRequest({
      ask: ({ keys, at }: { readonly keys: readonly string[]; readonly at: number }, signal) =>
        options.document.ask('sessions/values', { keys: [...keys], atSeconds: at }, { signal }),
      take: ({ values }) => {
        for (const { key, value, label } of values) this.#values.set(key, { value, label });
        options.onValues();
      },
    });
  }

  /** Why there are no points; null where there are. */
  get failure(): string | null {
    return this.#failure;
  }

  /** The range that points and statistics are of. */
  get range(): TimeRange {
    return this.#range;
  }

  get silences(): readonly BusSilence[] {
    return this.#silences;
  }

  find(key: string): DrawnSeries | undefined {
    return this.#drawn.get(key);
  }

  infoOf(key: string): SeriesInfo | undefined {
    return this.#drawn.get(key)?.info ?? this.#infos.get(key);
  }

  /** Keeps what is known of a series before its points are there. */
  learn(info: SeriesInfo): void {
    this.#infos.set(info.key, info);
  }

  valueOf(key: string): ReadValue | undefined {
    return this.#values.get(key);
  }

  /** Whether the log has nothing of this name. */
  isUnknown(key: string): boolean {
    return this.#unknown.has(key);
  }

  askPoints(question: SeriesQuestion): void {
    if (question.keys.length > 0 && question.columns >= 1) this.#points.ask(question);
  }

  askValues(keys: readonly string[], at: number): void {
    if (keys.length > 0) this.#readings.ask({ keys, at });
  }

  cancel(): void {
    this.#points.cancel();
    this.#readings.cancel();
  }

  /** As many series in a request as its limit of columns admits. */
  async #askPoints({ keys, range, columns }: SeriesQuestion, signal: AbortSignal) {
    const most = Math.max(1, Math.floor(MOST_COLUMNS / columns));
    const parts: Promise<SeriesPart>[] = [];
    for (let first = 0; first < keys.length; first += most) {
      const params = {
        ...{ keys: keys.slice(first, first + most), columns },
        ...{ fromSeconds: range.from, toSeconds: range.to },
      };
      parts.push(this.#options.document.ask('sessions/series', params, { signal }));
    }
    return Promise.all(parts);
  }

  #takePoints(parts: readonly SeriesPart[], { range }: SeriesQuestion): void {
    this.#failure = null;
    this.#range = range;
    this.#unknown = new Set(parts.flatMap(({ unknown }) => unknown));
    this.#silences = parts.flatMap(({ silences }) => silences);
    for (const key of this.#unknown) this.#drawn.delete(key);
    for (const { info, seconds, values, ...facts } of parts.flatMap(({ series }) => series)) {
      const points = { seconds: readFloat64(seconds), values: readFloat64(values) };
      this.#drawn.set(info.key, { info, points, ...facts });
    }
    this.#options.onPoints();
  }
}

type SeriesPart = Awaited<ReturnType<typeof LogDocument.prototype.ask<'sessions/series'>>>;
