import type { CanFrames } from '../../can/frame-columns.ts';

const WORD = 0x1_0000_0000;

/** Follows how far frames of a log are out of the order of time. */
export class FrameOrder {
  /** How far at most a frame lies behind a later one that stands before it, in nanoseconds. */
  disorderNs = 0;
  #latest = -Infinity;
  // Differences to the first frame are exact doubles, where nanoseconds since boot would not always be.
  #zeroLow = -1;
  #zeroHigh = 0;

  /** Adds frames in the order of the log. */
  add({ length, monoTimeWords }: CanFrames): void {
    if (length > 0 && this.#zeroLow < 0) {
      this.#zeroLow = monoTimeWords[0]!;
      this.#zeroHigh = monoTimeWords[1]!;
    }
    for (let i = 0; i < length; i++) {
      const ns =
        (monoTimeWords[2 * i + 1]! - this.#zeroHigh) * WORD + (monoTimeWords[2 * i]! - this.#zeroLow);
      if (ns > this.#latest) this.#latest = ns;
      else if (this.#latest - ns > this.disorderNs) this.disorderNs = this.#latest - ns;
    }
  }
}
