import { countBitChanges, countBitChangesByStretch } from './bit-changes.ts';
import { MAX_BITS } from './bit-position.ts';
import { readBit } from '../frame-payload.ts';
import type { FrameTable } from '../frame-table.ts';
import { divideAtSpan, type Stretches, type TimeSpan } from '../message-rows.ts';
import { lowestBit, type ToggleSink, walkToggles } from './toggle-walk.ts';

/** The times at which one bit of a message took its other value. */
export interface BitTimeline {
  /** Its value in the first frame; 0 without frames. */
  readonly initial: 0 | 1;
  /** The row of each frame in which it has changed, by time. */
  readonly rows: Uint32Array;
  /** The time of each, in seconds. */
  readonly seconds: Float64Array;
}

/**
 * Follows one bit through the frames of a message; it is 0 in payloads that end before it. The value after change `i` is
 * `valueAfter(timeline, i)`.
 *
 * @param rows Rows of the message by time.
 */
export function readBitTimeline(table: FrameTable, rows: Uint32Array, bit: number): BitTimeline {
  const changed = new Uint32Array(rows.length);
  const initial = rows.length === 0 ? 0 : readBit(table, rows[0]!, bit);
  let value: 0 | 1 = initial;
  let count = 0;
  for (const row of rows) {
    const now = readBit(table, row, bit);
    if (now === value) continue;
    value = now;
    changed[count++] = row;
  }
  return takeTimeline(table, initial, changed.slice(0, count));
}

/** The value of the bit after its change number `index`. */
export function valueAfter({ initial }: BitTimeline, index: number): 0 | 1 {
  return index % 2 === 0 ? ((1 - initial) as 0 | 1) : initial;
}

function takeTimeline(table: FrameTable, initial: 0 | 1, rows: Uint32Array): BitTimeline {
  const seconds = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) seconds[i] = table.seconds[rows[i]!]!;
  return { initial, rows, seconds };
}

/** One bit of a message that toggled. */
export interface ToggledBit extends BitTimeline {
  /** Global index. */
  readonly bit: number;
}

/**
 * Finds all toggles of a message, in the order in which the bits toggled first.
 *
 * @param watched Only these bits; none or an empty list: all.
 */
export function listBitToggles(
  table: FrameTable,
  rows: Uint32Array,
  watched: readonly number[] = [],
): readonly ToggledBit[] {
  const { order, toggles } = countBitChanges(table, rows);
  const wanted = new Set(watched);
  const bits = order.filter((bit) => wanted.size === 0 || wanted.has(bit));
  const lists = new ToggleLists(bits, toggles);
  walkToggles(table, rows, lists);
  return Array.from(bits, (bit, i) => {
    const initial = readBit(table, rows[0]!, bit);
    return { bit, ...takeTimeline(table, initial, lists.borrowRows(i)) };
  });
}

/** Puts toggles into a list for each bit, one behind the other in the same memory. */
class ToggleLists implements ToggleSink {
  readonly #start: Uint32Array;
  readonly #rows: Uint32Array;
  /** Where the next toggle of a bit goes; -1 for bits without a list. */
  readonly #next = new Int32Array(MAX_BITS).fill(-1);

  constructor(bits: Uint16Array, toggles: Uint32Array) {
    this.#start = new Uint32Array(bits.length + 1);
    let end = 0;
    for (let i = 0; i < bits.length; i++) {
      this.#next[bits[i]!] = end;
      end += toggles[bits[i]!]!;
      this.#start[i + 1] = end;
    }
    this.#rows = new Uint32Array(end);
  }

  addToggles(row: number, word: number, bits: number): void {
    for (let rest = bits; rest !== 0; rest &= rest - 1) {
      const bit = lowestBit(word, rest);
      if (this.#next[bit] !== -1) this.#rows[this.#next[bit]!++] = row;
    }
  }

  addChange(): void {
    // Bits are all that is wanted.
  }

  borrowRows(list: number): Uint32Array {
    return this.#rows.subarray(this.#start[list], this.#start[list + 1]);
  }
}

/** Lists the bits that toggle in a stretch of time and never outside of it, in the order of their first toggles. */
export function findBitsActiveIn(table: FrameTable, rows: Uint32Array, span: TimeSpan): readonly number[] {
  return findBitsActiveInStretch(table, rows, { stretches: divideAtSpan(table, span), stretch: 1 });
}

/** One of the stretches of a table. */
export interface ChosenStretch {
  readonly stretches: Stretches;
  readonly stretch: number;
}

/** Lists the bits that toggle in a stretch and never outside of it, in the order of their first toggles. */
export function findBitsActiveInStretch(
  table: FrameTable,
  rows: Uint32Array,
  { stretches, stretch }: ChosenStretch,
): readonly number[] {
  const inside =
    countBitChangesByStretch(table, rows, stretches).toggles[stretch] ?? new Uint32Array(MAX_BITS);
  const { order, toggles } = countBitChanges(table, rows);
  return [...order].filter((bit) => inside[bit] === toggles[bit]);
}
