import type { CanFrames } from '../../can/frame-columns.ts';
import { FrameTable } from '../../can/frame-table.ts';

/** Different messages that are told apart: cars have hundreds on a bus, a hostile log four billion. */
const MAX_MESSAGES = 16_384;
/** Payloads of a message that are kept to check checksums on, the last ones. */
const SAMPLES = 16;
/** Longest payload that is kept: what CAN FD carries. */
const MAX_SAMPLE_BYTES = 64;
/** Sizes from 0 to 64 bytes, and one bit for all beyond. */
const SIZE_BITS = 66;
const SIZE_WORDS = 3;
const FIRST_CAPACITY = 256;
const FIRST_SAMPLE_BYTES = 64 * 1024;

/**
 * What is on the buses of a log, by message: frames, sizes, and the last payloads. Row `i` of every column describes
 * the same message of one bus; in the order in which they were first seen.
 */
export class FrameSurvey {
  length = 0;
  bus = new Uint8Array(FIRST_CAPACITY);
  arbitrationId = new Uint32Array(FIRST_CAPACITY);
  frames = new Float64Array(FIRST_CAPACITY);
  /** Frames of each bus, those of messages included that were too many to be told apart. */
  readonly busFrames = new Float64Array(256);

  #sizes = new Uint32Array(SIZE_WORDS * FIRST_CAPACITY);
  /** Bytes between two samples of a message: what its first frame needs, in whole words of 8 bytes. */
  #sampleStep = new Uint8Array(FIRST_CAPACITY);
  #sampleStart = new Uint32Array(FIRST_CAPACITY);
  #sampleLengths = new Uint8Array(SAMPLES * FIRST_CAPACITY);
  /** Samples that were written, overwritten ones included. */
  #sampled = new Uint32Array(FIRST_CAPACITY);
  #samples = new Uint8Array(FIRST_SAMPLE_BYTES);
  #samplesEnd = 0;
  /** Rows by hash of bus and id, plus 1; 0 is free. Always less than half full. */
  readonly #rows = new Uint16Array(4 * MAX_MESSAGES);

