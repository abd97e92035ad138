import { readBit } from '../frame-payload.ts';
import type { FrameTable } from '../frame-table.ts';

/** A watched bit took another value. */
export interface BitEdge {
  /** The frame in which it has. */
  readonly row: number;
  readonly seconds: number;
  /** Global index. */
  readonly bit: number;
  readonly before: 0 | 1;
  readonly after: 0 | 1;
}

/**
 * Finds the edges of some bits of a message: frame by frame, those of one frame in the order of `bits`, a bit that is
 * named twice once. The first frame gives their first values.
 *
 * @param rows Rows of the message by time.
 */
export function findBitEdges(table: FrameTable, rows: Uint32Array, bits: readonly number[]): BitEdge[] {
  const watched = [...new Set(bits)];
  const edges: BitEdge[] = [];
  for (let i = 1; i < rows.length; i++) {
    const row = rows[i]!;
    for (const bit of watched) {
      const before = readBit(table, rows[i - 1]!, bit);
      const after = readBit(table, row, bit);
      if (before !== after) edges.push({ row, seconds: table.seconds[row]!, bit, before, after });
    }
  }
  return edges;
}
