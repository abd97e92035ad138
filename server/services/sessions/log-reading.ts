import { CtsError, type LoadReport } from '#protocol';
import { CanFrameReader } from '../../core/can/can-frames.ts';
import { CanFrameColumns } from '../../core/can/frame-columns.ts';
import type { FrameClock, FrameTable } from '../../core/can/frame-table.ts';
import { createLogClock } from '../../core/can/log-clock.ts';
import type { EventBatch } from '../../core/rlog/event-batch.ts';
import { delayTimes, type EventColumns } from '../../core/rlog/event-columns.ts';
import type { EventOrder } from '../../core/rlog/event-order.ts';
import { SERVICE_TAGS } from '../../core/rlog/service-tags.ts';
import type { LogFacts } from '../logs/log-facts.ts';
import { LogPass } from '../logs/log-pass.ts';
import type { LogSegment, LogSource, OpenOptions } from '../logs/log-source.ts';
import { PausableStream, type ReadingGate } from './pausable-stream.ts';
import type { SegmentBytes } from './segment-bytes.ts';
import { StepTurns } from './step-turns.ts';

/** Columns are not to grow beyond this: 25 bytes an event, about 30 a frame; an hour of everything has a third of it. */
const MOST_MEMORY_BYTES = 900 * 1024 * 1024;

/** What a walk fills. */
export interface FilledLog {
  readonly source: LogSource;
  readonly params: { readonly resync?: boolean };
  readonly events: EventColumns;
  readonly order: EventOrder;
  readonly can: FrameTable;
  readonly sendcan: FrameTable;
  readonly facts: LogFacts;
  readonly memoryBytes: number;
  timeVersion: number;
  /** What else looks at every batch. */
  readonly observers: readonly BatchObserver[];
}

/** Looks at every batch of a log, in file order. */
export interface BatchObserver {
  /** @param firstRow Row of the batch's first event in the log's columns. */
  observe(batch: EventBatch, firstRow: number): void;
}

/** How it is walked. */
export interface ReadingOptions {
  readonly bytes: SegmentBytes;
  readonly gate: ReadingGate;
  readonly signal: AbortSignal;
  readonly maxBytes: number;
  /** Called after every batch. */
  readonly onBatch: () => void;
}

/** The one walk over a log that fills everything, in steps between which others work. */
export class LogReading {
  /** Read of the file bytes, 0 to 1. */
  fraction = 0;
  readonly #log: FilledLog;
  readonly #options: ReadingOptions;
  readonly #pass: LogPass;
  readonly #canReader = new CanFrameReader(SERVICE_TAGS.can);
  readonly #sendcanReader = new CanFrameReader(SERVICE_TAGS.sendcan);
  readonly #frames = new CanFrameColumns();
  #start: bigint | undefined;
  #clock: FrameClock = createLogClock(0n);

  constructor(log: FilledLog, options: ReadingOptions) {
    this.#log = log;
    this.#options = options;
    this.#pass = new LogPass(this.#recordSource(log.source), {
      ...{ signal: options.signal, maxBytes: options.maxBytes, stopAtGarbage: log.params.resync === false },
      onProgress: ({ fraction }) => {
        this.fraction = fraction;
      },
    });
    this.#pass.includeFindings(() => this.#canReader.takeProblems());
  }

  /** Of the segments that are finished. */
  get report(): LoadReport {
    return this.#pass.report;
  }

  /**
   * Reads everything.
   *
   * @throws {CtsError} NOT_A_LOG and why it cannot be read; FILE_TOO_LARGE where it is more than fits in memory.
   */
  async run(): Promise<void> {
    const turns = new StepTurns();
    try {
      for await (const batch of this.#pass) {
        this.#take(batch);
        this.#options.onBatch();
        if (this.#log.memoryBytes > MOST_MEMORY_BYTES) throw createTooLarge(this.#log);
        await turns.give();
      }
    } finally {
      this.#options.bytes.end();
    }
  }

  #take(batch: EventBatch): void {
    const { facts, events, order, can, sendcan, observers } = this.#log;
    const frames = this.#frames;
    if (this.#pass.isBehindFirstEvents) facts.services.fixStart();
    frames.clear();
    this.#canReader.append(batch, frames);
    facts.add(batch, frames);
    this.#setStart(facts.services.times?.start);
    can.append(frames, this.#clock);
    frames.clear();
    this.#sendcanReader.append(batch, frames);
    sendcan.append(frames, this.#clock);
    const firstRow = events.length;
    events.add(batch, { clock: this.#clock, segment: this.#pass.segmentsRead });
    order.follow(events);
    for (const observer of observers) observer.observe(batch, firstRow);
  }

  /** Events of the first segment may lie before those that came first in the file: then all times are others. */
  #setStart(start: bigint | undefined): void {
    if (start === undefined || start === this.#start) return;
    const delay = this.#start === undefined ? 0 : Number(this.#start - start);
    this.#start = start;
    this.#clock = createLogClock(start);
    const { events, order, can, sendcan } = this.#log;
    if (events.length === 0) return;
    for (const { seconds, length } of [events, can, sendcan]) delayTimes(seconds, length, delay);
    order.reset();
    this.#log.timeVersion++;
  }

  #recordSource(source: LogSource): LogSource {
    return { ...source, segments: source.segments.map((each, index) => this.#record(each, index)) };
  }

  #record(segment: LogSegment, index: number): LogSegment {
    const { bytes, gate } = this.#options;
    const open = async (options?: OpenOptions): Promise<PausableStream> => {
      const stream = await PausableStream.open({
        ...{ open: () => segment.open(options), gate },
        record: (piece) => {
          bytes.append(piece);
        },
      });
      bytes.end();
      bytes.begin(index);
      return stream;
    };
    return { ...segment, open };
  }
}

function createTooLarge({ source, events }: FilledLog): CtsError {
  return new CtsError(
    'FILE_TOO_LARGE',
    `Reading ${source.name} ended after ${String(events.length)} events: more do not fit in memory. ` +
      'Open fewer segments at a time.',
    { details: { path: source.segments[0]?.path ?? source.name } },
  );
}
