/**
 * A small pseudo-random generator (mulberry32): the same seed gives the same numbers on every machine and engine.
 *
 * The generator of drives keeps to `+ - * /`, roundings and this class, because the last bit of `Math.sin` and its
 * like differs between engines, and the bytes of the sample must not.
 */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 32 random bits, unsigned. */
  bits(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** From `low` up to, but not including, `high`. */
  between(low: number, high: number): number {
    return low + (this.bits() / 0x1_0000_0000) * (high - low);
  }

  /** An integer from 0 to `count` - 1. */
  below(count: number): number {
    return Math.floor(this.between(0, count));
  }

  /** Around zero with the given standard deviation: the sum of three uniform numbers, so within 3 deviations. */
  noise(deviation: number): number {
    return (this.between(-1, 1) + this.between(-1, 1) + this.between(-1, 1)) * deviation;
  }

  /** One element of a list that is not empty. */
  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }
}

/** A smooth wave between -1 and 1 with period 1, made of two parabolas. */
export function wave(phase: number): number {
  const position = phase - Math.floor(phase);
  const half = position < 0.5 ? position : position - 0.5;
  const height = 16 * half * (0.5 - half);
  return position < 0.5 ? height : -height;
}
