import type { CanFrames } from './frame-columns.ts';

/** Frames of one bus. */
export interface BusCount {
  readonly bus: number;
  readonly count: number;
  /** How many different arbitration ids the frames have. */
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
      this.#ids[bus[i]!]?.add(arbitrationId[i]!);
    }
  }

  /** Buses that have frames, lowest first. */
  listBuses(): readonly BusCount[] {
    return this.#ids.flatMap((ids, bus) =>
      ids.size === 0 ? [] : [{ bus, count: this.#counts[bus] ?? 0, arbitrationIds: ids.size }],
    );
  }
}
