import { CtsError, type LoadReport, type Problem, type Progress, type SegmentReport } from '#protocol';
import type { ByteStream } from '../../core/rlog/byte-stream.ts';
import type { EventBatch } from '../../core/rlog/event-batch.ts';
import { streamEventBatches } from '../../core/rlog/event-batches.ts';
import type { MessageCounts } from '../../core/rlog/message-scanner.ts';
import type { LogSegment, LogSource } from './log-source.ts';

/** Reading goes on for so long without a turn of the event loop. */
const WORK_MS = 50;

/** How a log is read. */
export interface LogPassOptions {
  /** Stop each segment at the first bytes that are no message. */
  readonly stopAtGarbage?: boolean;
  /** Most bytes to decompress of one segment. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
  /** Told after every window; work goes on when a promise it returns is settled. */
  readonly onProgress?: (progress: Progress) => void | Promise<void>;
}

/**
 * One walk over all segments of a log, in order. Iterate it once; then `report` tells what was read.
 *
 * Segments that cannot be read, or not to their end, are reported and passed over; a log of which nothing can be read
 * throws.
 */
export class LogPass implements AsyncIterable<EventBatch> {
  readonly #source: LogSource;
  readonly #options: LogPassOptions;
  readonly #reports: SegmentReport[] = [];
  readonly #problems: Problem[];
  #turnedAt = performance.now();
  #takeFindings: () => readonly Problem[] = () => [];
  #fileBytesDone = 0;

  constructor(source: LogSource, options: LogPassOptions = {}) {
    this.#source = source;
    this.#options = options;
    this.#problems = [...source.problems];
  }

  /** Has a reader of the events asked, at the end of each segment, what it found amiss in that segment. */
  includeFindings(takeFindings: () => readonly Problem[]): void {
    this.#takeFindings = takeFindings;
  }

  /** @throws {CtsError} NOT_A_LOG when no segment holds an event, or why none could be opened. */
  async *[Symbol.asyncIterator](): AsyncGenerator<EventBatch, void, undefined> {
    let failure: CtsError | undefined;
    for (const segment of this.#source.segments) {
      const segmentFailure = yield* this.#readSegment(segment);
      failure ??= segmentFailure;
    }
    if (failure !== undefined && this.report.events === 0) throw failure;
    this.#refuseWithoutEvents();
  }

  /** Whether a segment that held events has been read to its end: what comes now belongs to a later one. */
  get isBehindFirstEvents(): boolean {
    return this.#reports.some((report) => report.events > 0);
  }

  /** How many segments lie behind: what comes now belongs to the one of this index. */
  get segmentsRead(): number {
    return this.#reports.length;
  }

  /** What was read; complete when the iteration is over. */
  get report(): LoadReport {
    const segments = this.#reports;
    return {
      name: this.#source.name,
      segments,
      fileBytes: sum(segments, (segment) => segment.fileBytes),
      logBytes: sum(segments, (segment) => segment.logBytes),
      events: sum(segments, (segment) => segment.events),
      isWhole: this.#problems.length === 0 && segments.every((segment) => segment.isWhole),
      problems: this.#problems,
    };
  }

  /** Returns why the segment could not be read, or not to its end. */
  async *#readSegment(segment: LogSegment): AsyncGenerator<EventBatch, CtsError | undefined, undefined> {
    const { maxBytes, signal, stopAtGarbage = false } = this.#options;
    let opened: OpenedSegment | undefined;
    let failure: CtsError | undefined;
    try {
      const stream = await segment.open(maxBytes === undefined ? {} : { maxBytes });
      const batches = streamEventBatches(stream, { stopAtGarbage, ...(signal && { signal }) });
      opened = { stream, counts: batches.counts };
      for await (const batch of batches) {
        yield batch;
        await this.#letOthersWork();
        await this.#tellProgress(segment, stream);
      }
    } catch (error) {
      if (!(error instanceof CtsError)) throw error;
      failure = error;
    } finally {
      // Also when the reader has seen enough: then this is what was read until there.
      await opened?.stream.close();
      this.#reports.push(this.#describe(segment, opened, failure));
      this.#fileBytesDone += segment.fileBytes;
    }
    return failure;
  }

  /** A log that unpacks from few bytes is read without any wait for the disk: the event loop turns nevertheless. */
  async #letOthersWork(): Promise<void> {
    if (performance.now() - this.#turnedAt < WORK_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#turnedAt = performance.now();
  }

  async #tellProgress(segment: LogSegment, stream: ByteStream): Promise<void> {
    const total = sum(this.#source.segments, ({ fileBytes }) => fileBytes);
    const fraction = Math.min(1, (this.#fileBytesDone + stream.fileBytesRead) / Math.max(1, total));
    const place = segment.segment === undefined ? segment.name : `segment ${String(segment.segment)}`;
    await this.#options.onProgress?.({ fraction, message: `reading ${place}` });
  }

  #describe(
    { segment, name, kind, fileBytes }: LogSegment,
    opened: OpenedSegment | undefined,
    failure: CtsError | undefined,
  ): SegmentReport {
    const { stream, counts } = opened ?? {};
    const problems = [
      ...(stream?.problems ?? []),
      ...(counts?.listProblems() ?? []),
      ...this.#takeFindings(),
      ...(failure === undefined ? [] : [describeFailure(failure, segment)]),
    ];
    return {
      segment: segment ?? null,
      name,
      kind,
      container: stream?.format ?? null,
      fileBytes,
      logBytes: counts?.bytes ?? 0,
      events: counts?.events ?? 0,
      unreadableEvents: counts?.unreadableEvents ?? 0,
      emptyMessages: counts?.emptyMessages ?? 0,
      garbageBytes: counts?.garbageBytes ?? 0,
      isWhole: problems.length === 0,
      problems,
    };
  }

  /** A stream that is whole and holds nothing is an empty log; anything else without an event is no log. */
  #refuseWithoutEvents(): void {
    const { events, logBytes, isWhole, segments } = this.report;
    if (events > 0 || (logBytes === 0 && isWhole)) return;
    const [first] = segments.flatMap((segment) => segment.problems);
    const path = this.#source.segments[0]?.path ?? this.#source.name;
    throw new CtsError(
      'NOT_A_LOG',
      `${path} holds no openpilot event${first === undefined ? '' : ` (${first.message})`}: ` +
        'expected an rlog or qlog, plain or packed with zstd or bzip2',
      { details: { path } },
    );
  }
}

interface OpenedSegment {
  readonly stream: ByteStream;
  readonly counts: MessageCounts;
}

function describeFailure({ message }: CtsError, segment: number | undefined): Problem {
  return { code: 'SEGMENT_UNREADABLE', message, ...(segment !== undefined && { segment }) };
}

function sum<Item>(items: readonly Item[], size: (item: Item) => number): number {
  return items.reduce((total, item) => total + size(item), 0);
}
