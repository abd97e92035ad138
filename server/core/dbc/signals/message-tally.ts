import type { FrameTable } from '../../can/frame-table.ts';
import {
  createCounterState,
  NOT_CHECKABLE,
  verifyChecksums,
  verifyCounters,
  WRONG,
} from '../checksums/protection-checks.ts';
import type { Protection } from '../checksums/protection.ts';

/** Different sizes of a message that are told apart: those of CAN and CAN FD are 0 to 64. */
const MAX_SIZES = 65;

/** How many frames could be checked, and how many of these were not as they should be. */
export interface CheckCounts {
  readonly checked: number;
  readonly wrong: number;
}

/** Counts the frames of one message on one bus, portion by portion. */
export class MessageTally {
  frames = 0;
  readonly #protection: Protection | undefined;
  readonly #counterState = createCounterState();
  readonly #checksums = { checked: 0, wrong: 0 };
  readonly #counters = { checked: 0, wrong: 0 };
  readonly #sizes = new Set<number>();
  #first = Infinity;
  #last = -Infinity;

  constructor(protection: Protection | undefined) {
    this.#protection = protection;
  }

  /** @param rows Frames of the message by time, at least one; counters go on from those of the last portion. */
  add(table: FrameTable, rows: Uint32Array): void {
    this.frames += rows.length;
    this.#first = Math.min(this.#first, table.seconds[rows[0]!]!);
    this.#last = Math.max(this.#last, table.seconds[rows[rows.length - 1]!]!);
    this.#noteSizes(table, rows);
    const protection = this.#protection;
    if (protection?.checksum) addResults(this.#checksums, verifyChecksums(protection, table, rows));
    if (protection?.counter)
      addResults(this.#counters, verifyCounters(protection, table, rows, { state: this.#counterState }));
  }

  /** Frames per second between the first and the last; undefined with fewer than two, or no time between them. */
  get rateHz(): number | undefined {
    const seconds = this.#last - this.#first;
    return this.frames > 1 && seconds > 0 ? (this.frames - 1) / seconds : undefined;
  }

  /** Bytes of payload that occurred, ascending. */
  get sizes(): number[] {
    return [...this.#sizes].sort((a, b) => a - b);
  }

  /** Undefined where the message has no checksum. */
  get checksums(): CheckCounts | undefined {
    return this.#protection?.checksum && this.#checksums;
  }

  /** Undefined where the message has no counter. */
  get counters(): CheckCounts | undefined {
    return this.#protection?.counter && this.#counters;
  }

  #noteSizes({ dataLength }: FrameTable, rows: Uint32Array): void {
    let known = -1;
    for (const row of rows) {
      const size = dataLength[row]!;
      if (size === known) continue;
      known = size;
      if (this.#sizes.size < MAX_SIZES) this.#sizes.add(size);
    }
  }
}

function addResults(counts: { checked: number; wrong: number }, results: Uint8Array): void {
  for (const result of results) {
    if (result !== NOT_CHECKABLE) counts.checked++;
    if (result === WRONG) counts.wrong++;
  }
}
