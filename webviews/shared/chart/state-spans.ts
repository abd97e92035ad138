import type { LinePoints } from './series-line.ts';

/** How long a state held. */
export interface StateSpan {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/** Joins points of a state to the stretches in which it held one value; a gap ends a stretch. */
export function joinStates({ seconds, values }: LinePoints): readonly StateSpan[] {
  const spans: StateSpan[] = [];
  let from = Number.NaN;
  let held = Number.NaN;
  for (let place = 0; place < seconds.length; place += 1) {
    const at = seconds[place] ?? 0;
    const value = values[place] ?? Number.NaN;
    if (value === held) continue;
    if (!Number.isNaN(held)) spans.push({ from, to: at, value: held });
    from = at;
    held = value;
  }
  const end = seconds.at(-1) ?? Number.NaN;
  if (!Number.isNaN(held)) spans.push({ from, to: end, value: held });
  return spans;
}
