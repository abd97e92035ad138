import type { ChartSpan } from '#protocol';
import { findGapSeconds, holdSeconds } from './sample-gaps.ts';
import { findSamples } from './sample-range.ts';

/** Samples of a state. */
export interface SpanSource {
  /** Time of each sample, ascending. */
  readonly seconds: ArrayLike<number>;
  readonly values: ArrayLike<number>;
  /** The stretch of time that is drawn; spans end at its edges. */
  readonly from: number;
  readonly to: number;
  /**
   * What stands in the span of a value; undefined where it has none. Default: a span without a label for everything
   * but 0 and NaN.
   */
  readonly name?: (value: number) => string | undefined;
  /** A state ends in a longer pause. Default: three usual periods, at least 0.5 s; `Infinity` for columns of changes. */
  readonly gapSeconds?: number;
}

/**
 * Lists when a state held: from the sample that brought it to the first one that brought another. The last one holds
 * for one usual period, and so does one before a gap.
 */
export function listSpans(source: SpanSource): ChartSpan[] {
  const { seconds, values, from, to, name = nameSet } = source;
  const gapSeconds = source.gapSeconds ?? findGapSeconds(seconds);
  const { first, end } = findSamples(seconds, from, to);
  const spans = new SpanList(from, to);
  let previous = NaN;
  let label: string | undefined;
  for (let row = Math.max(0, first - 1); row < end; row++) {
    const at = seconds[row]!;
    const value = values[row]!;
    if (row > 0 && at - seconds[row - 1]! > gapSeconds)
      spans.close(seconds[row - 1]! + holdSeconds(gapSeconds));
    if (value !== previous) label = Number.isNaN(value) ? undefined : name(value);
    previous = value;
    spans.set(at, label);
  }
  if (end > 0) spans.close(seconds[end - 1]! + holdSeconds(gapSeconds));
  return spans.done;
}

/** Spans that are done, and the one that is open. */
class SpanList {
  readonly done: ChartSpan[] = [];
  readonly #from: number;
  readonly #to: number;
  #openedAt = 0;
  #label: string | undefined;

  constructor(from: number, to: number) {
    this.#from = from;
    this.#to = to;
  }

  /** From now on this state holds. */
  set(at: number, label: string | undefined): void {
    if (label === this.#label) return;
    this.close(at);
    this.#openedAt = at;
    this.#label = label;
  }

  /** Ends the open span, if there is one. */
  close(at: number): void {
    const label = this.#label;
    this.#label = undefined;
    const from = Math.max(this.#openedAt, this.#from);
    const to = Math.min(at, this.#to);
    if (label === undefined || to < from) return;
    this.done.push(label === '' ? { from, to } : { from, to, label });
  }
}

function nameSet(value: number): string | undefined {
  return value === 0 ? undefined : '';
}
