import { MAX_BITS } from './bit-position.ts';
import type { FrameTable } from './frame-table.ts';
import type { Stretches } from './message-rows.ts';

/** Words of the longest payload. */
const MAX_WORDS = MAX_BITS / 32;

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

/** A single stretch, to which all frames belong. */
const WHOLE = 1;

/**
 * Counts the toggles of all bits of a message. A payload that is shorter than the one before it, or longer, is taken to
 * be filled up with zeros: the bits that are set in the tail toggle.
 *
 * @param rows Rows of the message by time.
 */
export function countBitChanges(table: FrameTable, rows: Uint32Array): BitChanges {
  const { byteLength, order, changes, toggles } = new ChangeCounter(WHOLE).count(table, rows);
  const [all = new Uint32Array(0)] = toggles;
  return { byteLength, frames: rows.length, changes: changes[0] ?? 0, toggles: all, order };
}

/** Counts the toggles of all bits of a message in each stretch of time, see `countBitChanges`. */
export function countBitChangesByStretch(
  table: FrameTable,
  rows: Uint32Array,
  stretches: Stretches,
): StretchChanges {
  return new ChangeCounter(stretches.count).count(table, rows, stretches.ofRow);
}

/** Lists the bits in which two frames differ, ascending; the shorter payload is taken to be filled up with zeros. */
export function findChangedBits(table: FrameTable, before: number, after: number): readonly number[] {
  return [...countBitChanges(table, Uint32Array.of(before, after)).order];
}

class ChangeCounter {
  readonly #frames: Uint32Array;
  readonly #changes: Uint32Array;
  /** One set of counts for each stretch, and one for what is in none. */
  readonly #toggles: readonly Uint32Array[];
  readonly #hasToggled = new Uint8Array(MAX_BITS);
  readonly #order = new Uint16Array(MAX_BITS);
  #toggled = 0;

  constructor(stretches: number) {
    this.#frames = new Uint32Array(stretches + 1);
    this.#changes = new Uint32Array(stretches + 1);
    this.#toggles = Array.from({ length: stretches + 1 }, () => new Uint32Array(MAX_BITS));
  }

  /** @param ofRow The stretch of each row; without it, all are in the first. */
  count(table: FrameTable, rows: Uint32Array, ofRow?: Uint8Array): StretchChanges {
    const { words, dataStart, dataLength } = table;
    const none = this.#toggles.length - 1;
    let before = 0;
    let wordsBefore = 0;
    let lengthBefore = 0;
    let longest = 0;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      const at = dataStart[row]! >> 2;
      const length = dataLength[row]!;
      const wordCount = Math.min((length + 3) >> 2, MAX_WORDS);
      const stretch = ofRow === undefined ? 0 : Math.min(ofRow[row]!, none);
      let hasChanged = length !== lengthBefore;
      if (i > 0) {
        const counts = this.#toggles[stretch]!;
        for (let word = 0; word < wordCount || word < wordsBefore; word++) {
          const now = word < wordCount ? words[at + word]! : 0;
          const then = word < wordsBefore ? words[before + word]! : 0;
          if (now === then) continue;
          hasChanged = true;
          this.#countWord(now ^ then, 32 * word, counts);
        }
        if (hasChanged) this.#changes[stretch]!++;
      }
      this.#frames[stretch]!++;
      if (length > longest) longest = length;
      before = at;
      wordsBefore = wordCount;
      lengthBefore = length;
    }
    return this.#take(Math.min(longest, MAX_BITS / 8));
  }

  #countWord(difference: number, firstBit: number, counts: Uint32Array): void {
    for (let rest = difference; rest !== 0; rest &= rest - 1) {
      const bit = firstBit + 31 - Math.clz32(rest & -rest);
      counts[bit]!++;
      if (this.#hasToggled[bit] !== 0) continue;
      this.#hasToggled[bit] = 1;
      this.#order[this.#toggled++] = bit;
    }
  }

  #take(byteLength: number): StretchChanges {
    return {
      byteLength,
      order: this.#order.slice(0, this.#toggled),
      frames: this.#frames.slice(0, -1),
      changes: this.#changes.slice(0, -1),
      toggles: this.#toggles.slice(0, -1).map((counts) => counts.slice(0, 8 * byteLength)),
    };
  }
}
