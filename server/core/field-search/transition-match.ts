import type { Reference } from './reference.ts';

/** How transitions of a state go with those of a reference. */
export interface TransitionMatch {
  /** Transitions of the reference within the frames' time. */
  readonly wanted: number;
  /** Transitions of the state. */
  readonly found: number;
  readonly matched: number;
  /** 1: each has its partner and none is left over; 0: none has. */
  readonly agreement: number;
  /** Mean distance of partners in time, in seconds. */
  readonly meanDelay: number;
}

/** A state over time, to be compared with a reference that is on or off. */
export interface StateColumn {
  readonly reference: Reference;
  readonly seconds: Float64Array;
  readonly values: Float64Array;
  /** Whether the state is low when the reference is on. */
  readonly isInverted: boolean;
}

/** Transitions further apart than this, or than two frames, are no partners. In seconds. */
const TOLERANCE = 0.1;

/** @param lag By how many seconds the reference comes later. */
export function matchTransitions(state: StateColumn, lag: number): TransitionMatch {
  const { reference, seconds, values, isInverted } = state;
  const from = seconds[0] ?? 0;
  const to = seconds.at(-1) ?? 0;
  const wanted = listTransitions(reference.seconds, reference.values)
    .map(({ time, rises }) => ({ time: time - lag, rises: rises !== isInverted }))
    .filter(({ time }) => time > from && time <= to);
  const period = (to - from) / Math.max(1, seconds.length - 1);
  return pairTransitions(wanted, listTransitions(seconds, values), Math.max(TOLERANCE, 2 * period));
}

interface Transition {
  readonly time: number;
  readonly rises: boolean;
}

function listTransitions(seconds: Float64Array, values: Float64Array): readonly Transition[] {
  const transitions: Transition[] = [];
  for (let i = 1; i < values.length; i++)
    if (values[i] !== values[i - 1])
      transitions.push({ time: seconds[i]!, rises: values[i]! > values[i - 1]! });
  return transitions;
}

/** Walks both, in the order of time; each finds at most one partner. */
function pairTransitions(
  wanted: readonly Transition[],
  found: readonly Transition[],
  tolerance: number,
): TransitionMatch {
  let matched = 0;
  let delay = 0;
  let at = 0;
  for (const { time, rises } of wanted) {
    while (at < found.length && found[at]!.time < time - tolerance) at++;
    let partner = at;
    while (partner < found.length && found[partner]!.rises !== rises) partner++;
    const other = found[partner];
    if (other === undefined || other.time > time + tolerance) continue;
    matched++;
    delay += Math.abs(other.time - time);
    at = partner + 1;
  }
  const total = wanted.length + found.length;
  return {
    wanted: wanted.length,
    found: found.length,
    matched,
    agreement: total > 0 ? (2 * matched) / total : 0,
    meanDelay: matched > 0 ? delay / matched : tolerance,
  };
}
