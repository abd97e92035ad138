import type { CruiseOptions } from './cruise-options.ts';
import type { SpeedTimeline, TargetSpan } from './cruise-findings.ts';

/** Finds the stretches in which the speed was in a range, both ends of it included. */
export function findTargetSpans(
  { seconds, mph }: Pick<SpeedTimeline, 'seconds' | 'mph'>,
  { minMph, maxMph }: CruiseOptions['speedRange'],
): readonly TargetSpan[] {
  const spans: TargetSpan[] = [];
  let start: number | undefined;
  for (const [i, speed] of mph.entries()) {
    const time = seconds[i] ?? NaN;
    if (speed >= minMph && speed <= maxMph) start ??= time;
    else if (start !== undefined) {
      spans.push(createSpan(start, time));
      start = undefined;
    }
  }
  if (start !== undefined) spans.push({ ...createSpan(start, seconds.at(-1) ?? NaN), isOpenAtEnd: true });
  return spans;
}

function createSpan(startSeconds: number, endSeconds: number): TargetSpan {
  return { startSeconds, endSeconds, durationSeconds: endSeconds - startSeconds, isOpenAtEnd: false };
}
