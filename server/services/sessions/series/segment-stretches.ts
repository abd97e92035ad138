import type { OpenLog } from '../open-log.ts';

/** Events of one segment, which stand together in the columns of a log. */
export interface SegmentStretch {
  readonly segment: number;
  /** Its first row, and the one past its last. */
  readonly from: number;
  readonly to: number;
  /** Earliest and latest time of its events. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** Lists the segments of a log as far as it is read: one stands behind the other. */
export function listStretches({ events: { segment, length }, times }: OpenLog): readonly SegmentStretch[] {
  const stretches: SegmentStretch[] = [];
  for (let from = 0; from < length;) {
    const own = segment[from]!;
    const to = findEnd(segment, own, [from, length]);
    const { from: fromSeconds, to: toSeconds } = times.segments[own] ?? { from: Infinity, to: -Infinity };
    stretches.push({ segment: own, from, to, fromSeconds, toSeconds });
    from = to;
  }
  return stretches;
}

function findEnd(segment: Uint16Array, own: number, [from, end]: readonly [number, number]): number {
  let [low, high] = [from, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (segment[middle]! <= own) low = middle + 1;
    else high = middle;
  }
  return low;
}
