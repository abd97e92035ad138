import type { FrameTable } from './frame-table.ts';
import { MessageKeys } from './message-keys.ts';

/** Messages that are told apart: cars have hundreds, a hostile log four billion. */
const MOST_MESSAGES = 16_384;
const FIRST_ROWS = 64;

/**
 * The rows of a frame table by message, as `MessageGroups` has them, of a table that grows: what was added is taken in
 * by `update`, and costs no more than itself.
 */
export class MessageIndex {
  /** Frames of messages past the 16,384th, which are in no list. */
  furtherFrames = 0;
  readonly table: FrameTable;
  readonly #keys = new MessageKeys(MOST_MESSAGES);
  readonly #rows: Uint32Array<ArrayBuffer>[] = [];
  readonly #lengths: number[] = [];
  readonly #moves: number[] = [];
  /** Rows of the table that have been taken in. */
  #taken = 0;

  constructor(table: FrameTable) {
    this.table = table;
  }

  /** Messages, numbered in the order in which they are seen first. */
  get count(): number {
    return this.#keys.count;
  }

  /** Bytes of memory. */
  get byteLength(): number {
    return this.#rows.reduce((sum, rows) => sum + rows.byteLength, 0);
  }

  /** Takes in the rows that were added to the table. */
  update(): void {
    const { bus, arbitrationId, length } = this.table;
    const late = new Set<number>();
    for (let row = this.#taken; row < length; row++) {
      const message = this.#keys.add(bus[row]!, arbitrationId[row]!);
      if (message < 0) this.furtherFrames++;
      else if (!this.#append(message, row)) late.add(message);
    }
    this.#taken = length;
    for (const message of late) this.#sort(message);
  }

  /** The number of a message; -1 where no frame of it was taken in. */
  find(bus: number, arbitrationId: number): number {
    return this.#keys.find(bus, arbitrationId);
  }

  busOf(message: number): number {
    return this.#keys.bus[message]!;
  }

  arbitrationIdOf(message: number): number {
    return this.#keys.arbitrationId[message]!;
  }

  /** How many rows a message has. */
  lengthOf(message: number): number {
    return this.#lengths[message]!;
  }

  /** Changes when rows of a message that were there already have got other places. */
  movesOf(message: number): number {
    return this.#moves[message]!;
  }

  /** The rows of a message by time, those of equal time in the order of the source: a view, valid until `update`. */
  borrowRows(message: number): Uint32Array {
    return this.#rows[message]!.subarray(0, this.#lengths[message]);
  }

  /** @returns False where the row is earlier than the one before it. */
  #append(message: number, row: number): boolean {
    const { seconds } = this.table;
    const length = this.#lengths[message] ?? 0;
    if (length === 0) {
      this.#rows[message] = new Uint32Array(FIRST_ROWS);
      this.#moves[message] = 0;
    }
    let rows = this.#rows[message]!;
    if (length === rows.length)
      rows = this.#rows[message] = new Uint32Array(rows.buffer.transfer(8 * length));
    rows[length] = row;
    this.#lengths[message] = length + 1;
    return length === 0 || seconds[row]! >= seconds[rows[length - 1]!]!;
  }

  #sort(message: number): void {
    const { seconds } = this.table;
    const rows = this.borrowRows(message);
    rows.sort((a, b) => seconds[a]! - seconds[b]! || a - b);
    this.#moves[message]!++;
  }
}

/** How many rows at the beginning are not later than a time. */
export function countUpTo(seconds: Float64Array, rows: Uint32Array, atSeconds: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (seconds[rows[middle]!]! <= atSeconds) low = middle + 1;
    else high = middle;
  }
  return low;
}
