/** A reference as a weighted sum of columns. */
export interface LinearFit {
  /** One per column. */
  readonly factors: readonly number[];
  readonly offset: number;
  /** Share of the reference's variance that the sum explains, 0 to 1, over the samples that were kept. */
  readonly explained: number;
  /** Of the reference, over the samples that were kept. */
  readonly variance: number;
  /** Root of the mean square of what is left, over the samples that were kept. */
  readonly rms: number;
  /** What is left, for every sample. */
  readonly residual: Float64Array;
  /** 0 marks samples that were left aside. */
  readonly isKept: Uint8Array;
  readonly kept: number;
}

/** Samples further off than so many times the usual residual are left aside... */
const OUTLYING = 6;
/** ...but never more than this share of them. */
const MOST_OUTLIERS = 0.1;
const ROUNDS = 3;
const CLEAR = 0.9;
const SAME_STORY = 0.8;

/** Fits by least squares, in which every sample counts. */
export function fitLinear(columns: readonly Float64Array[], reference: Float64Array): LinearFit {
  return solve(columns, reference, new Uint8Array(reference.length).fill(1));
}

/**
 * Fits by least squares, without the samples that do not go with the others: glitches, gaps, a clock that was set. Only
 * where all others go together well, and say about as much: else what is outlying may be what matters.
 */
export function fitLinearRobustly(columns: readonly Float64Array[], reference: Float64Array): LinearFit {
  const whole = fitLinear(columns, reference);
  let fit = whole;
  for (let round = 0; round < ROUNDS; round++) fit = solve(columns, reference, markUsual(fit));
  return fit.explained >= CLEAR && fit.variance >= SAME_STORY * whole.variance ? fit : whole;
}

function markUsual({ residual }: LinearFit): Uint8Array {
  const sizes = residual.map(Math.abs);
  const sorted = sizes.slice().sort();
  const usual = OUTLYING * 1.4826 * (sorted[sorted.length >> 1] ?? 0);
  const limit = Math.max(usual, sorted[Math.floor((1 - MOST_OUTLIERS) * (sorted.length - 1))] ?? 0);
  return Uint8Array.from(sizes, (size) => Number(size <= limit));
}

function solve(columns: readonly Float64Array[], reference: Float64Array, isKept: Uint8Array): LinearFit {
  const kept = isKept.reduce((sum, each) => sum + each, 0);
  const means = columns.map((column) => measureMean(column, isKept, kept));
  const mean = measureMean(reference, isKept, kept);
  const scales = columns.map(
    (column, i) => Math.sqrt(measureShared([column, column], [means[i]!, means[i]!], isKept)) || 1,
  );
  const matrix = columns.map((a, i) =>
    columns.map((b, j) => measureShared([a, b], [means[i]!, means[j]!], isKept) / (scales[i]! * scales[j]!)),
  );
  const right = columns.map((a, i) => measureShared([a, reference], [means[i]!, mean], isKept) / scales[i]!);
  const factors = solveEquations(matrix, right).map((factor, i) => factor / scales[i]!);
  const offset = factors.reduce((rest, factor, i) => rest - factor * means[i]!, mean);
  const residual = reference.map((value, row) => value - offset - sumRow(columns, factors, row));
  const left = residual.reduce((sum, value, row) => (isKept[row] === 0 ? sum : sum + value * value), 0);
  const total = measureShared([reference, reference], [mean, mean], isKept);
  const explained = total > 0 ? Math.max(0, 1 - left / total) : 0;
  const rms = Math.sqrt(left / Math.max(1, kept));
  return { factors, offset, explained, variance: total / Math.max(1, kept), rms, residual, isKept, kept };
}

function sumRow(columns: readonly Float64Array[], factors: readonly number[], row: number): number {
  let sum = 0;
  for (let i = 0; i < columns.length; i++) sum += factors[i]! * columns[i]![row]!;
  return sum;
}

function measureMean(column: Float64Array, isKept: Uint8Array, kept: number): number {
  let sum = 0;
  for (let row = 0; row < column.length; row++) if (isKept[row] !== 0) sum += column[row]!;
  return sum / Math.max(1, kept);
}

function measureShared(
  [a, b]: readonly [Float64Array, Float64Array],
  [meanA, meanB]: readonly [number, number],
  isKept: Uint8Array,
): number {
  let sum = 0;
  for (let row = 0; row < a.length; row++)
    if (isKept[row] !== 0) sum += (a[row]! - meanA) * (b[row]! - meanB);
  return sum;
}

/** Gauss's elimination with pivots; an unknown that the others determine is 0. */
function solveEquations(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    const pivot = findPivot(rows, column);
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    const head = rows[column]!;
    if (Math.abs(head[column]!) < 1e-12) continue;
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const share = rows[row]![column]! / head[column]!;
      for (let i = column; i <= size; i++) rows[row]![i]! -= share * head[i]!;
    }
  }
  return rows.map((row, i) => (Math.abs(row[i]!) < 1e-12 ? 0 : row[size]! / row[i]!));
}

function findPivot(rows: readonly (readonly number[])[], column: number): number {
  let pivot = column;
  for (let row = column + 1; row < rows.length; row++)
    if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
  return pivot;
}

/** Pearson's correlation; 0 where one of both is constant. */
export function correlate(a: Float64Array, b: Float64Array): number {
  const all = new Uint8Array(a.length).fill(1);
  const meanA = measureMean(a, all, a.length);
  const meanB = measureMean(b, all, b.length);
  const product = measureShared([a, a], [meanA, meanA], all) * measureShared([b, b], [meanB, meanB], all);
  return product > 0 ? measureShared([a, b], [meanA, meanB], all) / Math.sqrt(product) : 0;
}
