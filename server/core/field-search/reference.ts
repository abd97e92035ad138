/** What is searched for: numbers over time. */
export interface Reference {
  /** How it is called in words for people: `carState.vEgo`. */
  readonly name: string;
  readonly unit: string | undefined;
  /** Seconds on the time line of the frames, rising. */
  readonly seconds: Float64Array;
  readonly values: Float64Array;
  /** Whether a value holds until the next; otherwise values between two are read off the line that joins them. */
  readonly isStepped: boolean;
  /** Whether it has two values only: something is on or off. */
  readonly isBinary: boolean;
  /** Between values that lie further apart nothing is known, in seconds. */
  readonly gapSeconds: number;
}

/** Most different values of a reference that moves in steps. */
const STEPPED_VALUES = 24;

/** How a reference is made from columns. */
export interface ReferenceOptions {
  readonly name: string;
  readonly unit?: string | undefined;
  /** Whether the values are states, numbered: the line between two of them means nothing. */
  readonly isState: boolean;
}

/** Makes a reference of values by time; values that are no numbers are left out. */
export function createReference(
  seconds: Float64Array,
  values: Float64Array,
  { name, unit, isState }: ReferenceOptions,
): Reference {
  const order = Uint32Array.from(values.keys()).filter((i) => Number.isFinite(values[i]!));
  order.sort((a, b) => seconds[a]! - seconds[b]! || a - b);
  const sortedSeconds = Float64Array.from(order, (i) => seconds[i]!);
  const sortedValues = Float64Array.from(order, (i) => values[i]!);
  const different = countDifferent(sortedValues, STEPPED_VALUES + 1);
  return {
    name,
    unit,
    seconds: sortedSeconds,
    values: sortedValues,
    isStepped: isState || different <= STEPPED_VALUES,
    isBinary: different === 2,
    gapSeconds: Math.max(0.5, 5 * measureStep(sortedSeconds)),
  };
}

/** A stretch of time during which something is on. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Makes a reference that is 1 within the intervals and 0 between them, from the first second to the last. */
export function createIntervalReference(
  intervals: readonly Interval[],
  { from, to }: Interval,
  name: string,
): Reference {
  const times: number[] = [];
  const values: number[] = [];
  const add = (time: number, value: number): void => {
    times.push(time);
    values.push(value);
  };
  // What is on at an edge of the recording was not switched there.
  if (intervals.every((each) => each.from > from)) add(from, 0);
  for (const each of intervals) {
    add(Math.max(from, each.from), 1);
    add(Math.min(to, each.to), Number(each.to >= to));
  }
  if (intervals.every((each) => each.to < to)) add(to, 0);
  const columns = [Float64Array.from(times), Float64Array.from(values)] as const;
  return { ...createReference(...columns, { name, isState: true }), gapSeconds: Infinity };
}

function countDifferent(values: Float64Array, limit: number): number {
  const seen = new Set<number>();
  for (const value of values) if (seen.add(value).size >= limit) break;
  return seen.size;
}

function measureStep(seconds: Float64Array): number {
  const steps = seconds.subarray(1).map((second, i) => second - seconds[i]!);
  steps.sort();
  return steps[steps.length >> 1] ?? 0;
}

/**
 * Reads a reference `lag` seconds later than each of the times, which rise. NaN before its first value, behind its last
 * and in gaps.
 */
export function sampleReference(reference: Reference, times: Float64Array, lag: number): Float64Array {
  const { seconds, values, isStepped, gapSeconds } = reference;
  const last = seconds.length - 1;
  const samples = new Float64Array(times.length);
  let at = 0;
  for (let i = 0; i < times.length; i++) {
    const time = times[i]! + lag;
    while (at < last && seconds[at + 1]! <= time) at++;
    const before = seconds[at]!;
    const after = at < last ? seconds[at + 1]! : before;
    const isKnown = time >= before && time <= Math.max(before, after) && after - before <= gapSeconds;
    if (!isKnown) samples[i] = NaN;
    else if (isStepped || after === before) samples[i] = values[at]!;
    else samples[i] = values[at]! + ((values[at + 1]! - values[at]!) * (time - before)) / (after - before);
  }
  return samples;
}
