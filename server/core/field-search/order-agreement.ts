import { correlate } from './linear-fit.ts';

/** Spearman's rank correlation; equal values share their mean rank. 1: one never falls while the other rises. */
export function measureMonotony(a: Float64Array, b: Float64Array): number {
  return correlate(rankValues(a), rankValues(b));
}

function rankValues(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let i = 0; i < order.length;) {
    let end = i + 1;
    while (end < order.length && values[order[end]!] === values[order[i]!]) end++;
    for (let j = i; j < end; j++) ranks[order[j]!] = (i + end - 1) / 2;
    i = end;
  }
  return ranks;
}

/** Steps that a course is cut into. */
const STEPS = 64;

/** Share of the movement of `b`, between evenly spread samples, during which `a` moves the same way. */
export function measureMoves(a: Float64Array, b: Float64Array): number {
  const stride = Math.max(1, Math.floor(b.length / STEPS));
  let total = 0;
  let same = 0;
  for (let i = stride; i < b.length; i += stride) {
    const move = b[i]! - b[i - stride]!;
    total += Math.abs(move);
    if (move * (a[i]! - a[i - stride]!) > 0) same += Math.abs(move);
  }
  return total > 0 ? same / total : 0;
}
