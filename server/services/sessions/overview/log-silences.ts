import type { ChartSpan } from '#protocol';
import { isOfLogger } from '../../../core/rlog/log-zero.ts';
import type { OpenLog } from '../open-log.ts';

/** A shorter time without any event is none worth marking. */
const LEAST_SILENCE = 0.5;
const MOST_SILENCES = 1000;

/** When no event came at all. */
export function listSilences({ events, order }: OpenLog): readonly ChartSpan[] {
  const { seconds, tag } = events;
  const spans: ChartSpan[] = [];
  let before = NaN;
  for (let place = 0; place < order.length && spans.length < MOST_SILENCES; place++) {
    const row = order.rows[place] ?? 0;
    if (isOfLogger(tag[row] ?? 0)) continue;
    const at = seconds[row] ?? 0;
    if (at - before > LEAST_SILENCE) spans.push({ from: before, to: at });
    before = at;
  }
  return spans;
}

/** Stretches of a route whose segments are not there, or hold nothing. */
export function listMissingSegments(log: OpenLog): readonly ChartSpan[] {
  const found = findSegmentTimes(log).filter(({ from }) => from !== Infinity);
  return found.flatMap(({ number, to }, index): readonly ChartSpan[] => {
    const next = found[index + 1];
    if (number === undefined || next?.number === undefined || next.number <= number + 1) return [];
    const names =
      number + 2 === next.number ? String(number + 1) : `${String(number + 1)}–${String(next.number - 1)}`;
    const span = { from: Math.min(to, next.from), to: Math.max(to, next.from) };
    return [{ ...span, label: `segment ${names}` }];
  });
}

interface SegmentTimes {
  /** In its route. */
  readonly number: number | undefined;
  from: number;
  to: number;
}

/** When the events of each segment came, the logger's own aside. */
function findSegmentTimes({ events, source }: OpenLog): readonly SegmentTimes[] {
  const times = source.segments.map((each): SegmentTimes => ({
    number: each.segment,
    from: Infinity,
    to: -Infinity,
  }));
  if (times.length === 1) return times;
  const { seconds, segment, tag, length } = events;
  for (let row = 0; row < length; row++) {
    const own = isOfLogger(tag[row] ?? 0) ? undefined : times[segment[row] ?? 0];
    if (own === undefined) continue;
    const at = seconds[row] ?? 0;
    if (at < own.from) own.from = at;
    if (at > own.to) own.to = at;
  }
  return times;
}
