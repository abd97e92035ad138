import type { FrameTable } from './frame-table.ts';

/** A shorter pause is none. */
const LEAST_SECONDS = 0.5;
/** Pauses that are kept of each bus: a hostile log has one between any two frames. */
const MOST_KEPT = 10_000;
const BUSES = 256;
const ALL_BUSES = 256;

/** A pause between two frames. */
export interface Silence {
  /** Time of the frame before. */
  readonly from: number;
  /** Time of the next. */
  readonly to: number;
}

/** Finds, portion by portion, when whole buses had no frames for longer than half a second. */
export class BusSilences {
  readonly #last = new Float64Array(BUSES + 1).fill(NaN);
  readonly #found: Silence[][] = Array.from({ length: BUSES + 1 }, () => []);
  #taken = 0;

  /** Takes in the rows that were added to a table. */
  update({ seconds, bus, length }: FrameTable): void {
    for (let row = this.#taken; row < length; row++) {
      this.#note(bus[row]!, seconds[row]!);
      this.#note(ALL_BUSES, seconds[row]!);
    }
    this.#taken = length;
  }

  /** Pauses of a bus, by time. */
  listOf(bus: number): readonly Silence[] {
    return this.#found[bus] ?? [];
  }

  /** Pauses of all buses together. */
  listOfAll(): readonly Silence[] {
    return this.listOf(ALL_BUSES);
  }

  #note(bus: number, seconds: number): void {
    const last = this.#last[bus]!;
    if (seconds - last > LEAST_SECONDS) {
      const found = this.#found[bus]!;
      if (found.length < MOST_KEPT) found.push({ from: last, to: seconds });
    }
    if (!(seconds <= last)) this.#last[bus] = seconds;
  }
}
