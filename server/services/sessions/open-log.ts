import { CtsError, type OpenSessionParams, type SessionFailure, type SessionState } from '#protocol';
import { FrameTable } from '../../core/can/frame-table.ts';
import { EventColumns } from '../../core/rlog/event-columns.ts';
import { EventOrder } from '../../core/rlog/event-order.ts';
import type { LogWindow } from '../../core/rlog/log-window.ts';
import { formatBytes } from '../../core/schema/field-text.ts';
import type { LogSchema } from '../../core/schema/log-schema.ts';
import { chooseSchema, type LogWriter, openSchema } from '../../core/schema/schema-choice.ts';
import { LogFacts } from '../logs/log-facts.ts';
import type { LogSource } from '../logs/log-source.ts';
import { LineColumns } from './lines/line-columns.ts';
import { createChangedError, type FileVersion, type LogFiles } from './log-files.ts';
import { type LocatedMessage, locateMessage } from './located-message.ts';
import { type BatchObserver, LogReading } from './log-reading.ts';
import { DriveTracks } from './overview/drive-tracks.ts';
import { MarkedEvents } from './overview/marked-events.ts';
import { TimeSurvey } from './overview/time-survey.ts';
import { ReadingGate } from './pausable-stream.ts';
import { SegmentBytes } from './segment-bytes.ts';
import type { RecentValues } from '../recent-values.ts';

/** Most bytes that are unpacked of one segment when nobody says otherwise: ten minutes of everything. */
const MOST_SEGMENT_BYTES = 512 * 1024 * 1024;
/** Length of a segment, in a route. */
const SEGMENT_SECONDS = 60;
/** So much must be read before the length of the whole is told by it. */
const TELLING_FRACTION = 0.05;

/** What a log is opened from. */
export interface OpenLogParts {
  /** Identifies the open log. */
  readonly id: string;
  readonly params: OpenSessionParams;
  readonly source: LogSource;
  readonly cache: RecentValues<LogWindow>;
  readonly files: LogFiles;
  /** Told of failures that are nobody's but ours. */
  readonly onFault?: (error: unknown) => void;
}

/**
 * A log that is looked at: columns of all its events and frames in memory, filled by one walk over its files; the bytes
 * of its segments in a cache. Everything grows while `revision` does; columns move then, so take them anew after every
 * wait.
 */
export class OpenLog {
  readonly id: string;
  readonly params: OpenSessionParams;
  readonly source: LogSource;
  /** Every event, in file order. */
  readonly events = new EventColumns();
  /** The events of `events` by time. */
  readonly order = new EventOrder();
  /** Frames of `can` events, in file order. */
  readonly can = new FrameTable();
  /** Frames of `sendcan` events, in file order. */
  readonly sendcan = new FrameTable(16_384);
  readonly facts = new LogFacts();
  /** What is told of the drive: states, alerts, speed. */
  readonly drive = new DriveTracks(() => this.schema);
  /** Every line of text. */
  readonly lines = new LineColumns();
  /** When events came. */
  readonly times = new TimeSurvey();
  /** Events that are marked each. */
  readonly marked = new MarkedEvents();
  /** What else looks at every batch while the log is read. */
  readonly observers: readonly BatchObserver[];
  /** Grows with everything that changes what may be asked. */
  revision = 0;
  /** Grows when second 0 moved: times of rows that were there are others. */
  timeVersion = 0;
  /** Settles when the first events are there, or will not come. */
  readonly begun: Promise<void>;
  /** Settles when nothing more is read. */
  readonly ended: Promise<void>;

  readonly #parts: OpenLogParts;
  readonly #gate = new ReadingGate();
  readonly #bytes: SegmentBytes;
  readonly #reading: LogReading;
  readonly #abort = new AbortController();
  readonly #listeners = new Set<() => void>();
  readonly #heldBytes = new Map<string, number>();
  #versions: readonly (FileVersion | undefined)[] = [];
  #schema: LogSchema | undefined;
  /** What the schema was chosen by. */
  #schemaOf: LogWriter | undefined;
  #phase: 'reading' | 'complete' | 'failed' = 'reading';
  #failure: SessionFailure | undefined;
  #hasGrown = false;
  #begin: () => void = () => undefined;

