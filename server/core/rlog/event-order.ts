/** Times of events in columns that grow. */
export interface TimedRows {
  readonly length: number;
  readonly seconds: Float64Array;
}

/** Moves of the insertion sort that a row may cost on average, before all are sorted otherwise. */
const MOVES_PER_ROW = 64;
/** New rows that belong so near to the end are taken in at once. */
const NEAR_ROWS = 65_536;
/** Others wait until they are this part of all: then each row is moved a few times, however they are interleaved. */
const WAITING_PART = 1 / 4;

/**
 * The rows of growing columns in the order of time, those of equal time in their own order. Logs are nearly in order:
 * what is new is sorted by itself and merged into the end of what is there.
 */
export class EventOrder {
  /** Place in time to row; longer than `length`, and moves when it grows. */
  rows = new Uint32Array(16_384);
  length = 0;
  /** Of each update that changed places which were taken before: the least of them. */
  readonly #leastChanged: number[] = [];
  // Of the rows that wait: up to which they are weighed, and the earliest time among them.
  #weighed = 0;
  #earliest = Infinity;

  /** Grows with every update that changed places which were taken before. */
  get version(): number {
    return this.#leastChanged.length;
  }

  /** The least place that changed since a version; `length` where none did. */
  changedSince(version: number): number {
    let least = this.length;
    for (let i = version; i < this.#leastChanged.length; i++) least = Math.min(least, this.#leastChanged[i]!);
    return least;
  }

  /** Takes in what the columns have more, unless that would move much: then it waits for more, or for `update`. */
  follow(columns: TimedRows): void {
    const { length, seconds } = columns;
    for (; this.#weighed < length; this.#weighed++)
      if (seconds[this.#weighed]! < this.#earliest) this.#earliest = seconds[this.#weighed]!;
    const moved = this.length - this.placeAfter(this.#earliest, seconds);
    if (moved <= NEAR_ROWS || length - this.length >= WAITING_PART * length) this.update(columns);
  }

  /** Takes in the rows that the columns have more than at the last update. */
  update({ length, seconds }: TimedRows): void {
    const old = this.length;
    if (length === old) return;
    this.#weighed = length;
    this.#earliest = Infinity;
    this.#reserve(length);
    const added = this.rows.subarray(old, length);
    for (let i = 0; i < added.length; i++) added[i] = old + i;
    sortRows(added, seconds);
    this.length = length;
    if (old > 0) this.#merge(old, seconds);
  }

  /** Sorts everything anew: times have changed. */
  reset(): void {
    this.length = this.#weighed = 0;
    this.#earliest = Infinity;
    this.#leastChanged.push(0);
  }

  /** The first place whose time is later than `atSeconds`; `length` where none is. */
  placeAfter(atSeconds: number, seconds: Float64Array): number {
    return findPlaceAfter({ rows: this.rows, end: this.length, seconds }, atSeconds);
  }

  /** Place of a row. */
  placeOf(row: number, seconds: Float64Array): number {
    let place = this.placeAfter(seconds[row]!, seconds) - 1;
    while (place >= 0 && this.rows[place] !== row) place--;
    return place;
  }

  /** Merges the rows behind `old`, latest first: each goes where it belongs, what is later moves up in one piece. */
  #merge(old: number, seconds: Float64Array): void {
    const { rows } = this;
    if (seconds[rows[old]!]! >= seconds[rows[old - 1]!]!) return;
    const added = rows.slice(old, this.length);
    let end = old;
    for (let i = added.length - 1; i >= 0; i--) {
      const row = added[i]!;
      const place = findPlaceAfter({ rows, end, seconds }, seconds[row]!);
      if (place < end) rows.copyWithin(place + i + 1, place, end);
      rows[place + i] = row;
      end = place;
    }
    this.#leastChanged.push(end);
  }

  #reserve(length: number): void {
    if (length <= this.rows.length) return;
    const capacity = Math.ceil(Math.max(length, 1.5 * this.rows.length));
    this.rows = new Uint32Array(this.rows.buffer.transfer(4 * capacity));
  }
}

interface PlaceSearch {
  readonly rows: Uint32Array;
  /** Places from 0 to here are searched; their times ascend. */
  readonly end: number;
  readonly seconds: Float64Array;
}

function findPlaceAfter({ rows, end, seconds }: PlaceSearch, atSeconds: number): number {
  let low = 0;
  let high = end;
  if (end > 0 && seconds[rows[end - 1]!]! <= atSeconds) return end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (seconds[rows[middle]!]! <= atSeconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Inserting each row where it belongs is several times faster than sorting from nothing, in a log that is honest. */
function sortRows(rows: Uint32Array, seconds: Float64Array): void {
  let moves = MOVES_PER_ROW * rows.length;
  for (let i = 1; i < rows.length; i++) {
    const row = rows[i]!;
    const time = seconds[row]!;
    let at = i;
    for (; at > 0 && seconds[rows[at - 1]!]! > time; at--) rows[at] = rows[at - 1]!;
    rows[at] = row;
    moves -= i - at;
    if (moves >= 0) continue;
    rows.sort((a, b) => seconds[a]! - seconds[b]! || a - b);
    return;
  }
}
