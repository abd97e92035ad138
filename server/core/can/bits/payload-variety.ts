import type { FrameTable } from '../frame-table.ts';
import { hashPayload, hasSamePayload } from './payload-counts.ts';

/** Numbers for the time before a window, in it (both ends included) and after it, within the log. */
export interface Segments {
  readonly before: number;
  readonly within: number;
  readonly after: number;
}

/** Answers how many different payloads a message has in stretches of its frames, each in no more time than it is long. */
export class PayloadVariety {
  /** Different payloads among the first `i` frames, and among those from `i` on; `rows.length + 1` entries. */
  readonly #before: Uint32Array;
  readonly #after: Uint32Array;
  /** One per frame: equal payloads have the same number. */
  readonly #numbers: Uint32Array;
  /** One per number: the stretch in which it was counted last. */
  readonly #countedIn: Uint32Array;
  #stretch = 0;

  /** @param rows Rows of one message. */
  constructor(table: FrameTable, rows: Uint32Array) {
    this.#numbers = numberPayloads(table, rows);
    const length = rows.length;
    this.#countedIn = new Uint32Array(length);
    this.#before = new Uint32Array(length + 1);
    this.#after = new Uint32Array(length + 1);
    this.#stretch++;
    for (let i = 0; i < length; i++) this.#before[i + 1] = this.#before[i]! + this.#countNew(i);
    this.#stretch++;
    for (let i = length - 1; i >= 0; i--) this.#after[i] = this.#after[i + 1]! + this.#countNew(i);
  }

  /** Different payloads of the frames before `from`, from there to `to`, and from `to` on. */
  count(from: number, to: number): Segments {
    this.#stretch++;
    let within = 0;
    for (let i = from; i < to; i++) within += this.#countNew(i);
    return { before: this.#before[from]!, within, after: this.#after[to]! };
  }

  #countNew(frame: number): number {
    const number = this.#numbers[frame]!;
    if (this.#countedIn[number] === this.#stretch) return 0;
    this.#countedIn[number] = this.#stretch;
    return 1;
  }
}

/** Numbers the different payloads of some frames: a hash table with open addressing that holds one frame of each. */
function numberPayloads(table: FrameTable, rows: Uint32Array): Uint32Array {
  const mask = 2 ** Math.ceil(Math.log2(2 * rows.length + 1)) - 1;
  /** Place of a frame among the rows plus one; 0 is free. */
  const slots = new Uint32Array(mask + 1);
  const numbers = new Uint32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    let slot = hashPayload(table, row) & mask;
    while (slots[slot] !== 0 && !hasSamePayload(table, row, rows[slots[slot]! - 1]!))
      slot = (slot + 1) & mask;
    if (slots[slot] === 0) {
      slots[slot] = i + 1;
      numbers[i] = count++;
    } else numbers[i] = numbers[slots[slot]! - 1]!;
  }
  return numbers;
}
