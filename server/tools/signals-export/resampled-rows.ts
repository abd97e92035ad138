import { BlockBuilder, type SignalBlock } from './signal-block.ts';
import type { SignalSource } from './signal-source.ts';

/** Times of the rows, and what stands between samples. */
export interface ResampleOptions extends SampleGrid {
  readonly interpolation: 'previous' | 'linear';
  /** No value is carried on for longer, and none interpolated between samples that are further apart. */
  readonly holdNs: number;
}

/** Row `i` is at `(first + i) / rateHz` seconds after second 0, to the nanosecond. */
export interface SampleGrid {
  readonly rateHz: number;
  readonly first: number;
  readonly count: number;
}

/** Lays a grid over a stretch of time: its times are whole multiples of the period, ends included. */
export function createGrid(rateHz: number, from: number, to: number): SampleGrid {
  const first = Math.ceil(toSteps(from, rateHz));
  const last = Math.floor(toSteps(to, rateHz));
  return { rateHz, first, count: Math.max(0, last - first + 1) };
}

/** Nanoseconds in periods; what differs from a whole number by rounding alone is one. */
function toSteps(nanoseconds: number, rateHz: number): number {
  const steps = (nanoseconds * rateHz) / 1e9;
  const whole = Math.round(steps);
  return Math.round((whole * 1e9) / rateHz) === nanoseconds ? whole : steps;
}

/**
 * Lists rows at a fixed rate. A row has the last value at or before its time; with linear interpolation, floats and
 * integers lie on the line between that and the next one, and have none behind the last. Booleans and enums always keep
 * their last value.
 */
export function* listResampledRows(
  signals: readonly SignalSource[],
  options: ResampleOptions,
): Generator<SignalBlock, void, undefined> {
  const block = new BlockBuilder(signals.length);
  const cursors = signals.map((signal) => new SampleCursor(signal, options));
  for (let i = 0; i < options.count; i++) {
    const at = Math.round(((options.first + i) * 1e9) / options.rateHz);
    const row = block.length++;
    block.nanoseconds[row] = at;
    for (const [index, cursor] of cursors.entries()) {
      const column = block.columns[index];
      if (column !== undefined) column[row] = cursor.readAt(at);
    }
    if (!block.isFull) continue;
    yield block;
    block.clear();
  }
  if (block.length > 0) yield block;
}

/** Walks the samples of a signal that have a value, by time. */
class SampleCursor {
  readonly #times: Float64Array;
  readonly #values: Float64Array;
  readonly #holdNs: number;
  readonly #isLinear: boolean;
  /** Last sample at or before the time at hand; -1 before the first. */
  #before = -1;
  #after: number;

  constructor({ nanoseconds, values, kind }: SignalSource, { holdNs, interpolation }: ResampleOptions) {
    this.#times = nanoseconds;
    this.#values = values;
    this.#holdNs = holdNs;
    this.#isLinear = interpolation === 'linear' && kind !== 'boolean' && kind !== 'enum';
    this.#after = this.#findValue(0);
  }

  /** @param at Not before the time that was asked for last. */
  readAt(at: number): number {
    while (this.#timeOf(this.#after) <= at) {
      this.#before = this.#after;
      this.#after = this.#findValue(this.#after + 1);
    }
    if (this.#before < 0) return NaN;
    const value = this.#values[this.#before] ?? NaN;
    const age = at - this.#timeOf(this.#before);
    if (age === 0) return value;
    if (this.#isLinear) return this.#interpolate(value, age);
    return age <= this.#holdNs ? value : NaN;
  }

  #interpolate(value: number, age: number): number {
    const length = this.#timeOf(this.#after) - this.#timeOf(this.#before);
    if (!(length <= this.#holdNs) || length === Infinity) return NaN;
    const next = this.#values[this.#after] ?? NaN;
    return value + (next - value) * (age / length);
  }

  #timeOf(sample: number): number {
    return this.#times[sample] ?? Infinity;
  }

  #findValue(from: number): number {
    let sample = from;
    while (sample < this.#values.length && Number.isNaN(this.#values[sample])) sample++;
    return sample;
  }
}
