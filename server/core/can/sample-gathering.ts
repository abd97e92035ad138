import type { FrameTable } from './frame-table.ts';

/**
 * Moves up the values that frames hold, and puts their times beside them: a frame that does not hold a signal, whose
 * value is NaN, has no sample. Returns how many samples there are.
 */
export function gatherSamples(
  table: FrameTable,
  rows: Uint32Array,
  into: { readonly seconds: Float64Array; readonly values: Float64Array },
): number {
  const { values } = into;
  const { seconds } = table;
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const value = values[i]!;
    if (value !== value) continue;
    into.seconds[count] = seconds[rows[i]!]!;
    values[count++] = value;
  }
  return count;
}
