/** Rows `first` to `end`, without `end`. */
export interface SampleRange {
  readonly first: number;
  readonly end: number;
}

/**
 * The rows of ascending times that lie in `from` to `to`, both included.
 *
 * @param seconds Ascending.
 */
export function findSamples(seconds: ArrayLike<number>, from: number, to: number): SampleRange {
  const first = countBelow(seconds, (value) => value < from);
  return {
    first,
    end: Math.max(
      first,
      countBelow(seconds, (value) => value <= to),
    ),
  };
}

/** How many times at the beginning are below a limit; by halving. */
function countBelow(seconds: ArrayLike<number>, isBelow: (value: number) => boolean): number {
  let low = 0;
  let high = seconds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBelow(seconds[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
