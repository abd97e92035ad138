import type { EventBatch } from './event-batch.ts';

/**
 * Where every event of one log lies, in columns: row `i` of each describes the same event, in file order. 15 bytes an
 * event; the log's bytes are not kept. Columns may be longer than `length`.
 */
export interface LogIndex {
  readonly length: number;
  /** Byte of the decompressed log at which the event's message begins; logs below 4 GiB. */
  readonly offset: Uint32Array;
  /** Union tag: the service. */
  readonly tag: Uint16Array;
  /** Nanoseconds since boot. */
  readonly monoTime: BigUint64Array;
  /** MULTI_SEGMENT, NOT_VALID; see `event-batch`. */
  readonly flags: Uint8Array;
}

/** Gathers the index while a log is walked. */
export class LogIndexColumns implements LogIndex {
  length = 0;
  offset = new Uint32Array(16_384);
  tag = new Uint16Array(16_384);
  monoTime = new BigUint64Array(16_384);
  flags = new Uint8Array(16_384);

  /** Appends a batch's events. */
  add(batch: EventBatch): void {
    const rows = batch.length;
    this.#reserve(this.length + rows);
    for (let i = 0; i < rows; i++) this.offset[this.length + i] = batch.windowStart + batch.start[i]!;
    this.tag.set(batch.tag.subarray(0, rows), this.length);
    this.monoTime.set(batch.monoTime.subarray(0, rows), this.length);
    this.flags.set(batch.flags.subarray(0, rows), this.length);
    this.length += rows;
  }

  #reserve(rows: number): void {
    if (rows <= this.offset.length) return;
    const capacity = Math.max(rows, 2 * this.offset.length);
    const { offset, tag, monoTime, flags } = this;
    this.offset = new Uint32Array(capacity);
    this.offset.set(offset);
    this.tag = new Uint16Array(capacity);
    this.tag.set(tag);
    this.monoTime = new BigUint64Array(capacity);
    this.monoTime.set(monoTime);
    this.flags = new Uint8Array(capacity);
    this.flags.set(flags);
  }
}

/**
 * Sorts rows by time. Logs are nearly sorted, so inserting each row where it belongs is several times faster than
 * sorting from nothing; a log in wild order falls back to that.
 *
 * @returns Row numbers of the index, earliest first; rows of equal time stay in file order.
 */
export function orderByTime({ length, monoTime }: LogIndex): Uint32Array {
  const order = Uint32Array.from({ length }, (_, row) => row);
  const key = nanosecondsAfterFirst(monoTime, length);
  if (key === undefined) return order.sort((a, b) => compareTimes(monoTime, a, b));
  let moves = 64 * length;
  for (let i = 1; i < length; i++) {
    const row = order[i]!;
    const time = key[row]!;
    let at = i;
    for (; at > 0 && key[order[at - 1]!]! > time; at--) order[at] = order[at - 1]!;
    order[at] = row;
    moves -= i - at;
    if (moves < 0) return order.sort((a, b) => compareTimes(monoTime, a, b));
  }
  return order;
}

/** Times as doubles; undefined where they lie more than 104 days apart and would not be exact. */
function nanosecondsAfterFirst(monoTime: BigUint64Array, length: number): Float64Array | undefined {
  const words = new Uint32Array(monoTime.buffer, monoTime.byteOffset, 2 * length);
  const key = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    key[i] = (words[2 * i + 1]! - words[1]!) * 0x1_0000_0000 + (words[2 * i]! - words[0]!);
    if (Math.abs(key[i]!) > Number.MAX_SAFE_INTEGER) return undefined;
  }
  return key;
}

function compareTimes(monoTime: BigUint64Array, a: number, b: number): number {
  const timeA = monoTime[a]!;
  const timeB = monoTime[b]!;
  if (timeA === timeB) return a - b;
  return timeA < timeB ? -1 : 1;
}
