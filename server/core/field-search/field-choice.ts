import type { BitActivity } from './bit-activity.ts';
import type { FieldFits } from './field-enumeration.ts';
import { fieldAt } from './field-enumeration.ts';
import type { FieldPlace } from './field-place.ts';
import { areOverlapping, lengthOf } from './field-place.ts';
import { judgeStructure } from './field-structure.ts';

/** Fields that explain so much less than the best are not looked at, however well they are cut. */
const FARTHEST = 40;
/** References differ from what is on the bus in more ways than chance: no number of samples proves a last bit. */
const MOST_WEIGHT = 250;
/** What cannot be told from an exact fit. */
const ROUNDING = 1e-12;
/** What each further bit costs where the reference is on or off. */
const STATE_BIT = 6;
/** Fields that are judged at most. */
const MOST_JUDGED = 400;

/** A field and how likely it is the right one. */
export interface JudgedField {
  readonly field: FieldPlace;
  readonly r: number;
  readonly structure: number;
  /** Structure and fit together, relative to the best fit of the message; higher is better. */
  readonly likelihood: number;
}

/** How fields are judged. */
export interface ChoiceWork {
  readonly activity: BitActivity;
  /** How many independent samples the comparison is worth: neighbours in time are not. */
  readonly independentSamples: number;
  /** Whether the reference is on or off: a single bit is likelier than a number then. */
  readonly isBinary: boolean;
}

/**
 * Weighs how well fields explain the reference against how well they are cut, the likeliest first. Upper bits of the
 * right field, or the right field and a bit too many, explain nearly as much.
 */
export function judgeFields(fits: FieldFits, work: ChoiceWork): readonly JudgedField[] {
  const { r } = fits;
  let most = 0;
  for (let i = 0; i < fits.length; i++) most = Math.max(most, r[i]! * r[i]!);
  const left = 1 - most + ROUNDING;
  const weight = Math.min(MOST_WEIGHT, Math.max(4, work.independentSamples / 2));
  const limit = left * Math.exp(FARTHEST / weight);
  const rows = Array.from({ length: fits.length }, (_, i) => i).filter((i) => 1 - r[i]! * r[i]! < limit);
  rows.sort((a, b) => r[b]! * r[b]! - r[a]! * r[a]! || a - b);
  const costOf = (i: number): number => weight * Math.log((1 - r[i]! * r[i]! + ROUNDING) / left);
  return rows
    .slice(0, MOST_JUDGED)
    .map((i) => judgeField(fieldAt(fits, i), r[i]!, { ...work, cost: costOf(i) }))
    .sort((a, b) => b.likelihood - a.likelihood);
}

function judgeField(field: FieldPlace, r: number, work: ChoiceWork & { readonly cost: number }): JudgedField {
  const structure = judgeStructure(work.activity, field);
  const manyBits = work.isBinary ? STATE_BIT * (lengthOf(field) - 1) : 0;
  return { field, r, structure, likelihood: structure - work.cost - manyBits };
}

/** The likeliest other cuts of a field: they share bits with it and with each other. */
export function listAlternatives(
  judged: readonly JudgedField[],
  chosen: FieldPlace,
  { byteLength, limit }: { readonly byteLength: number; readonly limit: number },
): readonly FieldPlace[] {
  return judged
    .map(({ field }) => field)
    .filter((field) => field !== chosen && areOverlapping(field, chosen, byteLength))
    .slice(0, limit);
}

/** How many of the samples of a residual are as good as independent, from how much each resembles the one before. */
export function countIndependent(residual: Float64Array): number {
  let product = 0;
  let square = 0;
  for (let i = 0; i < residual.length; i++) {
    square += residual[i]! ** 2;
    if (i > 0) product += residual[i]! * residual[i - 1]!;
  }
  const likeness = square > 0 ? Math.min(0.9999, Math.max(0, product / square)) : 0;
  return (residual.length * (1 - likeness)) / (1 + likeness);
}
