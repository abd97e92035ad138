import { LONGEST_PAYLOAD } from './frame-bits.ts';
import type { FrameTable } from './frame-table.ts';

const UNCHANGED = 0;
const RISING = 1;
const FALLING = 2;
const TOGGLING = 3;

const TOGGLE_SECONDS = 1.5;
const TOGGLE_SHARE = 0.2;
const AGE_SHIFT = 2;
const FRESH_SECONDS = 3;

/** A moment of a message, and where what is found of its bytes goes. */
export interface ChangeQuery {
  /** How many of the rows are not later than the moment: at least 1. */
  readonly end: number;
  readonly atSeconds: number;
  /**
   * One for each byte of the last frame: in the lower two bits 0 where it has not changed, 1 where it rose, 2 where it
   * fell, 3 where it toggles: it changed both ways, and in more than 20 % of the frames of the last 1.5 s. The age
   * above: 0 below 0.25 s, 1 below 1 s, 2 below 3 s; older changes do not count.
   */
  readonly into: Uint8Array;
}

/**
 * Tells how each byte of the last frame up to a moment changed: how it differs from the frame before it when it last
 * did, and how long ago that was. Bytes that one of two frames lacks have not changed.
 *
 * One finder serves any number of messages, one after the other.
 */
export class ByteChangeFinder {
  readonly #last = new Uint8Array(LONGEST_PAYLOAD);
  readonly #rises = new Uint32Array(LONGEST_PAYLOAD);
  readonly #falls = new Uint32Array(LONGEST_PAYLOAD);

  /** @param rows Of one message, by time. */
  find(table: FrameTable, rows: Uint32Array, { end, atSeconds, into }: ChangeQuery): void {
    const { seconds, dataLength } = table;
    const bytes = Math.min(into.length, LONGEST_PAYLOAD, dataLength[rows[end - 1]!]!);
    this.#last.fill(UNCHANGED);
    this.#rises.fill(0);
    this.#falls.fill(0);
    let recentFrames = 0;
    for (let i = end - 1; i >= 0; i--) {
      const age = atSeconds - seconds[rows[i]!]!;
      if (age >= FRESH_SECONDS) break;
      const isRecent = age <= TOGGLE_SECONDS;
      if (isRecent) recentFrames++;
      if (i > 0) this.#compare(table, [rows[i - 1]!, rows[i]!], { bytes, age, isRecent });
    }
    for (let byte = 0; byte < bytes; byte++) into[byte] = this.#judge(byte, recentFrames);
  }

  #compare(table: FrameTable, [before, row]: readonly [number, number], frame: ComparedFrame): void {
    const { words, data, dataStart, dataLength } = table;
    const from = dataStart[before]!;
    const to = dataStart[row]!;
    const bytes = Math.min(frame.bytes, dataLength[before]!, dataLength[row]!);
    for (let word = 0; word < bytes; word += 4) {
      // Most words are as they were.
      if (words[(from + word) >> 2] === words[(to + word) >> 2]) continue;
      for (let byte = word; byte < word + 4 && byte < bytes; byte++) {
        const difference = data[to + byte]! - data[from + byte]!;
        if (difference !== 0) this.#note(byte, difference, frame);
      }
    }
  }

  #note(byte: number, difference: number, { age, isRecent }: ComparedFrame): void {
    if (this.#last[byte] === UNCHANGED)
      this.#last[byte] = (rankAge(age) << AGE_SHIFT) | (difference > 0 ? RISING : FALLING);
    if (!isRecent) return;
    if (difference > 0) this.#rises[byte]!++;
    else this.#falls[byte]!++;
  }

  #judge(byte: number, recentFrames: number): number {
    const rises = this.#rises[byte]!;
    const falls = this.#falls[byte]!;
    const isToggling = rises > 0 && falls > 0 && rises + falls > TOGGLE_SHARE * recentFrames;
    return isToggling ? this.#last[byte]! | TOGGLING : this.#last[byte]!;
  }
}

interface ComparedFrame {
  /** How many bytes count. */
  readonly bytes: number;
  readonly age: number;
  readonly isRecent: boolean;
}

function rankAge(age: number): number {
  return age < 0.25 ? 0 : age < 1 ? 1 : 2;
}
