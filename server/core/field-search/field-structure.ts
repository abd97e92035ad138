import { type BitActivity, type LinkCounts, measureCarry } from './bit-activity.ts';
import { bitAtPlace, type FieldPlace, isWithinByte, reorderWithinByte } from './field-place.ts';

/** What a boundary in the wrong place costs at most. */
const WORST = 6;
/** A bit that looks like part of a counter or checksum. */
const FOREIGN_COST = 3;
const ALIGNED_GAIN = 1.5;
const LENGTH_COST = 0.02;

/**
 * Judges by the bits alone, without any reference, whether a field begins and ends where a number does; higher is
 * better, 0 is unobtrusive. In a number that moves steadily, bits change the oftener the lower they are, and a bit
 * changes when the one below it overflows; between one number and the next, neither holds.
 */
export function judgeStructure(activity: BitActivity, field: FieldPlace): number {
  const score = judgeInOrder(activity, field);
  if (!isWithinByte(field)) return score;
  // A field within a byte may be the end of a longer one in either order.
  const other = field.order === 'little-endian' ? 'big-endian' : 'little-endian';
  return Math.min(score, judgeInOrder(activity, reorderWithinByte(field, other, activity.byteLength)));
}

function judgeInOrder(activity: BitActivity, field: FieldPlace): number {
  const { order, low, high, isSigned } = field;
  const links = activity.links[order];
  let score = low % 8 === 0 ? ALIGNED_GAIN : 0;
  let inSign = isSigned;
  for (let place = high - 1; place >= low; place--) {
    const link = links[place]!;
    score += Math.min(0, judgeLink(link, activity.steps, inSign));
    if (!link.isCopy) inSign = false;
  }
  if (low > 0) score -= Math.max(0, judgeLink(links[low - 1]!, activity.steps, false));
  if (high < links.length) score -= Math.max(0, judgeLink(links[high]!, activity.steps, isSigned));
  return score - countForeign(activity, field) * FOREIGN_COST - LENGTH_COST * (high - low + 1);
}

/** How strongly two neighbouring bits belong to one number: above 0 for, below 0 against, 0 nothing is known. */
function judgeLink(link: LinkCounts, steps: number, isSign: boolean): number {
  const { upper, lower, same } = link;
  if (upper === 0) return 0;
  if (lower === 0) return -2;
  if (link.isCopy) return isSign ? 4 : -3;
  const carry = measureCarry(isSign && same > link.opposite ? { ...link, opposite: same } : link, steps);
  const isSlower = upper - lower > 3 * Math.sqrt(upper) && lower < 0.75 * upper;
  const drop = isSlower ? 4 * Math.log(upper / lower) : 0;
  const isApart = carry < 0.05 && lower < 0.4 * steps && upper >= 8;
  return Math.max(-WORST, 5 * carry - drop - (isApart ? 2 : 0));
}

function countForeign({ isCounter, isNoise, byteLength }: BitActivity, field: FieldPlace): number {
  let count = 0;
  for (let place = field.low; place <= field.high; place++) {
    const bit = bitAtPlace(field.order, place, byteLength);
    if (isCounter[bit] !== 0 || isNoise[bit] !== 0) count++;
  }
  return Math.min(2, count);
}

/**
 * Extends a field over the bits above it that never change, as people lay numbers out: to the next bit that is in use
 * where that is near, else to the end of the byte. Values stay what they are, apart from bits that are always 1.
 */
export function extendOverConstant(
  activity: BitActivity,
  isMostlySet: Uint8Array,
  field: FieldPlace,
): FieldPlace {
  const { order, low, high } = field;
  const { flips, byteLength } = activity;
  const bitAt = (place: number): number => bitAtPlace(order, place, byteLength);
  // Bits of signed numbers above the sign would be copies of it, and vary.
  if (field.isSigned || low === high) return field;
  let next = high + 1;
  while (next < 8 * byteLength && flips[bitAt(next)] === 0 && next - low < 32) next++;
  const byteEnd = Math.min(next, (high | 7) + 1);
  const isLoose = low % 8 !== 0 && next - byteEnd <= 3;
  const end = isLoose ? next : byteEnd;
  const isNegative = end - high > 2 && isAllSet(isMostlySet, bitAt, [high + 1, end]);
  return { ...field, high: end - 1, isSigned: isNegative };
}

function isAllSet(
  isMostlySet: Uint8Array,
  bitAt: (place: number) => number,
  [from, to]: readonly [number, number],
): boolean {
  for (let place = from; place < to; place++) if (isMostlySet[bitAt(place)] === 0) return false;
  return true;
}
