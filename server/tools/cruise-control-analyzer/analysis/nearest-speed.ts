import { findSamples } from '../../../core/series/sample-range.ts';
import type { NearestSpeed, SpeedTimeline } from './cruise-findings.ts';

/** A speed so far from a moment, in seconds, or farther says nothing of it. */
const TOO_FAR = 2;

/** Finds the speed nearest to a moment, the first of equally near ones, if it is less than 2 s away. */
export function findNearestSpeed(
  speed: Pick<SpeedTimeline, 'seconds' | 'mph'> | undefined,
  moment: number,
): NearestSpeed | undefined {
  if (speed === undefined) return undefined;
  const { seconds, mph } = speed;
  const after = findFirst(seconds, moment);
  const before = findFirst(seconds, seconds[after - 1] ?? NaN);
  const awayAfter = measureDistance(seconds[after], moment);
  const awayBefore = measureDistance(after === 0 ? undefined : seconds[before], moment);
  const secondsAway = Math.min(awayBefore, awayAfter);
  if (secondsAway >= TOO_FAR) return undefined;
  return { mph: mph[awayBefore <= awayAfter ? before : after] ?? NaN, secondsAway };
}

/** The first of the samples that are not before a moment. */
function findFirst(seconds: Float64Array, moment: number): number {
  return findSamples(seconds, moment, Infinity).first;
}

function measureDistance(seconds: number | undefined, moment: number): number {
  return seconds === undefined ? Infinity : Math.abs(seconds - moment);
}