  constructor(parts: OpenLogParts) {
    const { id, params, source, cache } = parts;
    this.#parts = parts;
    this.id = id;
    this.params = params;
    this.source = source;
    this.observers = [this.lines, this.drive];
    const maxBytes = params.maxBytes ?? MOST_SEGMENT_BYTES;
    const checkFiles = (): Promise<void> => this.#checkFiles();
    this.#bytes = new SegmentBytes({ key: id, segments: source.segments, cache, maxBytes, checkFiles });
    this.begun = new Promise((resolve) => {
      this.#begin = resolve;
    });
    this.#reading = new LogReading(this, {
      ...{ bytes: this.#bytes, gate: this.#gate, signal: this.#abort.signal, maxBytes },
      onBatch: () => {
        this.times.update(this.events, this.timeVersion);
        this.marked.update(this.events, this.schema);
        this.#begin();
        this.noteChange();
      },
    });
    this.ended = this.#read();
  }

  /** The schema that events are read with: that of the writer, once the log has said who that is. */
  get schema(): LogSchema {
    const { init } = this.facts.survey;
    if (this.#schema === undefined || this.#schemaOf !== init) {
      const { id } = chooseSchema(init, this.params.schema);
      if (this.#schema?.id !== id) this.#schema = openSchema(id);
      this.#schemaOf = init;
    }
    return this.#schema;
  }

  /** Nanoseconds since boot of second 0; undefined before the first event. */
  get startMonoTime(): bigint | undefined {
    return this.facts.services.times?.start;
  }

  /** From second 0 to the latest event that was read. */
  get durationSeconds(): number {
    const times = this.facts.services.times;
    return times === undefined ? 0 : Number(times.max - times.start) / 1e9;
  }

  /** Whether nothing more will come, unless it is resumed. */
  get isComplete(): boolean {
    return this.#phase !== 'reading';
  }

  /** Aborted when the log is closed. */
  get closing(): AbortSignal {
    return this.#abort.signal;
  }

  /** Bytes of memory that the log holds, segments in the cache aside. */
  get memoryBytes(): number {
    const { events, order, can, sendcan } = this;
    const frames = 22 * (can.bus.length + sendcan.bus.length) + can.data.length + sendcan.data.length;
    const held = [...this.#heldBytes.values()].reduce((sum, bytes) => sum + bytes, 0);
    const columns = 21 * events.tag.length + 4 * order.rows.length;
    return columns + frames + this.lines.memoryBytes + held + this.#bytes.recordedBytes;
  }

  get state(): SessionState {
    const { params, source, durationSeconds } = this;
    return {
      ...{ session: this.id, path: params.path, name: source.name, revision: this.revision },
      phase: this.#phase === 'reading' && this.#gate.isShut ? 'stopped' : this.#phase,
      hasGrown: this.#hasGrown,
      fraction: this.#phase === 'complete' ? 1 : this.#reading.fraction,
      events: this.events.length,
      seconds: durationSeconds,
      expectedSeconds: this.#expectSeconds(),
      kinds: [...new Set(source.segments.map(({ kind }) => kind))],
      report: this.#reading.report,
      failure: this.#failure ?? null,
    };
  }

  /** Reads no further until it is resumed; no file is open meanwhile. */
  stop(): void {
    if (this.isComplete) return;
    this.#gate.shut();
    this.noteChange();
  }

  resume(): void {
    if (!this.#gate.isShut) return;
    this.#gate.open();
    this.noteChange();
  }

  /** Stops reading and lets go of everything. */
  close(): void {
    this.#abort.abort(new Error('the log was closed'));
    this.#gate.open();
    this.#bytes.clear();
    this.#listeners.clear();
  }

  /** Has a listener called after every change of `revision`; the returned function ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Says that what may be asked has changed. */
  noteChange(): void {
    this.revision++;
    for (const listener of this.#listeners) listener();
  }

  /** Counts memory that somebody holds beside the log into its own. */
  noteMemory(holder: string, bytes: number): void {
    this.#heldBytes.set(holder, bytes);
  }

  /**
   * The decompressed bytes of a segment, as far as it has been read; see `EventColumns.offset`. Borrowed until the next
   * wait: take them anew behind it.
   *
   * @param end Byte up to which they are needed. Default: all.
   * @throws {CtsError} Why the file can no longer be read.
   */
  bytesOf(segment: number, end?: number): Promise<LogWindow> {
    return this.#bytes.of(segment, end);
  }

  /** The message of an event, by its row in `events`. @throws {CtsError} Why the file can no longer be read. */
  async messageOf(row: number): Promise<LocatedMessage> {
    const { segment, offset, size } = this.events;
    const start = offset[row] ?? 0;
    const end = start + (size[row] ?? 0);
    return locateMessage(await this.bytesOf(segment[row] ?? 0, end), start, end);
  }

  /** Lets go of the bytes of segments: they are read anew when they are asked for. */
  dropBytes(): void {
    this.#bytes.clear();
  }

  /** Looks whether the files are longer than they were; tells it once. */
  async checkGrowth(): Promise<void> {
    if (this.#hasGrown) return;
    const versions = await this.#readVersions();
    this.#hasGrown = versions.some((now, index) => {
      const then = this.#versions[index];
      return now !== undefined && then !== undefined && now.sizeBytes > then.sizeBytes;
    });
    if (this.#hasGrown) this.noteChange();
  }

  async #read(): Promise<void> {
    try {
      this.#versions = await this.#readVersions();
      await this.#reading.run();
      this.#phase = 'complete';
    } catch (error) {
      if (this.#abort.signal.aborted) return;
      this.#failure = await this.#describeFailure(error);
      this.#phase = 'failed';
    } finally {
      this.#begin();
    }
    this.#gate.open();
    this.noteChange();
  }

  #readVersions(): Promise<readonly (FileVersion | undefined)[]> {
    return Promise.all(this.source.segments.map(({ path }) => this.#parts.files.version(path)));
  }

  async #checkFiles(): Promise<void> {
    const versions = await this.#readVersions();
    const changed = versions.findIndex((now, index) => {
      const then = this.#versions[index];
      return now !== undefined && then !== undefined && now.stamp !== then.stamp;
    });
    if (changed >= 0) throw createChangedError(this.source.segments[changed]?.path ?? this.params.path);
  }

  async #describeFailure(error: unknown): Promise<SessionFailure> {
    if (!(error instanceof CtsError)) {
      this.#parts.onFault?.(error);
      const message = `Reading ${this.params.path} broke off: a fault of CTS, told in its log.`;
      return { code: 'INTERNAL_ERROR', message, firstBytesHex: null };
    }
    const path = this.source.segments[0]?.path ?? this.params.path;
    const head = await this.#parts.files.head(path, 16);
    const firstBytesHex = head.length === 0 || this.events.length > 0 ? null : formatBytes(head, head.length);
    return { code: error.code, message: error.message, firstBytesHex };
  }

  #expectSeconds(): number | null {
    const { segments } = this.source;
    if (this.#phase === 'complete') return this.durationSeconds;
    const [first, last] = [segments[0]?.segment, segments.at(-1)?.segment];
    if (first !== undefined && last !== undefined)
      return Math.max(this.durationSeconds, (last - first + 1) * SEGMENT_SECONDS);
    const { fraction } = this.#reading;
    return fraction < TELLING_FRACTION ? null : this.durationSeconds / fraction;
  }
}
