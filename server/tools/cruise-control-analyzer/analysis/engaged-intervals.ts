import type { FrameTable } from '../../../core/can/frame-table.ts';
import type { MessageGroups } from '../../../core/can/message-groups.ts';
import { readBitSpans } from '../../subaru/bit-spans.ts';
import type { EngagedOptions } from './cruise-options.ts';
import type { EngagedAnalysis } from './cruise-findings.ts';
import type { Span } from '../../subaru/bit-spans.ts';
import { chooseBus, findOnBuses } from '../../../core/can/message-buses.ts';

/** A stretch of time, both ends included. */
export interface Interval {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Finds when the bit that says "engaged" was 1, on the bus asked for or the one with most frames of the message. */
export function findEngaged(
  frames: FrameTable,
  groups: MessageGroups,
  { bit, marginSeconds }: EngagedOptions,
): Omit<EngagedAnalysis, 'removed'> {
  const all = findOnBuses(groups, bit.arbitrationId);
  const chosen = chooseBus(bit.bus === undefined ? all : all.filter(({ bus }) => bus === bit.bus));
  const spans = chosen === undefined ? [] : readBitSpans(frames, chosen.rows, bit.bit);
  return {
    bit,
    bus: chosen?.bus,
    frames: chosen?.frames ?? 0,
    others: all.filter((one) => one !== chosen).map(({ bus, frames }) => ({ bus, frames })),
    spans,
    intervals: mergeSpans(spans, marginSeconds),
  };
}

/** Adds a margin on both sides, and joins what then overlaps or touches. */
export function mergeSpans(
  spans: readonly Pick<Span, 'startSeconds' | 'endSeconds'>[],
  marginSeconds: number,
): readonly Interval[] {
  const merged: { startSeconds: number; endSeconds: number }[] = [];
  for (const span of spans) {
    const startSeconds = span.startSeconds - marginSeconds;
    const endSeconds = span.endSeconds + marginSeconds;
    const last = merged.at(-1);
    if (last !== undefined && startSeconds <= last.endSeconds)
      last.endSeconds = Math.max(last.endSeconds, endSeconds);
    else merged.push({ startSeconds, endSeconds });
  }
  return merged;
}

/**
 * Returns whether a stretch of time, or a moment, and one of the intervals overlap.
 *
 * @param intervals Ascending and apart from each other.
 */
export function overlapsAny(
  intervals: readonly Interval[],
  startSeconds: number,
  endSeconds = startSeconds,
): boolean {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((intervals[middle]?.endSeconds ?? Infinity) < startSeconds) low = middle + 1;
    else high = middle;
  }
  const next = intervals[low];
  return next !== undefined && next.startSeconds <= endSeconds;
}
