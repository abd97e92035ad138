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
  const split: { segment: number; own: Uint32Array; count: number }[] = [];
  let part: (typeof split)[number] | undefined;
  for (const row of rows) {
    const segment = segments[row]!;
    // Segments are long stretches: the next row mostly has that of the last.
    if (part?.segment !== segment) part = split.find((each) => each.segment === segment);
    if (part === undefined) split.push((part = { segment, own: new Uint32Array(rows.length), count: 0 }));
    part.own[part.count++] = row;
  }
  return split.map(({ segment, own, count }) => ({ segment, own: own.subarray(0, count) }));
}

function toSourceOrder(rows: Uint32Array): Uint32Array {
  for (let i = 1; i < rows.length; i++) if (rows[i]! < rows[i - 1]!) return rows.slice().sort();
  return rows;
}
