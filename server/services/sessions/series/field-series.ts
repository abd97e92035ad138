import { appendFieldValues, FieldColumn } from '../../../core/schema/field-column.ts';
import type { FieldPath } from '../../../core/schema/field-path.ts';
import { SeriesSamples } from '../../../core/series/series-samples.ts';
import type { OpenLog } from '../open-log.ts';
import type { TimedBatch } from './row-batches.ts';
import type { KeptSeries } from './series-store.ts';

/** The samples of a field of a service, read from events in file order. A field that an event lacks ends its line. */
export class FieldSeries implements KeptSeries {
  readonly path: FieldPath;
  samples = new SeriesSamples();
  /** Events of the log that have been looked at. */
  events = 0;
  readonly #log: OpenLog;
  #timeVersion: number;

  constructor(log: OpenLog, path: FieldPath) {
    this.#log = log;
    this.path = path;
    this.#timeVersion = log.timeVersion;
  }

  /** Begins anew where second 0 of the log has moved. */
  prepare(): void {
    if (this.#timeVersion === this.#log.timeVersion) return;
    this.#timeVersion = this.#log.timeVersion;
    this.events = 0;
    this.samples = new SeriesSamples();
  }

  /** Adds events that stand behind those it has. */
  append({ batch, seconds }: TimedBatch): void {
    const column = new FieldColumn();
    appendFieldValues(batch, this.path, column);
    const last = this.samples.seconds[this.samples.length - 1] ?? -Infinity;
    if (areInOrder(seconds, last)) this.samples.append(seconds, column.value, seconds.length);
    else this.#insert(seconds, column.value);
  }

  /** Events of a service are in order as a rule; where they are not all are sorted. */
  #insert(addedSeconds: Float64Array, added: Float64Array): void {
    const { seconds, values, length } = this.samples;
    const allSeconds = [...seconds.subarray(0, length), ...addedSeconds];
    const allValues = [...values.subarray(0, length), ...added.subarray(0, addedSeconds.length)];
    const order = Array.from(allSeconds.keys()).sort(
      (a, b) => (allSeconds[a] ?? 0) - (allSeconds[b] ?? 0) || a - b,
    );
    this.samples = new SeriesSamples();
    const pick = (all: readonly number[]): number[] => order.map((i) => all[i] ?? NaN);
    this.samples.append(pick(allSeconds), pick(allValues), order.length);
  }
}

function areInOrder(seconds: Float64Array, after: number): boolean {
  let last = after;
  for (const at of seconds) {
    if (at < last) return false;
    last = at;
  }
  return true;
}
