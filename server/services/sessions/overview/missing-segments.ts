import type { ChartSpan } from '#protocol';
import type { OpenLog } from '../open-log.ts';

/** Stretches of a route whose segments are not there, or hold nothing. */
export function listMissingSegments({ source, times }: OpenLog): readonly ChartSpan[] {
  const found = source.segments.flatMap(({ segment }, index) => {
    const extent = times.segments[index];
    return extent === undefined ? [] : [{ number: segment, ...extent }];
  });
  return found.flatMap(({ number, to }, index): readonly ChartSpan[] => {
    const next = found[index + 1];
    if (number === undefined || next?.number === undefined || next.number <= number + 1) return [];
    const names =
      number + 2 === next.number ? String(number + 1) : `${String(number + 1)}–${String(next.number - 1)}`;
    const span = { from: Math.min(to, next.from), to: Math.max(to, next.from) };
    return [{ ...span, label: `segment ${names}` }];
  });
}
