import type { FrameClock } from '../can/frame-table.ts';
import type { EventBatch } from '../rlog/event-batch.ts';
import { appendFieldValues, FieldColumn } from './field-column.ts';
import type { FieldPath } from './field-path.ts';

/** A value, and from when to when it held. */
export interface HeldValue {
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

/**
 * One field of a log over time, as a state: only events at which it changes are kept, and the last. Whatever the order
 * of the events in the file.
 */
export class StateTrack {
  readonly path: FieldPath;
  readonly #batch = new FieldColumn();
  readonly #kept = new FieldColumn();
  /** Of the latest event so far. */
  #latest: bigint | undefined;
  #latestValue = NaN;

  constructor(path: FieldPath) {
    this.path = path;
  }

  /** Whether the log has the field at all. */
  get isEmpty(): boolean {
    return this.#latest === undefined;
  }

  add(batch: EventBatch): void {
    const read = this.#batch;
    read.length = 0;
    appendFieldValues(batch, this.path, read);
    for (let row = 0; row < read.length; row++) this.#add(read.value[row]!, read.monoTime[row]!);
  }

  /** What the field was, by time. A value holds until the next one, the last one until the last event. */
  listValues(clock: FrameClock): readonly HeldValue[] {
    const { length, value, monoTimeWords } = this.#kept;
    const changes = Array.from({ length }, (_, row) => ({
      value: value[row]!,
      from: clock.toSeconds(monoTimeWords[2 * row]!, monoTimeWords[2 * row + 1]!),
    })).sort((a, b) => a.from - b.from);
    const end = this.#latest === undefined ? 0 : secondsOf(this.#latest, clock);
    const held: { value: number; from: number; to: number }[] = [];
    for (const [row, change] of changes.entries()) {
      const to = changes[row + 1]?.from ?? Math.max(end, change.from);
      const last = held.at(-1);
      if (last?.value === change.value) last.to = to;
      else held.push({ ...change, to });
    }
    return held;
  }

  #add(value: number, monoTime: bigint): void {
    if (Number.isNaN(value)) return;
    if (this.#latest !== undefined && monoTime < this.#latest) {
      if (value === this.#latestValue) return;
      // It belongs between two that were alike: what held behind it is said once more.
      this.#keep(value, monoTime);
      this.#keep(this.#latestValue, this.#latest);
      return;
    }
    if (value !== this.#latestValue) this.#keep(value, monoTime);
    this.#latest = monoTime;
    this.#latestValue = value;
  }

  #keep(value: number, monoTime: bigint): void {
    const kept = this.#kept;
    kept.reserve(1);
    kept.value[kept.length] = value;
    kept.monoTime[kept.length++] = monoTime;
  }
}

function secondsOf(monoTime: bigint, clock: FrameClock): number {
  return clock.toSeconds(Number(monoTime & 0xffff_ffffn), Number(monoTime >> 32n));
}
