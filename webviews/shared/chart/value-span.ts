import type { ValueSpan } from './value-ticks.ts';

/** Room above and below the data, as a share of it. */
const MARGIN = 0.08;
/** While the time is moved, an axis that is at most so many times as high as the data stays as it is. */
const MOST_ROOM = 2;

/** The values that an axis shows: those of the data and some room. */
export function findValueSpan(extremes: readonly (ValueSpan | null)[]): ValueSpan | null {
  const known = extremes.filter((each) => each !== null);
  if (known.length === 0) return null;
  const least = Math.min(...known.map((each) => each.least));
  const most = Math.max(...known.map((each) => each.most));
  if (!Number.isFinite(least) || !Number.isFinite(most)) return null;
  const room = most > least ? (most - least) * MARGIN : Math.abs(most) * 0.1 || 1;
  const span = { least: least - room, most: most + room };
  return Number.isFinite(span.most - span.least) ? span : null;
}

/** What an axis shows next: as before where the new data is within it and not lost in it. */
export function keepSteady(before: ValueSpan | null, next: ValueSpan | null): ValueSpan | null {
  if (before === null || next === null) return next ?? before;
  const isWithin = next.least >= before.least && next.most <= before.most;
  const isFilled = before.most - before.least <= (next.most - next.least) * MOST_ROOM;
  return isWithin && isFilled ? before : next;
}
