import { type Block, readFloat64, readUint8 } from '../../shared/blocks.ts';
import type { ShownPayload } from '../../shared/can/byte-change.ts';

/** What `sessions/canAt` gives, as it reaches a page. */
export interface CanAtBlocks {
  readonly stride: number;
  readonly sizes: Block;
  readonly payloads: Block;
  readonly changes: Block;
  readonly times: Block;
}

/** A size that says: no frame yet. */
const NO_FRAME = 255;

/** The last frame of every message at one time, in columns. */
export class CanSnapshot {
  readonly #stride: number;
  readonly #sizes: Uint8Array;
  readonly #payloads: Uint8Array;
  readonly #changes: Uint8Array;
  readonly #times: Float64Array;

  constructor({ stride, sizes, payloads, changes, times }: CanAtBlocks) {
    this.#stride = stride;
    this.#sizes = readUint8(sizes);
    this.#payloads = readUint8(payloads);
    this.#changes = readUint8(changes);
    this.#times = readFloat64(times);
  }

  /** Messages, with or without a frame. */
  get count(): number {
    return this.#sizes.length;
  }

  /** Payload and changes of a message; null before its first frame. */
  payloadOf(row: number): ShownPayload | null {
    const size = this.#sizes[row] ?? NO_FRAME;
    if (size === NO_FRAME) return null;
    const from = row * this.#stride;
    const to = from + Math.min(size, this.#stride);
    return { bytes: this.#payloads.subarray(from, to), changes: this.#changes.subarray(from, to) };
  }

  /** Seconds of the last frame; NaN before the first. */
  timeOf(row: number): number {
    return this.#times[row] ?? NaN;
  }
}
