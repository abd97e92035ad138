import type { FrameTable } from './frame-table.ts';
import { countPayloads, type PayloadCount, rankPayloads } from './payload-counts.ts';

/** The payloads of a message in one segment. */
export interface SegmentPayloads {
  /** See `SEGMENT_NAMES`. */
  readonly segment: number;
  readonly distinct: number;
  /** The five most frequent ones; of equals, the one that the source has first. */
  readonly top: readonly PayloadCount[];
}

/** How many of the most frequent payloads are told. */
const TOP = 5;

/**
 * Counts the payloads of a message in each of its segments; segments stand in the order in which the source has them.
 *
 * @param rows Rows of the message by time.
 */
export function countSegmentPayloads(
  table: FrameTable,
  segments: Uint8Array,
  rows: Uint32Array,
): readonly SegmentPayloads[] {
  const inOrder = toSourceOrder(rows);
  return listSegments(segments, inOrder).map((segment) => {
    const own = inOrder.filter((row) => segments[row] === segment);
    const counts = countPayloads(table, own);
    return { segment, distinct: counts.rows.length, top: rankPayloads(counts, TOP) };
  });
}

/** Segments in the order in which they come. */
function listSegments(segments: Uint8Array, rows: Uint32Array): readonly number[] {
  const found: number[] = [];
  for (const row of rows) if (!found.includes(segments[row]!)) found.push(segments[row]!);
  return found;
}

function toSourceOrder(rows: Uint32Array): Uint32Array {
  for (let i = 1; i < rows.length; i++) if (rows[i]! < rows[i - 1]!) return rows.slice().sort();
  return rows;
}
