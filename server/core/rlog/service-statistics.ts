import type { EventBatch } from './event-batch.ts';
import { SERVICE_TAGS } from './service-tags.ts';

const WORD = 0x1_0000_0000;

/** What the events of one service have in common. Times are seconds after second 0 of the log. */
export interface ServiceStatistics {
  readonly tag: number;
  readonly count: number;
  readonly firstSeconds: number;
  readonly lastSeconds: number;
  /** Events per second between the first and the last; undefined with fewer than two, or no time between them. */
  readonly rateHz: number | undefined;
  /** Longest time between two events that follow each other in the log; undefined with fewer than two. */
  readonly longestGap: { readonly seconds: number; readonly fromSeconds: number } | undefined;
}

/** Times of a log, in nanoseconds since boot. */
export interface LogTimes {
  /** Second 0: the earliest event of the first segment, initData and sentinels aside. */
  readonly start: bigint;
  /** Of the first and last event in the file. */
  readonly first: bigint;
  readonly last: bigint;
  readonly min: bigint;
  readonly max: bigint;
}

/** Counts events, times and gaps of every service while a log is walked; no allocation per event. */
export class ServiceCounter {
  events = 0;
  /** Events that are earlier than the one before them. */
  inversions = 0;

  /** Row of each tag in the columns below, plus one. */
  readonly #rowOfTag = new Uint32Array(0x10000);
  readonly #tags: number[] = [];
  // Columns grow together, in `#grow`.
  #counts = new Float64Array(64);
  // Nanoseconds after the first event of the log.
  #first = new Float64Array(64);
  #last = new Float64Array(64);
  #gap = new Float64Array(64);
  #gapStart = new Float64Array(64);

  #zeroLow = 0;
  #zeroHigh = 0;
  #minLow = 0;
  #minHigh = 0;
  #maxLow = 0;
  #maxHigh = 0;
  #previousLow = 0;
  #previousHigh = 0;
  // Earliest event that the logger does not write of itself, once there is one.
  #hasStart = false;
  #isStartFixed = false;
  #startLow = 0;
  #startHigh = 0;

