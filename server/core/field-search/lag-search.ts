import { type Reference, sampleReference } from './reference.ts';

/** Of lags that do about as well, the one nearest to 0 is taken: within this share of what is unexplained. */
const AS_GOOD = 1.02;
/** Values that are compared at most. */
const MOST_VALUES = 1500;
const COARSE_STEP = 0.05;
const FINE_STEP = 0.01;

/** When values of a field were compared with a reference. */
export interface LagSearch {
  readonly reference: Reference;
  /** Times of the values. */
  readonly seconds: Float64Array;
  readonly values: Float64Array;
  /** Samples marked 0 are left aside. */
  readonly isKept: Uint8Array;
}

/** Finds by how many seconds the reference comes later than a field, at most `maxLag` either way, on hundredths. */
export function findLag(whole: LagSearch, maxLag: number): number {
  const search = takeValues(whole);
  const coarse = listLags(0, maxLag, COARSE_STEP);
  const near = pickLag(search, coarse);
  const fine = listLags(near, Math.min(COARSE_STEP, maxLag), FINE_STEP).filter(
    (lag) => Math.abs(lag) <= maxLag + 1e-9,
  );
  return pickLag(search, fine);
}

/** Lags around a middle, on multiples of the step, the nearest to 0 first. */
export function listLags(middle: number, reach: number, step: number): readonly number[] {
  const count = Math.floor(reach / step + 1e-9);
  const lags = Array.from(
    { length: 2 * count + 1 },
    (_, i) => Math.round((middle + (i - count) * step) * 1e6) / 1e6,
  );
  return lags.sort((a, b) => Math.abs(a) - Math.abs(b) || b - a);
}

function pickLag(search: Omit<LagSearch, 'isKept'>, lags: readonly number[]): number {
  const unexplained = lags.map((lag) => 1 - measureAtLag(search, lag) ** 2);
  const limit = AS_GOOD * Math.min(...unexplained) + 1e-12;
  return lags[unexplained.findIndex((each) => each <= limit)] ?? 0;
}

/** Leaves what is marked aside, and some of what is left where there is much. */
function takeValues({ reference, seconds, values, isKept }: LagSearch): Omit<LagSearch, 'isKept'> {
  const rows = Uint32Array.from(values.keys()).filter((i) => isKept[i] !== 0);
  const step = Math.ceil(rows.length / MOST_VALUES);
  const taken = rows.filter((_, i) => i % step === 0);
  return {
    reference,
    seconds: Float64Array.from(taken, (i) => seconds[i]!),
    values: Float64Array.from(taken, (i) => values[i]!),
  };
}

/** Pearson's correlation over the values for which the reference is known then. */
function measureAtLag({ reference, seconds, values }: Omit<LagSearch, 'isKept'>, lag: number): number {
  const samples = sampleReference(reference, seconds, lag);
  const [a, b] = [measureKnownMean(values, samples), measureKnownMean(samples, samples)];
  let [known, aa, bb, ab] = [0, 0, 0, 0];
  for (let i = 0; i < samples.length; i++) {
    if (Number.isNaN(samples[i]!)) continue;
    const [x, y] = [values[i]! - a, samples[i]! - b];
    known++;
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  // Where the reference is unknown for most, the few that are left say little.
  return known < samples.length / 2 || aa * bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

function measureKnownMean(values: Float64Array, samples: Float64Array): number {
  let [known, sum] = [0, 0];
  for (let i = 0; i < samples.length; i++) {
    if (Number.isNaN(samples[i]!)) continue;
    known++;
    sum += values[i]!;
  }
  return sum / Math.max(1, known);
}
