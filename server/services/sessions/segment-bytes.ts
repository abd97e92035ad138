import type { ByteStream } from '../../core/rlog/byte-stream.ts';
import { allocateWindow, type LogWindow, viewAsWindow } from '../../core/rlog/log-window.ts';
import type { LogSegment } from '../logs/log-source.ts';
import type { RecentValues } from '../recent-values.ts';
import { StepTurns } from './step-turns.ts';

/** A segment of which more than this is unpacked is not kept while it is read: it is unpacked anew when it is asked for. */
const MOST_RECORDED_BYTES = 192 * 1024 * 1024;
const READ_BYTES = 1024 * 1024;

/** What the bytes of a log are read from. */
export interface SegmentBytesParts {
  /** Name of the log in the cache. */
  readonly key: string;
  readonly segments: readonly LogSegment[];
  readonly cache: RecentValues<LogWindow>;
  /** Most bytes to unpack of one segment. */
  readonly maxBytes: number;
  /** @throws {CtsError} When the files are no longer those that were opened. */
  readonly checkFiles: () => Promise<void>;
}

/** The decompressed bytes of a log's segments: recorded while it is read, unpacked anew when they were dropped. */
export class SegmentBytes {
  readonly #parts: SegmentBytesParts;
  /** Bytes that were read of each segment. */
  readonly #sizes: number[] = [];
  readonly #coming = new Map<number, Unpacking>();
  #recording: Recording | undefined;

  constructor(parts: SegmentBytesParts) {
    this.#parts = parts;
  }

  /** Bytes that are held besides those of the cache. */
  get recordedBytes(): number {
    return this.#recording?.capacity ?? 0;
  }

  /** Begins with a segment: what is read of it is appended from now on. */
  begin(segment: number): void {
    // Segments of a route are of like size: memory that need not grow leaves no holes.
    this.#recording = new Recording(segment, (this.#sizes[segment - 1] ?? 0) + 4 * READ_BYTES);
  }

