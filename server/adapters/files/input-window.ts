import type { ByteSource } from './byte-source.ts';

/** How many bytes `require` can be asked for: the largest zstd block (128 KiB) with its header, and some more. */
export const LOOKAHEAD_BYTES = 128 * 1024 + 64;

/** Readable bytes behind `end`, of any content, so that a bit reader need not check each byte. */
export const SLACK_BYTES = 256;

/** Read from the file at a time: few calls, and still at home in the processor's cache. */
const BLOCK_BYTES = 512 * 1024;

/**
 * A file seen through a window that only moves forward: the unread bytes lie in one piece in `bytes`, from `start`
 * to `end`. While they are used, the next block is read in the background.
 *
 * Two buffers take turns. A block is read to the place behind LOOKAHEAD_BYTES; the few bytes that are left of the
 * block before it are copied in front of it.
 *
 * ```
 *  0            start      LOOKAHEAD             end      + SLACK
 *  |  free      |  left    |  block              |        |
 * ```
 */
export class InputWindow {
  readonly sourceName: string;
  readonly sizeBytes: number;
  /** Valid until the next call of `require` or `skip`. */
  bytes: Uint8Array;
  start = LOOKAHEAD_BYTES;
  end = LOOKAHEAD_BYTES;
  readonly #source: ByteSource;
  #spare: Uint8Array;
  #spareFilled: Promise<number>;
  #readBytes = 0;
  #isClosed = false;

  constructor(source: ByteSource) {
    this.#source = source;
    this.sourceName = source.name;
    this.sizeBytes = source.sizeBytes;
    const length = LOOKAHEAD_BYTES + Math.min(source.sizeBytes, BLOCK_BYTES) + SLACK_BYTES;
    this.bytes = new Uint8Array(length);
    this.#spare = new Uint8Array(length);
    this.#spareFilled = this.#readAhead();
  }

  /** Offset in the file of the byte at `start`. */
  get position(): number {
    return this.#readBytes - this.available;
  }

  get available(): number {
    return this.end - this.start;
  }

  /**
   * Makes at least `count` bytes available, at most LOOKAHEAD_BYTES.
   *
   * @returns False when the file ends before; then all that is left is available.
   */
  async require(count: number): Promise<boolean> {
    while (this.available < count) {
      if (!(await this.#advance())) return false;
    }
    return true;
  }

  /** Passes over `count` bytes; false when the file ends before. */
  async skip(count: number): Promise<boolean> {
    let left = count;
    while (left > this.available) {
      left -= this.available;
      this.start = this.end;
      if (!(await this.#advance())) return false;
    }
    this.start += left;
    return true;
  }

  /** Ends the window, after which no byte is available, and closes the source. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.start = this.end;
    await this.#spareFilled.catch(() => 0);
    await this.#source.close();
  }

  async #advance(): Promise<boolean> {
    const count = await this.#spareFilled;
    if (count === 0 || this.#isClosed) return false;
    const left = this.bytes.subarray(this.start, this.end);
    const next = this.#spare;
    this.start = LOOKAHEAD_BYTES - left.length;
    this.end = LOOKAHEAD_BYTES + count;
    next.set(left, this.start);
    this.#spare = this.bytes;
    this.bytes = next;
    this.#readBytes += count;
    this.#spareFilled = this.#readAhead();
    return true;
  }

  #readAhead(): Promise<number> {
    const block = this.#spare.subarray(LOOKAHEAD_BYTES, this.#spare.length - SLACK_BYTES);
    const reading = this.#source.readAt(block, this.#readBytes);
    // A failure is thrown where the block is wanted, which may be later or never.
    reading.catch(() => 0);
    return reading;
  }
}
