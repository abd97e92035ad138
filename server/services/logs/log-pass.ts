import { CtsError, type LoadReport, type Problem, type Progress, type SegmentReport } from '#protocol';
import type { ByteStream } from '../../core/rlog/byte-stream.ts';
import type { EventBatch } from '../../core/rlog/event-batch.ts';
import { streamEventBatches } from '../../core/rlog/event-batches.ts';
import type { MessageCounts } from '../../core/rlog/message-scanner.ts';
import type { LogSegment, LogSource } from './log-source.ts';

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
 * Segments of a route that cannot be opened are reported and passed over; a log of which nothing can be read throws.
 */
export class LogPass implements AsyncIterable<EventBatch> {
  readonly #source: LogSource;
  readonly #options: LogPassOptions;
  readonly #reports: SegmentReport[] = [];
  readonly #problems: Problem[];
  #takeFindings: () => readonly Problem[] = () => [];
  #fileBytesDone = 0;
  /** How many segments have been read to their end, or given up. */
  segmentsDone = 0;

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
      try {
        yield* this.#readSegment(segment);
      } catch (error) {
        if (!(error instanceof CtsError)) throw error;
        failure ??= error;
        this.#noteUnreadable(segment, error);
      }
      this.segmentsDone++;
    }
    if (failure !== undefined && this.#reports.every((report) => report.container === null)) throw failure;
    this.#refuseWithoutEvents();
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

  async *#readSegment(segment: LogSegment): AsyncGenerator<EventBatch, void, undefined> {
    const { maxBytes, signal, stopAtGarbage = false } = this.#options;
    const stream = await segment.open(maxBytes === undefined ? {} : { maxBytes });
    const batches = streamEventBatches(stream, { stopAtGarbage, ...(signal && { signal }) });
    try {
      for await (const batch of batches) {
        yield batch;
        await this.#tellProgress(segment, stream);
      }
    } finally {
      // Also when the reader has seen enough: then this is what was read until there.
      await stream.close();
      this.#reports.push(this.#describe(segment, stream, batches.counts));
    }
    this.#fileBytesDone += segment.fileBytes;
  }

  async #tellProgress(segment: LogSegment, stream: ByteStream): Promise<void> {
    const total = sum(this.#source.segments, ({ fileBytes }) => fileBytes);
    const fraction = Math.min(1, (this.#fileBytesDone + stream.fileBytesRead) / Math.max(1, total));
    await this.#options.onProgress?.({ fraction, message: `reading ${segment.name}` });
  }

  #describe(segment: LogSegment, stream: ByteStream, counts: MessageCounts): SegmentReport {
    const problems = [...stream.problems, ...counts.listProblems(), ...this.#takeFindings()];
    return {
      segment: segment.segment ?? null,
      name: segment.name,
      kind: segment.kind,
      container: stream.format,
      fileBytes: segment.fileBytes,
      logBytes: counts.bytes,
      events: counts.events,
      unreadableEvents: counts.unreadableEvents,
      emptyMessages: counts.emptyMessages,
      garbageBytes: counts.garbageBytes,
      isWhole: problems.length === 0,
      problems,
    };
  }

  #noteUnreadable(segment: LogSegment, error: CtsError): void {
    const problem: Problem = {
      code: 'SEGMENT_UNREADABLE',
      message: error.message,
      ...(segment.segment !== undefined && { segment: segment.segment }),
    };
    this.#reports.push({
      segment: segment.segment ?? null,
      name: segment.name,
      kind: segment.kind,
      container: null,
      fileBytes: segment.fileBytes,
      logBytes: 0,
      events: 0,
      unreadableEvents: 0,
      emptyMessages: 0,
      garbageBytes: 0,
      isWhole: false,
      problems: [problem],
    });
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

function sum<Item>(items: readonly Item[], size: (item: Item) => number): number {
  return items.reduce((total, item) => total + size(item), 0);
}
