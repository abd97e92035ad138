import type { CanFrames } from './frame-columns.ts';
import { LONGEST_PAYLOAD } from './frame-bits.ts';
import { type PeriodSummary, PeriodStatistics } from '../rlog/period-statistics.ts';
import type { LogZero } from '../rlog/log-zero.ts';

/** Messages that are told apart: cars have hundreds, a hostile log four billion. */
const MAX_MESSAGES = 4096;
const BUSES = 256;
const NONE = -1;
/** Lengths 0 to 64 and, in place of all longer ones, 65. */
const LENGTHS = LONGEST_PAYLOAD + 2;

/** What is known of one message, that is of the frames of one bus and arbitration id. */
export interface MessageSummary {
  readonly bus: number;
  readonly arbitrationId: number;
  readonly times: PeriodSummary;
  /** Different payload lengths in bytes, ascending; 65 stands for everything longer than 64. */
  readonly lengths: readonly number[];
  /** A bit is set where the payload's bit was ever another than in the frame before; as long as the longest payload. */
  readonly changedBits: Uint8Array;
}

/** When the frames of one bus came. */
export interface BusTimes {
  readonly bus: number;
  readonly frames: number;
  /** Of the events that carried its frames: frames of one event count once. */
  readonly times: PeriodSummary;
}

/** Running statistics of every message and every bus; memory grows with messages, not with frames. */
export class MessageStatistics {
  /** Frames of messages past the 4,096th; they count for their bus only. */
  furtherFrames = 0;

  readonly #periods = new PeriodStatistics();
  readonly #busSource = new Int32Array(BUSES).fill(NONE);
  readonly #busFrames = new Float64Array(BUSES);
  readonly #messagesOfBus: (Map<number, number> | undefined)[] = [];
  // One entry per message.
  readonly #bus: number[] = [];
  readonly #arbitrationId: number[] = [];
  readonly #source: number[] = [];
  readonly #length: number[] = [];
  #hasLength = new Uint8Array(16 * LENGTHS);
  #payload = new Uint8Array(16 * LONGEST_PAYLOAD);
  #changed = new Uint8Array(16 * LONGEST_PAYLOAD);

  /** Adds frames, in their order. */
  add(frames: CanFrames, zero: LogZero): void {
    const { length, monoTimeWords, bus, arbitrationId, dataStart, data } = frames;
    for (let i = 0; i < length; i++) {
      const nanoseconds = zero.nanosecondsOf(monoTimeWords[2 * i]!, monoTimeWords[2 * i + 1]!);
      this.#noteBus(bus[i]!, nanoseconds);
      const message = this.#find(bus[i]!, arbitrationId[i]!);
      if (message === NONE) {
        this.furtherFrames++;
        continue;
      }
      this.#periods.note(this.#source[message]!, nanoseconds);
      this.#notePayload(message, data, dataStart[i]!, dataStart[i + 1]!);
    }
  }

  /** Every message: by bus, then by arbitration id. */
  listMessages(): readonly MessageSummary[] {
    const messages = this.#bus.map((_, message) => this.#describe(message));
    return messages.sort((a, b) => a.bus - b.bus || a.arbitrationId - b.arbitrationId);
  }

  /** Every bus that has frames, lowest first. */
  listBuses(): readonly BusTimes[] {
    return Array.from(this.#busSource).flatMap((source, bus) =>
      source === NONE ? [] : [{ bus, frames: this.#busFrames[bus]!, times: this.#periods.describe(source) }],
    );
  }

  /** Frames that were read at once count as one: a bus is silent between readings, not between frames. */
  #noteBus(bus: number, nanoseconds: number): void {
    const known = this.#busSource[bus]!;
    const source = known === NONE ? (this.#busSource[bus] = this.#periods.addSource()) : known;
    this.#busFrames[bus]!++;
    if (known === NONE || nanoseconds !== this.#periods.lastOf(source))
      this.#periods.note(source, nanoseconds);
  }

  #describe(message: number): MessageSummary {
    const seen = this.#hasLength.subarray(message * LENGTHS, (message + 1) * LENGTHS);
    const lengths = Array.from(seen.keys()).filter((length) => seen[length] === 1);
    const start = message * LONGEST_PAYLOAD;
    return {
      bus: this.#bus[message]!,
      arbitrationId: this.#arbitrationId[message]!,
      times: this.#periods.describe(this.#source[message]!),
      lengths,
      changedBits: this.#changed.slice(start, start + Math.min(lengths.at(-1) ?? 0, LONGEST_PAYLOAD)),
    };
  }

  #find(bus: number, arbitrationId: number): number {
    const messages = (this.#messagesOfBus[bus] ??= new Map<number, number>());
    const known = messages.get(arbitrationId);
    if (known !== undefined) return known;
    if (this.#bus.length === MAX_MESSAGES) return NONE;
    const message = this.#addMessage(bus, arbitrationId);
    messages.set(arbitrationId, message);
    return message;
  }

  #addMessage(bus: number, arbitrationId: number): number {
    if (LONGEST_PAYLOAD * this.#bus.length === this.#payload.length) this.#grow();
    this.#arbitrationId.push(arbitrationId);
    this.#source.push(this.#periods.addSource());
    this.#length.push(NONE);
    return this.#bus.push(bus) - 1;
  }

  #notePayload(message: number, data: Uint8Array, from: number, to: number): void {
    const length = Math.min(to - from, LONGEST_PAYLOAD);
    this.#hasLength[message * LENGTHS + Math.min(to - from, LENGTHS - 1)] = 1;
    const start = message * LONGEST_PAYLOAD;
    const compared = Math.min(length, this.#length[message]!);
    for (let i = 0; i < length; i++) {
      const byte = data[from + i]!;
      if (i < compared) this.#changed[start + i]! |= byte ^ this.#payload[start + i]!;
      this.#payload[start + i] = byte;
    }
    this.#length[message] = length;
  }

  #grow(): void {
    const messages = 2 * this.#bus.length;
    this.#hasLength = new Uint8Array(this.#hasLength.buffer.transfer(messages * LENGTHS));
    this.#payload = new Uint8Array(this.#payload.buffer.transfer(messages * LONGEST_PAYLOAD));
    this.#changed = new Uint8Array(this.#changed.buffer.transfer(messages * LONGEST_PAYLOAD));
  }
}
