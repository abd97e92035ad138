import type { FrameTable } from '../frame-table.ts';

/** A bit and the value it is looked for with. */
export interface BitValue {
  /** Global index, see `BitPosition`. */
  readonly bit: number;
  readonly value: 0 | 1;
}

/** How often, and when first, a bit had a value. */
export interface BitOccurrence {
  /** Frames in which it had the value. */
  readonly frames: number;
  /** Time of the first of them; undefined where there is none. */
  readonly firstSeconds: number | undefined;
  /** How often the bit changed from a frame to the next. */
  readonly toggles: number;
}

/**
 * Follows one bit through frames of a message; frames too short to have the bit are passed over.
 *
 * @param rows Rows of the table in the order of time.
 */
export function followBit(table: FrameTable, rows: Uint32Array, { bit, value }: BitValue): BitOccurrence {
  const { data, dataStart, dataLength, seconds } = table;
  const byte = bit >> 3;
  const mask = 1 << (bit & 7);
  let frames = 0;
  let firstSeconds: number | undefined;
  let toggles = 0;
  let last = -1;
  for (const row of rows) {
    if (dataLength[row]! <= byte) continue;
    const now = (data[dataStart[row]! + byte]! & mask) === 0 ? 0 : 1;
    if (last >= 0 && now !== last) toggles++;
    last = now;
    if (now !== value) continue;
    if (frames++ === 0) firstSeconds = seconds[row]!;
  }
  return { frames, firstSeconds, toggles };
}