  /** Adds frames of a log, in their order. */
  add({ length, bus, arbitrationId, dataStart, data }: CanFrames): void {
    for (let i = 0; i < length; i++) {
      this.busFrames[bus[i]!]!++;
      const start = dataStart[i]!;
      const size = dataStart[i + 1]! - start;
      const row = this.#findRow(bus[i]!, arbitrationId[i]!, size);
      if (row < 0) continue;
      this.frames[row]!++;
      const sizeBit = size < SIZE_BITS ? size : SIZE_BITS - 1;
      this.#sizes[SIZE_WORDS * row + (sizeBit >> 5)]! |= 1 << (sizeBit & 31);
      if (size <= this.#sampleStep[row]!) this.#keepSample(row, data, start, size);
    }
  }

  /** Whether a frame of so many bytes was seen of a message. */
  hasSize(row: number, bytes: number): boolean {
    const bit = Math.min(bytes, SIZE_BITS - 1);
    return (this.#sizes[SIZE_WORDS * row + (bit >> 5)]! & (1 << (bit & 31))) !== 0;
  }

  /** How many different sizes the frames of a message have; all beyond 64 bytes count as one. */
  countSizes(row: number): number {
    let count = 0;
    for (let bit = 0; bit < SIZE_BITS; bit++) if (this.hasSize(row, bit)) count++;
    return count;
  }

  /** Buses that have frames, lowest first. */
  listBuses(): readonly number[] {
    const buses: number[] = [];
    this.busFrames.forEach((frames, bus) => {
      if (frames > 0) buses.push(bus);
    });
    return buses;
  }

  /** Rows of the messages of a bus. */
  listRows(bus: number): Uint32Array<ArrayBuffer> {
    const rows = new Uint32Array(this.length);
    let count = 0;
    for (let row = 0; row < this.length; row++) if (this.bus[row] === bus) rows[count++] = row;
    return rows.slice(0, count);
  }

  /** All messages, by bus and id. */
  listMessages(): readonly SurveyedMessage[] {
    const messages = Array.from({ length: this.length }, (_, row) => ({
      bus: this.bus[row]!,
      arbitrationId: this.arbitrationId[row]!,
      frames: this.frames[row]!,
    }));
    return messages.sort((a, b) => a.bus - b.bus || a.arbitrationId - b.arbitrationId);
  }

  /** The last payloads of a message, at most 16: none where they are longer than those of its first frame. */
  copySamples(row: number): FrameTable {
    const count = Math.min(SAMPLES, this.#sampled[row]!);
    const table = new FrameTable(count);
    const head = { seconds: 0, bus: this.bus[row]!, arbitrationId: this.arbitrationId[row]! };
    for (let sample = 0; sample < count; sample++) {
      const start = this.#sampleStart[row]! + sample * this.#sampleStep[row]!;
      table.push(head, this.#samples, [start, start + this.#sampleLengths[SAMPLES * row + sample]!]);
    }
    return table;
  }

  /** Returns the row of a message, a new one where it was not seen before; -1 where there is no room left. */
  #findRow(bus: number, arbitrationId: number, size: number): number {
    const mask = this.#rows.length - 1;
    let at = hash(bus, arbitrationId) & mask;
    for (let row = this.#rows[at]! - 1; row >= 0; row = this.#rows[at]! - 1) {
      if (this.arbitrationId[row] === arbitrationId && this.bus[row] === bus) return row;
      at = (at + 1) & mask;
    }
    if (this.length === MAX_MESSAGES) return -1;
    this.#rows[at] = this.length + 1;
    return this.#addRow(bus, arbitrationId, size);
  }

  #addRow(bus: number, arbitrationId: number, size: number): number {
    if (this.length === this.bus.length) this.#growRows(2 * this.length);
    const row = this.length++;
    this.bus[row] = bus;
    this.arbitrationId[row] = arbitrationId;
    const step = size > MAX_SAMPLE_BYTES ? 0 : Math.max(8, (size + 7) & ~7);
    this.#sampleStep[row] = step;
    this.#sampleStart[row] = this.#samplesEnd;
    this.#samplesEnd += SAMPLES * step;
    if (this.#samplesEnd > this.#samples.length)
      this.#samples = new Uint8Array(this.#samples.buffer.transfer(2 * this.#samplesEnd));
    return row;
  }

  #keepSample(row: number, data: Uint8Array, start: number, size: number): void {
    const sample = this.#sampled[row]!++ % SAMPLES;
    this.#sampleLengths[SAMPLES * row + sample] = size;
    const to = this.#sampleStart[row]! + sample * this.#sampleStep[row]!;
    for (let byte = 0; byte < size; byte++) this.#samples[to + byte] = data[start + byte]!;
  }

  #growRows(capacity: number): void {
    this.bus = new Uint8Array(this.bus.buffer.transfer(capacity));
    this.arbitrationId = new Uint32Array(this.arbitrationId.buffer.transfer(4 * capacity));
    this.frames = new Float64Array(this.frames.buffer.transfer(8 * capacity));
    this.#sizes = new Uint32Array(this.#sizes.buffer.transfer(4 * SIZE_WORDS * capacity));
    this.#sampleStep = new Uint8Array(this.#sampleStep.buffer.transfer(capacity));
    this.#sampleStart = new Uint32Array(this.#sampleStart.buffer.transfer(4 * capacity));
    this.#sampleLengths = new Uint8Array(this.#sampleLengths.buffer.transfer(SAMPLES * capacity));
    this.#sampled = new Uint32Array(this.#sampled.buffer.transfer(4 * capacity));
  }
}

/** How often a message occurred. */
export interface SurveyedMessage {
  readonly bus: number;
  readonly arbitrationId: number;
  readonly frames: number;
}

/** Spreads neighbouring ids, of which radars have many. */
function hash(bus: number, arbitrationId: number): number {
  const mixed = Math.imul(arbitrationId ^ (bus << 24), 0x9e37_79b1);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
