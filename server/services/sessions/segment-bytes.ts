import type { ByteStream } from '../../core/rlog/byte-stream.ts';
import { allocateWindow, type LogWindow, viewAsWindow } from '../../core/rlog/log-window.ts';
import type { LogSegment } from '../logs/log-source.ts';
import type { SegmentCache } from './segment-cache.ts';
import { StepTurns } from './step-turns.ts';

/** A segment of which more than this is unpacked is not kept while it is read: it is unpacked anew when it is asked for. */
const MOST_RECORDED_BYTES = 192 * 1024 * 1024;
const READ_BYTES = 1024 * 1024;

/** What the bytes of a log are read from. */
export interface SegmentBytesParts {
  /** Name of the log in the cache. */
  readonly key: string;
  readonly segments: readonly LogSegment[];
  readonly cache: SegmentCache<LogWindow>;
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
  readonly #coming = new Map<number, Promise<LogWindow>>();
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
    const window = recording?.finish();
    if (recording === undefined || window === undefined) return;
    this.#parts.cache.set(this.#keyOf(recording.segment), window, window.bytes.length);
  }

  /**
   * The bytes of a segment, as far as it has been read.
   *
   * Borrowed until the next wait: while the segment is read its memory moves.
   *
   * @throws {CtsError} Why the file can no longer be read.
   */
  async of(segment: number): Promise<LogWindow> {
    const recorded = this.#recording?.segment === segment ? this.#recording.view() : undefined;
    const known = recorded ?? this.#parts.cache.get(this.#keyOf(segment));
    if (known !== undefined) return known;
    const coming = this.#coming.get(segment) ?? this.#unpack(segment);
    this.#coming.set(segment, coming);
    try {
      return await coming;
    } finally {
      this.#coming.delete(segment);
    }
  }

  /** Drops everything. */
  clear(): void {
    this.#recording = undefined;
    for (const segment of this.#parts.segments.keys()) this.#parts.cache.delete(this.#keyOf(segment));
  }

  async #unpack(index: number): Promise<LogWindow> {
    const { segments, maxBytes, cache, checkFiles } = this.#parts;
    const segment = segments[index];
    if (segment === undefined) return allocateWindow(0);
    await checkFiles();
    const stream = await segment.open({ maxBytes });
    try {
      const window = await readWhole(stream, this.#sizes[index] ?? 0);
      cache.set(this.#keyOf(index), window, window.bytes.length);
      return window;
    } finally {
      await stream.close();
    }
  }

  #keyOf(segment: number): string {
    return `${this.#parts.key}:${String(segment)}`;
  }
}

/** Reads as much of a stream as was read of it before, letting others work. */
async function readWhole(stream: ByteStream, byteLength: number): Promise<LogWindow> {
  const window = allocateWindow(byteLength);
  const turns = new StepTurns();
  for (let filled = 0; filled < byteLength;) {
    const count = await stream.read(window.bytes.subarray(filled, Math.min(byteLength, filled + READ_BYTES)));
    if (count === 0) break;
    filled += count;
    await turns.give();
  }
  return window;
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

  /** Everything, in memory of its size. */
  finish(): LogWindow | undefined {
    if (this.#isDropped) return undefined;
    return viewAsWindow(new Uint8Array(this.#bytes.buffer.transfer(this.#length)));
  }
}

function growTo(length: number, needed: number): number {
  return Math.ceil(Math.max(needed, 1.5 * length) / 8) * 8;
}
