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
  return distances.length === 0 ? Infinity : gapOf(distances);
}

/**
 * Finds the same for samples that come one after the other and are not kept: of the distances so many are remembered,
 * evenly picked.
 */
export class GapFinder {
  readonly #distances = new Float64Array(2 * PROBES);
  #kept = 0;
  /** Every how many distances one is kept: twice as many whenever there is no more room. */
  #step = 1;
  #skipped = 0;
  #last = NaN;

  /** Adds the time of a sample; one that is earlier than the latest tells nothing. */
  add(seconds: number): void {
    const distance = seconds - this.#last;
    if (distance < 0) return;
    this.#last = seconds;
    if (Number.isNaN(distance) || ++this.#skipped < this.#step) return;
    this.#skipped = 0;
    if (this.#kept === this.#distances.length) this.#thin();
    this.#distances[this.#kept++] = distance;
  }

  /** As `findGapSeconds` has it. */
  get gapSeconds(): number {
    return this.#kept === 0 ? Infinity : gapOf(this.#distances.slice(0, this.#kept).sort());
  }

  #thin(): void {
    this.#kept = this.#distances.length / 2;
    for (let i = 0; i < this.#kept; i++) this.#distances[i] = this.#distances[2 * i + 1]!;
    this.#step *= 2;
  }
}

/** @param distances Ascending, at least one. */
function gapOf(distances: Float64Array): number {
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
