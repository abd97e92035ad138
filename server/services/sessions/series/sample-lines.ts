import type { Samples, SamplesParams } from '#protocol';
import { formatFixed } from '../../../core/text/fixed-decimal.ts';
import type { OpenedSeries } from './log-series.ts';

/** Halvings after which two doubles have nothing between them. */
const MOST_HALVINGS = 1100;
/** Events have nanoseconds; frames of one event share its time. */
const DECIMALS = 9;

/** Writes samples of series as lines of CSV, merged by time; of equal times in the order of the series. */
export function writeSampleLines(
  opened: readonly OpenedSeries[],
  { fromSeconds, toSeconds, from, count }: SamplesParams,
): Pick<Samples, 'total' | 'lines'> {
  const merge = new SampleMerge(opened, fromSeconds, toSeconds);
  merge.skip(from);
  const lines: string[] = [];
  while (lines.length < count) {
    const line = merge.next();
    if (line === undefined) break;
    lines.push(line);
  }
  return { total: merge.total, lines };
}

/** The finite samples of one series in the stretch. */
interface SampleSource {
  readonly series: OpenedSeries;
  readonly end: number;
  next: number;
}

class SampleMerge {
  readonly total: number;
  readonly #sources: readonly SampleSource[];
  readonly #span: readonly [from: number, to: number];

  constructor(opened: readonly OpenedSeries[], from: number, to: number) {
    this.#span = [from, to];
    this.#sources = opened.map((series) => {
      const next = series.samples.countBefore(from);
      return { series, next, end: Math.max(next, series.samples.countUpTo(to)) };
    });
    this.total = this.#sources.reduce(
      (sum, { series, next, end }) => sum + countFinite(series, next, end),
      0,
    );
  }

  /** Passes over so many lines: over all that are earlier than a time at once, the rest one by one. */
  skip(lines: number): void {
    let [low, high] = this.#span;
    for (let i = 0; i < MOST_HALVINGS; i++) {
      const middle = low / 2 + high / 2;
      if (!(middle > low && middle < high)) break;
      if (this.#countBefore(middle) <= lines) low = middle;
      else high = middle;
    }
    const skipped = this.#countBefore(low);
    for (const source of this.#sources) source.next = this.#placeOf(source, low);
    for (let i = skipped; i < lines; i++) if (this.#take() === undefined) return;
  }

  next(): string | undefined {
    const source = this.#take();
    if (source === undefined) return undefined;
    const { series, next } = source;
    const [seconds = NaN, value = NaN] = [series.samples.seconds[next - 1], series.samples.values[next - 1]];
    const label = series.labelOf(value) ?? '';
    return [formatFixed(seconds, DECIMALS), quote(series.key), series.write(value), quote(label)].join(',');
  }

  /** Moves over the earliest sample, and tells whose it is. */
  #take(): SampleSource | undefined {
    let earliest: SampleSource | undefined;
    let at = Infinity;
    for (const source of this.#sources) {
      const { samples } = source.series;
      while (source.next < source.end && !Number.isFinite(samples.values[source.next])) source.next++;
      const seconds = source.next < source.end ? (samples.seconds[source.next] ?? Infinity) : Infinity;
      if (seconds >= at) continue;
      at = seconds;
      earliest = source;
    }
    if (earliest !== undefined) earliest.next++;
    return earliest;
  }

  #countBefore(seconds: number): number {
    return this.#sources.reduce((sum, source) => {
      const first = source.series.samples.countBefore(this.#span[0]);
      return sum + countFinite(source.series, first, this.#placeOf(source, seconds));
    }, 0);
  }

  #placeOf({ series, end }: SampleSource, seconds: number): number {
    const first = series.samples.countBefore(this.#span[0]);
    return Math.min(end, Math.max(first, series.samples.countBefore(seconds)));
  }
}

function countFinite({ samples }: OpenedSeries, first: number, end: number): number {
  return samples.pyramid.addUp(first, end).count;
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
