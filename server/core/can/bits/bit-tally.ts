import { MAX_BITS } from './bit-position.ts';
import { lowestBit, MAX_WORDS } from './toggle-walk.ts';

/** Binary digits of the counters below. */
const PLANES = 8;
const FULL = 2 ** PLANES - 1;

/**
 * Counts for every bit of a payload how often it was told, 32 bits at a time: digit `k` of the counters of a word stands
 * in its plane `k`, one counter a bit, so that adding is carrying from plane to plane. Before counters can be full they
 * are added to the counts.
 */
export class BitTally {
  readonly #planes = new Int32Array(MAX_WORDS * PLANES);
  /** How often something was added to a word since its planes were empty. */
  readonly #added = new Uint8Array(MAX_WORDS);
  readonly #counts = new Uint32Array(MAX_BITS);

  /** Counts the bits that are set in `bits`, which are those of the payload's word `word`. */
  add(word: number, bits: number): void {
    let plane = PLANES * word;
    for (let carry = bits; carry !== 0; plane++) {
      const digits = this.#planes[plane]!;
      this.#planes[plane] = digits ^ carry;
      carry &= digits;
    }
    if (++this.#added[word]! === FULL) this.#empty(word);
  }

  /** Gives the counts by global index of the bit; nothing may be added afterwards. */
  finish(): Uint32Array {
    for (let word = 0; word < MAX_WORDS; word++) if (this.#added[word] !== 0) this.#empty(word);
    return this.#counts;
  }

  #empty(word: number): void {
    for (let digit = 0; digit < PLANES; digit++) {
      const plane = PLANES * word + digit;
      let rest = this.#planes[plane]!;
      this.#planes[plane] = 0;
      for (; rest !== 0; rest &= rest - 1) this.#counts[lowestBit(word, rest)]! += 1 << digit;
    }
    this.#added[word] = 0;
  }
}