  /** Counts the events of a batch. */
  add(batch: EventBatch): void {
    const { length, tag, monoTimeWords } = batch;
    if (length > 0 && this.events === 0) this.#start(monoTimeWords[0]!, monoTimeWords[1]!);
    for (let i = 0; i < length; i++) {
      const low = monoTimeWords[2 * i]!;
      const high = monoTimeWords[2 * i + 1]!;
      this.#noteTime(low, high);
      if (!this.#isStartFixed && !isOfLogger(tag[i]!)) this.#noteStart(low, high);
      const nanoseconds = (high - this.#zeroHigh) * WORD + (low - this.#zeroLow);
      const row = this.#rowOf(tag[i]!);
      if (this.#counts[row]!++ === 0) this.#first[row] = this.#gapStart[row] = nanoseconds;
      else this.#noteGap(row, nanoseconds);
      this.#last[row] = nanoseconds;
    }
    this.events += length;
  }

  /** Has second 0 stay where it is, whatever comes: called at the end of the first segment. */
  fixStart(): void {
    this.#isStartFixed = this.#hasStart;
  }

  /** Times of the log in nanoseconds since boot; undefined without events. */
  get times(): LogTimes | undefined {
    if (this.events === 0) return undefined;
    const first = joinWords(this.#zeroLow, this.#zeroHigh);
    const min = joinWords(this.#minLow, this.#minHigh);
    const start = this.#hasStart ? joinWords(this.#startLow, this.#startHigh) : min;
    const last = joinWords(this.#previousLow, this.#previousHigh);
    return { start, first, last, min, max: joinWords(this.#maxLow, this.#maxHigh) };
  }

  /** Events of one service. */
  countOf(tag: number): number {
    const row = this.#rowOfTag[tag]!;
    return row === 0 ? 0 : this.#counts[row - 1]!;
  }

  /** Every service of the log, the one with most events first. */
  list(): readonly ServiceStatistics[] {
    return this.#tags
      .map((tag, row) => this.#describe(tag, row))
      .sort((a, b) => b.count - a.count || a.tag - b.tag);
  }

  /** Second 0 in nanoseconds after the first event; the earliest event of all where the logger wrote them all. */
  #secondZeroNs(): number {
    const low = this.#hasStart ? this.#startLow : this.#minLow;
    const high = this.#hasStart ? this.#startHigh : this.#minHigh;
    return (high - this.#zeroHigh) * WORD + (low - this.#zeroLow);
  }

  #describe(tag: number, row: number): ServiceStatistics {
    const startNs = this.#secondZeroNs();
    const count = this.#counts[row]!;
    const firstSeconds = (this.#first[row]! - startNs) / 1e9;
    const lastSeconds = (this.#last[row]! - startNs) / 1e9;
    const span = lastSeconds - firstSeconds;
    const fromSeconds = (this.#gapStart[row]! - startNs) / 1e9;
    return {
      tag,
      count,
      firstSeconds,
      lastSeconds,
      rateHz: count > 1 && span > 0 ? (count - 1) / span : undefined,
      longestGap: count > 1 ? { seconds: this.#gap[row]! / 1e9, fromSeconds } : undefined,
    };
  }

  #start(low: number, high: number): void {
    this.#zeroLow = this.#minLow = this.#maxLow = this.#previousLow = low;
    this.#zeroHigh = this.#minHigh = this.#maxHigh = this.#previousHigh = high;
  }

  #noteStart(low: number, high: number): void {
    if (this.#hasStart && !isEarlier(low, high, this.#startLow, this.#startHigh)) return;
    this.#hasStart = true;
    this.#startLow = low;
    this.#startHigh = high;
  }

  #noteTime(low: number, high: number): void {
    if (isEarlier(low, high, this.#previousLow, this.#previousHigh)) this.inversions++;
    this.#previousLow = low;
    this.#previousHigh = high;
    if (isEarlier(low, high, this.#minLow, this.#minHigh)) {
      this.#minLow = low;
      this.#minHigh = high;
    }
    if (isEarlier(this.#maxLow, this.#maxHigh, low, high)) {
      this.#maxLow = low;
      this.#maxHigh = high;
    }
  }

  #noteGap(row: number, nanoseconds: number): void {
    const gap = nanoseconds - this.#last[row]!;
    if (gap <= this.#gap[row]!) return;
    this.#gap[row] = gap;
    this.#gapStart[row] = this.#last[row]!;
  }

  #rowOf(tag: number): number {
    const known = this.#rowOfTag[tag]!;
    if (known !== 0) return known - 1;
    const row = this.#tags.push(tag) - 1;
    this.#rowOfTag[tag] = row + 1;
    if (row === this.#counts.length) this.#grow();
    return row;
  }

  #grow(): void {
    const double = (column: Float64Array): Float64Array<ArrayBuffer> => {
      const grown = new Float64Array(2 * column.length);
      grown.set(column);
      return grown;
    };
    this.#counts = double(this.#counts);
    this.#first = double(this.#first);
    this.#last = double(this.#last);
    this.#gap = double(this.#gap);
    this.#gapStart = double(this.#gapStart);
  }
}

/** Whether time A lies before time B, both as halves. */
function isEarlier(lowA: number, highA: number, lowB: number, highB: number): boolean {
  return highA < highB || (highA === highB && lowA < lowB);
}

/** What the logger writes of itself when it begins may lie long before the segment it stands in. */
function isOfLogger(tag: number): boolean {
  return tag === SERVICE_TAGS.initData || tag === SERVICE_TAGS.sentinel;
}

function joinWords(low: number, high: number): bigint {
  return (BigInt(high) << 32n) | BigInt(low);
}
