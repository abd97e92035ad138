import type { FrameTable } from '../frame-table.ts';
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
  return splitBySegment(segments, toSourceOrder(rows)).map(({ segment, own }) => {
    const counts = countPayloads(table, own);
    return { segment, distinct: counts.rows.length, top: rankPayloads(counts, TOP) };
  });
}

/** The rows of each segment, in the order in which these come. */
function splitBySegment(
  segments: Uint8Array,
  rows: Uint32Array,
): readonly { readonly segment: number; readonly own: Uint32Array }[] {
  const starts = findStretches(segments, rows);
  const order = [...new Set(starts.map((start) => segments[rows[start]!]!))];
  // Segments are one stretch each, as a rule.
  if (starts.length === order.length)
    return order.map((segment, i) => ({ segment, own: rows.subarray(starts[i], starts[i + 1]) }));
  return order.map((segment) => ({ segment, own: rows.filter((row) => segments[row] === segment) }));
}

/** Where rows of another segment begin, by their place among the rows. */
function findStretches(segments: Uint8Array, rows: Uint32Array): readonly number[] {
  const starts: number[] = [];
  let last = -1;
  for (let i = 0; i < rows.length; i++) {
    const segment = segments[rows[i]!]!;
    if (segment !== last) starts.push(i);
    last = segment;
  }
  return starts;
}

function toSourceOrder(rows: Uint32Array): Uint32Array {
  for (let i = 1; i < rows.length; i++) if (rows[i]! < rows[i - 1]!) return rows.slice().sort();
  return rows;
}
