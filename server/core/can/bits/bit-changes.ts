import { MAX_BITS } from './bit-position.ts';
import type { FrameTable } from '../frame-table.ts';
import type { Stretches } from '../message-rows.ts';
import { BitTally } from './bit-tally.ts';
import { lowestBit, MAX_WORDS, type ToggleSink, walkToggles } from './toggle-walk.ts';

/** How the frames of a message changed, each seen against the one before it. */
export interface BitChanges {
  /** Bytes of the longest payload, at most 64: what stands behind them is no CAN and is not looked at. */
  readonly byteLength: number;
  readonly frames: number;
  /** Frames whose payload differs, in a bit or in length. */
  readonly changes: number;
  /** How often each bit toggled, by global index: `8 * byteLength` entries. */
  readonly toggles: Uint32Array;
  /** The bits that toggled, in the order in which they did so first; those of one frame ascending. */
  readonly order: Uint16Array;
}

/** The same for stretches of time: a change belongs to the stretch of the later frame. */
export interface StretchChanges {
  readonly byteLength: number;
  /** In the whole message, also between stretches. */
  readonly order: Uint16Array;
  /** An entry per stretch, as is `changes`. */
  readonly frames: Uint32Array;
  readonly changes: Uint32Array;
  /** Per stretch: toggles of every bit, `8 * byteLength` entries. */
  readonly toggles: readonly Uint32Array[];
}

/**
 * Counts the toggles of all bits of a message. A payload that is shorter than the one before it, or longer, is taken to
 * be filled up with zeros: the bits that are set in the tail toggle.
 *
 * @param rows Rows of the message by time.
 */
export function countBitChanges(table: FrameTable, rows: Uint32Array): BitChanges {
  const counter = new ChangeCounter();
  walkToggles(table, rows, counter);
  const byteLength = measureLongest(table, rows);
  return {
    byteLength,
    frames: rows.length,
    changes: counter.changes,
    toggles: counter.tally.finish().slice(0, 8 * byteLength),
    order: counter.takeOrder(),
  };
}

/** Counts the toggles of all bits of a message in each stretch of time, see `countBitChanges`. */
export function countBitChangesByStretch(
  table: FrameTable,
  rows: Uint32Array,
  stretches: Stretches,
): StretchChanges {
  const counter = new StretchCounter(stretches);
  walkToggles(table, rows, counter);
  const byteLength = measureLongest(table, rows);
  return {
    byteLength,
    order: counter.takeOrder(),
    frames: countFrames(rows, stretches),
    changes: counter.changes,
    toggles: counter.tallies.map((tally) => tally.finish().slice(0, 8 * byteLength)),
  };
}

/** Lists the bits in which two frames differ, ascending; the shorter payload is taken to be filled up with zeros. */
export function findChangedBits(table: FrameTable, before: number, after: number): readonly number[] {
  return [...countBitChanges(table, Uint32Array.of(before, after)).order];
}

function measureLongest({ dataLength }: FrameTable, rows: Uint32Array): number {
  let longest = 0;
  for (const row of rows) if (dataLength[row]! > longest) longest = dataLength[row]!;
  return Math.min(longest, MAX_BITS / 8);
}

function countFrames(rows: Uint32Array, { count, ofRow }: Stretches): Uint32Array {
  const frames = new Uint32Array(count);
  for (const row of rows) if (ofRow[row]! < count) frames[ofRow[row]!]!++;
  return frames;
}

/** Notes bits when they are seen first. */
class ToggleOrder {
  readonly #known = new Int32Array(MAX_WORDS);
  readonly #bits = new Uint16Array(MAX_BITS);
  #length = 0;

  /** Notes the bits that are set in `bits`, which are those of the payload's word `word`. */
  add(word: number, bits: number): void {
    let fresh = bits & ~this.#known[word]!;
    if (fresh === 0) return;
    this.#known[word]! |= fresh;
    for (; fresh !== 0; fresh &= fresh - 1) this.#bits[this.#length++] = lowestBit(word, fresh);
  }

  take(): Uint16Array {
    return this.#bits.slice(0, this.#length);
  }
}

class ChangeCounter implements ToggleSink {
  changes = 0;
  readonly tally = new BitTally();
  readonly #order = new ToggleOrder();

  addToggles(_row: number, word: number, bits: number): void {
    this.tally.add(word, bits);
    this.#order.add(word, bits);
  }

  addChange(): void {
    this.changes++;
  }

  takeOrder(): Uint16Array {
    return this.#order.take();
  }
}

class StretchCounter implements ToggleSink {
  readonly changes: Uint32Array;
  readonly tallies: readonly BitTally[];
  readonly #ofRow: Uint8Array;
  readonly #order = new ToggleOrder();

  constructor({ count, ofRow }: Stretches) {
    this.changes = new Uint32Array(count);
    this.tallies = Array.from({ length: count }, () => new BitTally());
    this.#ofRow = ofRow;
  }

  addToggles(row: number, word: number, bits: number): void {
    this.tallies[this.#ofRow[row]!]?.add(word, bits);
    this.#order.add(word, bits);
  }

  addChange(row: number): void {
    const stretch = this.#ofRow[row]!;
    if (stretch < this.changes.length) this.changes[stretch]!++;
  }

  takeOrder(): Uint16Array {
    return this.#order.take();
  }
}
