/** At least so long is a pause before it is called a gap, in seconds. */
const SHORTEST_GAP = 0.5;
/** So many periods must be missing. */
const PERIODS = 3;
/** So many distances are looked at for the usual period. */
const PROBES = 1001;

/**
 * How long a pause between two samples must be to count as a gap: three usual periods, at least half a second.
 *
 * @param seconds Ascending.
 * @returns Seconds; infinite where there are fewer than two samples.
 */
export function findGapSeconds(seconds: ArrayLike<number>): number {
  const distances = probeDistances(seconds);
  if (distances.length === 0) return Infinity;
  return Math.max(SHORTEST_GAP, PERIODS * distances[distances.length >> 1]!);
}

/** How long a value is believed after its sample, where the next one does not come: one period. */
export function holdSeconds(gapSeconds: number): number {
  return gapSeconds / PERIODS;
}

/** Distances between neighbours, evenly picked, ascending. */
function probeDistances(seconds: ArrayLike<number>): Float64Array {
  const count = seconds.length - 1;
  const probes = Math.min(PROBES, Math.max(0, count));
  const distances = new Float64Array(probes);
  for (let i = 0; i < probes; i++) {
    const at = Math.floor((i * count) / probes);
    distances[i] = seconds[at + 1]! - seconds[at]!;
  }
  return distances.sort();
}
