import { type BitTimeline, valueAfter } from './bit-toggles.ts';
import type { TimeSpan } from '../message-rows.ts';

/** Pulses that are looked for. */
export interface PulseRule {
  /** Length of each. */
  readonly seconds: number;
  /** How far it may be from that, in seconds. */
  readonly tolerance: number;
  readonly count: number;
}

/**
 * Measures how long a bit was set, each time, within a stretch of time. A bit that is set when it begins must fall before
 * its first pulse can rise; a pulse that has not ended is as long as the stretch lets it be.
 *
 * @returns Seconds.
 */
export function measurePulses(timeline: BitTimeline, { from, to }: TimeSpan): readonly number[] {
  const { seconds } = timeline;
  const pulses: number[] = [];
  let isSet = isSetAt(timeline, from);
  let rise: number | undefined;
  for (let change = findFirstFrom(seconds, from); change < seconds.length; change++) {
    const time = seconds[change]!;
    if (time > to) break;
    const rises = valueAfter(timeline, change) === 1;
    if (rises && !isSet) rise = time;
    else if (!rises && isSet && rise !== undefined) {
      pulses.push(time - rise);
      rise = undefined;
    }
    isSet = rises;
  }
  if (isSet && rise !== undefined && to > from) pulses.push(to - rise);
  return pulses;
}

/** Whether pulses are what was looked for; the ends of the tolerance belong to it. */
export function matchesPulses(pulses: readonly number[], { seconds, tolerance, count }: PulseRule): boolean {
  if (pulses.length !== count) return false;
  return pulses.every((pulse) => pulse >= seconds - tolerance && pulse <= seconds + tolerance);
}

/** After the last change up to a time; before the first one a bit counts as not set, as in comma-tools. */
function isSetAt(timeline: BitTimeline, time: number): boolean {
  const { seconds } = timeline;
  let change = -1;
  while (change + 1 < seconds.length && seconds[change + 1]! <= time) change++;
  return change >= 0 && valueAfter(timeline, change) === 1;
}

function findFirstFrom(seconds: Float64Array, from: number): number {
  let change = 0;
  while (change < seconds.length && seconds[change]! < from) change++;
  return change;
}
