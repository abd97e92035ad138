import { BlockBuilder, type SignalBlock } from './signal-block.ts';
import type { SignalSource } from './signal-source.ts';

/** Which rows are wanted, and what stands in cells without a sample. Times in nanoseconds after second 0. */
export interface RecordedOptions {
  readonly from: number;
  readonly to: number;
  /** For how long a value is written into the rows behind it; 0: only into its own. */
  readonly holdNs: number;
}

/**
 * Lists what was recorded: a row for every time at which a signal has a value. Two samples of a signal at the same time
 * make two rows.
 */
export function* listRecordedRows(
  signals: readonly SignalSource[],
  { from, to, holdNs }: RecordedOptions,
): Generator<SignalBlock, void, undefined> {
  const block = new BlockBuilder(signals.length);
  const tracks = groupTracks(signals, holdNs);
  for (let at = findNext(tracks); at !== Infinity && at <= to; at = findNext(tracks)) {
    const row = block.length;
    let hasValue = false;
    for (const track of tracks) hasValue = track.write(at, block, row) || hasValue;
    // Rows before the stretch are walked too: their values may be held into it.
    if (!hasValue || at < from) continue;
    block.nanoseconds[row] = at;
    block.length++;
    if (!block.isFull) continue;
    yield block;
    block.clear();
  }
  if (block.length > 0) yield block;
}

/** Signals with the same times are walked together. */
function groupTracks(signals: readonly SignalSource[], holdNs: number): readonly Track[] {
  const byTimes = Map.groupBy(signals.keys(), (index) => signals[index]?.nanoseconds);
  return [...byTimes].map(
    ([times = new Float64Array(), indices]) =>
      new Track(
        times,
        indices.map((index) => ({ index, values: signals[index]?.values ?? new Float64Array() })),
        holdNs,
      ),
  );
}

function findNext(tracks: readonly Track[]): number {
  return tracks.reduce((next, track) => Math.min(next, track.next), Infinity);
}

interface TrackColumn {
  /** Of the column in the block. */
  readonly index: number;
  readonly values: Float64Array;
}

/** Walks signals that share their times. */
class Track {
  /** Time of the next sample; infinite behind the last. */
  next: number;
  readonly #times: Float64Array;
  readonly #columns: readonly TrackColumn[];
  readonly #holdNs: number;
  readonly #held: Float64Array;
  readonly #heldSince: Float64Array;
  #sample = 0;

  constructor(times: Float64Array, columns: readonly TrackColumn[], holdNs: number) {
    this.#times = times;
    this.#columns = columns;
    this.#holdNs = holdNs;
    this.#held = new Float64Array(columns.length).fill(NaN);
    this.#heldSince = new Float64Array(columns.length);
    this.next = times[0] ?? Infinity;
  }

  /** Writes its cells of a row, and passes over the sample of that time. Returns whether the sample has a value. */
  write(at: number, block: SignalBlock, row: number): boolean {
    const isOwn = this.next === at;
    const sample = this.#sample;
    if (isOwn) this.next = this.#times[++this.#sample] ?? Infinity;
    let hasValue = false;
    let i = 0;
    for (const { index, values } of this.#columns) {
      const value = isOwn ? (values[sample] ?? NaN) : NaN;
      const isNew = !Number.isNaN(value);
      if (isNew) this.#hold(i, value, at);
      hasValue ||= isNew;
      const column = block.columns[index];
      if (column !== undefined) column[row] = isNew ? value : this.#heldAt(i, at);
      i++;
    }
    return hasValue;
  }

  #hold(i: number, value: number, at: number): void {
    this.#held[i] = value;
    this.#heldSince[i] = at;
  }

  #heldAt(i: number, at: number): number {
    const age = at - (this.#heldSince[i] ?? 0);
    return this.#holdNs > 0 && age <= this.#holdNs ? (this.#held[i] ?? NaN) : NaN;
  }
}