  append(bytes: Uint8Array): void {
    if (this.#recording === undefined) return;
    this.#recording.append(bytes);
    const { segment } = this.#recording;
    this.#sizes[segment] = (this.#sizes[segment] ?? 0) + bytes.length;
  }

  /** The segment is read: its bytes go where they may be dropped. */
  end(): void {
    const recording = this.#recording;
    this.#recording = undefined;
    const window = recording?.view();
    if (recording === undefined || window === undefined) return;
    // Memory is not cut to size: that would copy all of it, in one step.
    this.#parts.cache.set(this.#keyOf(recording.segment), window, recording.capacity);
  }

  /**
   * The bytes of a segment, as far as it has been read. Where it is unpacked anew they are there as far as they are
   * needed; the rest comes in the background.
   *
   * Borrowed until the next wait: while the segment is read its memory moves.
   *
   * @param end Byte up to which they are needed. Default: all.
   * @throws {CtsError} Why the file can no longer be read.
   */
  async of(segment: number, end = Infinity): Promise<LogWindow> {
    const recorded = this.#recording?.segment === segment ? this.#recording.view() : undefined;
    const known = recorded ?? this.#parts.cache.get(this.#keyOf(segment));
    if (known !== undefined) return known;
    return (this.#coming.get(segment) ?? this.#unpack(segment)).upTo(end);
  }

  /** Drops everything; what is still being unpacked reaches those who wait for it, and is not kept. */
  clear(): void {
    this.#recording = undefined;
    this.#coming.clear();
    for (const segment of this.#parts.segments.keys()) this.#parts.cache.delete(this.#keyOf(segment));
  }

  #unpack(index: number): Unpacking {
    const unpacking = new Unpacking(this.#sizes[index] ?? 0);
    this.#coming.set(index, unpacking);
    void unpacking
      .run(() => this.#open(index))
      .then((window) => {
        if (this.#coming.get(index) !== unpacking) return;
        this.#coming.delete(index);
        if (window !== undefined) this.#parts.cache.set(this.#keyOf(index), window, window.bytes.length);
      });
    return unpacking;
  }

  async #open(index: number): Promise<ByteStream | undefined> {
    const { segments, maxBytes, checkFiles } = this.#parts;
    await checkFiles();
    return segments[index]?.open({ maxBytes });
  }

  #keyOf(segment: number): string {
    return `${this.#parts.key}:${String(segment)}`;
  }
}

interface Waiting {
  readonly end: number;
  readonly resolve: (window: LogWindow) => void;
  readonly reject: (error: unknown) => void;
}

/** Reads as much of a segment as was read of it before, letting others work. */
class Unpacking {
  readonly #window: LogWindow;
  #filled = 0;
  #failure: { readonly error: unknown } | undefined;
  #waiting: readonly Waiting[] = [];

  constructor(byteLength: number) {
    this.#window = allocateWindow(byteLength);
  }

  /** Settles when the bytes up to an end are there. */
  async upTo(end: number): Promise<LogWindow> {
    if (this.#failure !== undefined) throw this.#failure.error;
    if (end <= this.#filled) return this.#window;
    return new Promise((resolve, reject) => {
      this.#waiting = [...this.#waiting, { end, resolve, reject }];
    });
  }

  /** Returns everything; undefined where it cannot be read, of which those who wait are told. */
  async run(open: () => Promise<ByteStream | undefined>): Promise<LogWindow | undefined> {
    try {
      const stream = await open();
      if (stream !== undefined) await this.#read(stream);
      this.#filled = Infinity;
      this.#give();
      return this.#window;
    } catch (error) {
      this.#failure = { error };
      for (const { reject } of this.#waiting) reject(error);
      return undefined;
    }
  }

  async #read(stream: ByteStream): Promise<void> {
    const turns = new StepTurns();
    const { bytes } = this.#window;
    try {
      while (this.#filled < bytes.length) {
        const end = Math.min(bytes.length, this.#filled + READ_BYTES);
        const count = await stream.read(bytes.subarray(this.#filled, end));
        if (count === 0) return;
        this.#filled += count;
        this.#give();
        await turns.give();
      }
    } finally {
      await stream.close();
    }
  }

  /** Gives the bytes to those who need no more of them. */
  #give(): void {
    const ready = this.#waiting.filter(({ end }) => end <= this.#filled);
    this.#waiting = this.#waiting.filter(({ end }) => end > this.#filled);
    for (const { resolve } of ready) resolve(this.#window);
  }
}

/** Bytes that are gathered, in one piece that grows. */
class Recording {
  readonly segment: number;
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;
  #isDropped = false;

  /** @param expectedBytes Room for so many at first. */
  constructor(segment: number, expectedBytes: number) {
    this.segment = segment;
    this.#bytes = new Uint8Array(Math.min(expectedBytes, MOST_RECORDED_BYTES));
  }

  get capacity(): number {
    return this.#bytes.length;
  }

  append(bytes: Uint8Array): void {
    if (this.#isDropped) return;
    const needed = this.#length + bytes.length;
    if (needed > MOST_RECORDED_BYTES) {
      this.#isDropped = true;
      this.#bytes = new Uint8Array(0);
      return;
    }
    if (needed > this.#bytes.length)
      this.#bytes = new Uint8Array(this.#bytes.buffer.transfer(growTo(this.#bytes.length, needed)));
    this.#bytes.set(bytes, this.#length);
    this.#length = needed;
  }

  /** What is there so far; undefined where it was too much. */
  view(): LogWindow | undefined {
    return this.#isDropped ? undefined : viewAsWindow(this.#bytes.subarray(0, this.#length));
  }
}

function growTo(length: number, needed: number): number {
  return Math.ceil(Math.max(needed, 1.5 * length) / 8) * 8;
}
