const WORD = 0x1_0000_0000;

/**
 * Converts times to nanoseconds after `startNs`: exact within 104 days of it.
 *
 * @param monoTimeWords Halves of nanoseconds since boot, the lower first.
 */
export function toNanoseconds(monoTimeWords: Uint32Array, startNs: bigint): Float64Array {
  const startLow = Number(startNs & 0xffff_ffffn);
  const startHigh = Number(startNs >> 32n);
  const nanoseconds = new Float64Array(monoTimeWords.length / 2);
  for (let i = 0; i < nanoseconds.length; i++) {
    const low = monoTimeWords[2 * i] ?? 0;
    const high = monoTimeWords[2 * i + 1] ?? 0;
    nanoseconds[i] = (high - startHigh) * WORD + (low - startLow);
  }
  return nanoseconds;
}

/** Finds the order of rows by time, those of equal time as they came; undefined where they are in order. */
export function findOrder(times: Float64Array): Uint32Array | undefined {
  if (times.every((time, i) => i === 0 || time >= (times[i - 1] ?? 0))) return undefined;
  const order = Uint32Array.from(times.keys());
  return order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
}

/** Copies a column, its rows in this order. */
export function copySorted(column: Float64Array, order: Uint32Array | undefined): Float64Array {
  if (order === undefined) return column.slice();
  const sorted = new Float64Array(column.length);
  for (let i = 0; i < sorted.length; i++) sorted[i] = column[order[i] ?? 0] ?? NaN;
  return sorted;
}
