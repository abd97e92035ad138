import type { CanFrames } from './frame-columns.ts';

/** Different arbitration ids of one bus that are told apart: cars have hundreds, a hostile log four billion. */
const MAX_IDS = 4096;

/** Frames of one bus. */
export interface BusCount {
  readonly bus: number;
  readonly count: number;
  /** How many different arbitration ids the frames have, counted up to 4,096. */
  readonly arbitrationIds: number;
}

/** Counts frames by bus while a log is read. */
export class FrameCounter {
  readonly #counts = new Float64Array(256);
  readonly #ids = Array.from({ length: 256 }, () => new Set<number>());

  /** Counts a batch of frames. */
  add({ length, bus, arbitrationId }: CanFrames): void {
    for (let i = 0; i < length; i++) {
      this.#counts[bus[i]!]!++;
      const ids = this.#ids[bus[i]!]!;
      if (ids.size < MAX_IDS) ids.add(arbitrationId[i]!);
    }
  }

  /** Buses that have frames, lowest first. */
  listBuses(): readonly BusCount[] {
    return this.#ids.flatMap((ids, bus) =>
      ids.size === 0 ? [] : [{ bus, count: this.#counts[bus]!, arbitrationIds: ids.size }],
    );
  }
}
