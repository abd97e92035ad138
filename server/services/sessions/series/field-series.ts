import { appendFieldValues, FieldColumn } from '../../../core/schema/field-column.ts';
import type { FieldPath } from '../../../core/schema/field-path.ts';
import { SeriesSamples } from '../../../core/series/series-samples.ts';
import type { OpenLog } from '../open-log.ts';
import type { TimedBatch } from './row-batches.ts';
import type { SegmentStretch } from './segment-stretches.ts';
import type { KeptSeries } from './series-store.ts';

/** The samples of a field of a service, read segment by segment. A field that an event lacks ends its line. */
export class FieldSeries implements KeptSeries {
  readonly path: FieldPath;
  samples = new SeriesSamples();
  readonly #log: OpenLog;
  /** Of each segment, the row past the last one that has been looked at. */
  readonly #read = new Map<number, number>();
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
    this.#read.clear();
    this.samples = new SeriesSamples();
  }

  /** The first event of a segment that has not been looked at. */
  firstUnread({ segment, from }: SegmentStretch): number {
    return this.#read.get(segment) ?? from;
  }

  hasRead(stretch: SegmentStretch): boolean {
    return this.firstUnread(stretch) >= stretch.to;
  }

  noteRead({ segment, to }: SegmentStretch): void {
    this.#read.set(segment, to);
  }

  /** Adds events, wherever they belong. */
  append({ batch, seconds }: TimedBatch): void {
    const column = new FieldColumn();
    appendFieldValues(batch, this.path, column);
    const last = this.samples.seconds[this.samples.length - 1] ?? -Infinity;
    if (areInOrder(seconds, last)) this.samples.append(seconds, column.value, seconds.length);
    else this.#insert(seconds, column.value);
  }

  /** Merges what comes late: another segment as a rule, in one piece. */
  #insert(addedSeconds: Float64Array, addedValues: Float64Array): void {
    const old = this.samples;
    const added = sortSamples(addedSeconds, addedValues);
    const total = old.length + added.seconds.length;
    const [seconds, values] = [new Float64Array(total), new Float64Array(total)];
    for (let at = 0, i = 0, j = 0; at < total; at++) {
      const isOld = j >= added.seconds.length || (i < old.length && old.seconds[i]! <= added.seconds[j]!);
      seconds[at] = isOld ? old.seconds[i]! : added.seconds[j]!;
      values[at] = isOld ? old.values[i++]! : added.values[j++]!;
    }
    this.samples = new SeriesSamples();
    this.samples.append(seconds, values, total);
  }
}

interface TimedValues {
  readonly seconds: Float64Array;
  readonly values: Float64Array;
}

/** Events of a service are in order as a rule; those of equal time keep the order of the file. */
function sortSamples(seconds: Float64Array, values: Float64Array): TimedValues {
  if (areInOrder(seconds, -Infinity)) return { seconds, values };
  const order = Uint32Array.from(seconds.keys()).sort((a, b) => seconds[a]! - seconds[b]! || a - b);
  const pick = (all: Float64Array): Float64Array => Float64Array.from(order, (row) => all[row]!);
  return { seconds: pick(seconds), values: pick(values) };
}

function areInOrder(seconds: Float64Array, after: number): boolean {
  let last = after;
  for (const at of seconds) {
    if (at < last) return false;
    last = at;
  }
  return true;
}
