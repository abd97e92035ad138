import { formatSeconds } from '../text/seconds-text.ts';
import type { CanFrames } from './frame-columns.ts';

const WORD = 0x1_0000_0000;
const GROWTH = 1.5;
/** Three busy buses for a minute, the usual length of a log, fit without growing; what is not used costs no memory. */
const USUAL_ROWS = 160_000;

/**
 * Frames kept for analysis, in columns: row `i` of every column describes the same frame. About 30 bytes a frame.
 *
 * Payloads are padded with zeros to whole 8 bytes, so that every one can be read as 64-bit words: those of row `i`
 * begin at `words[dataStart[i] / 4]`, lower half first. Columns may be longer than `length`, and move when they grow.
 */
export class FrameTable {
  length = 0;
  /** Seconds on the time line of the source: see `FrameClock`. */
  seconds: Float64Array<ArrayBuffer>;
  /** Panda bus number as logged: 0 to 127 received, +128 sent by openpilot and echoed, +192 rejected by the panda. */
  bus: Uint8Array<ArrayBuffer>;
  arbitrationId: Uint32Array<ArrayBuffer>;
  /** Bytes of payload, without padding. */
  dataLength: Uint32Array<ArrayBuffer>;
  /** Where the payload begins in `data`, in bytes: a multiple of 8. */
  dataStart: Uint32Array<ArrayBuffer>;
  data: Uint8Array<ArrayBuffer>;
  /** The same memory as `data`, four bytes at a time. */
  words: Uint32Array<ArrayBuffer>;
  /** Bytes of `data` in use. */
  #dataEnd = 0;

  /** @param rows Room for so many frames of 8 bytes at first; grows as needed. */
  constructor(rows = USUAL_ROWS) {
    this.seconds = new Float64Array(rows);
    this.bus = new Uint8Array(rows);
    this.arbitrationId = new Uint32Array(rows);
    this.dataLength = new Uint32Array(rows);
    this.dataStart = new Uint32Array(rows);
    this.data = new Uint8Array(8 * rows);
    this.words = new Uint32Array(this.data.buffer);
  }

  /** Forgets all rows; their memory is used again: a table is then a window that moves over a log. */
  clear(): void {
    // Padding of the next payloads is zero again.
    this.data.fill(0, 0, this.#dataEnd);
    this.#dataEnd = 0;
    this.length = 0;
  }

  /** Adds one frame; the payload is `from.subarray(start, end)`. */
  push(frame: FrameHead, from: Uint8Array, [start, end]: readonly [start: number, end: number]): void {
    this.#reserve(1, paddedLength(end - start));
    const row = this.length++;
    this.seconds[row] = frame.seconds;
    this.bus[row] = frame.bus;
    this.arbitrationId[row] = frame.arbitrationId;
    this.#writePayload(row, from, start, end);
  }

  /** Adds frames of a log, in their order. */
  append(frames: CanFrames, clock: FrameClock): void {
    const { length, monoTimeWords, dataStart, data } = frames;
    this.#reserve(length, dataStart[length]! - dataStart[0]! + 7 * length);
    const first = this.length;
    this.bus.set(frames.bus.subarray(0, length), first);
    this.arbitrationId.set(frames.arbitrationId.subarray(0, length), first);
    let seconds = 0;
    for (let i = 0; i < length; i++) {
      const low = monoTimeWords[2 * i]!;
      const high = monoTimeWords[2 * i + 1]!;
      // Frames of one event share its time.
      if (i === 0 || low !== monoTimeWords[2 * i - 2] || high !== monoTimeWords[2 * i - 1])
        seconds = clock.toSeconds(low, high);
      this.seconds[first + i] = seconds;
      this.#writePayload(first + i, data, dataStart[i]!, dataStart[i + 1]!);
    }
    this.length += length;
  }

  #writePayload(row: number, from: Uint8Array, start: number, end: number): void {
    const { data } = this;
    const at = this.#dataEnd;
    this.dataStart[row] = at;
    this.dataLength[row] = end - start;
    // The padding is zero: memory behind the end was never written, or cleared.
    for (let i = start, to = at; i < end; i++, to++) data[to] = from[i]!;
    this.#dataEnd = at + paddedLength(end - start);
  }

  #reserve(rows: number, dataBytes: number): void {
    if (this.length + rows > this.bus.length)
      this.#growRows(Math.ceil(Math.max(this.length + rows, GROWTH * this.bus.length)));
    const needed = this.#dataEnd + dataBytes;
    if (needed <= this.data.length) return;
    const capacity = paddedLength(Math.ceil(Math.max(needed, GROWTH * this.data.length)));
    this.data = new Uint8Array(this.data.buffer.transfer(capacity));
    this.words = new Uint32Array(this.data.buffer);
  }

  #growRows(capacity: number): void {
    // Transferring frees the old memory at once, where a copy would wait for the collector.
    this.seconds = new Float64Array(this.seconds.buffer.transfer(8 * capacity));
    this.bus = new Uint8Array(this.bus.buffer.transfer(capacity));
    this.arbitrationId = new Uint32Array(this.arbitrationId.buffer.transfer(4 * capacity));
    this.dataLength = new Uint32Array(this.dataLength.buffer.transfer(4 * capacity));
    this.dataStart = new Uint32Array(this.dataStart.buffer.transfer(4 * capacity));
  }
}

/** A frame without its payload. */
export interface FrameHead {
  readonly seconds: number;
  readonly bus: number;
  readonly arbitrationId: number;
}

/** Where times of a log lie on the time line of a table. */
export interface FrameClock {
  /** @param low Lower half of a monoTime in nanoseconds; `high` is the upper one. */
  toSeconds(low: number, high: number): number;
}

/** Seconds since the device was started, as the double that is nearest to nanoseconds by 1e9. */
export const UPTIME_CLOCK: FrameClock = { toSeconds: (low, high) => (high * WORD + low) / 1e9 };

/**
 * Seconds after `timeZero` on whole microseconds: what rlog-to-csv writes and a reader of its CSV sees. Halves go where
 * the double that is nearest to the seconds lies.
 *
 * @param timeZero A monoTime in nanoseconds.
 */
export function createMicrosecondClock(timeZero: bigint): FrameClock {
  const zeroLow = Number(timeZero & 0xffff_ffffn);
  const zeroHigh = Number(timeZero >> 32n);
  return {
    toSeconds: (low, high) => roundToMicroseconds((high - zeroHigh) * WORD + (low - zeroLow)),
  };
}

function roundToMicroseconds(nanoseconds: number): number {
  const size = Math.abs(nanoseconds);
  const rest = size % 1000;
  if (rest === 500 || !Number.isSafeInteger(nanoseconds)) return Number(formatSeconds(nanoseconds));
  const seconds = ((size - rest) / 1000 + (rest > 500 ? 1 : 0)) / 1e6;
  return nanoseconds < 0 ? -seconds : seconds;
}

function paddedLength(byteLength: number): number {
  return (byteLength + 7) & ~7;
}
