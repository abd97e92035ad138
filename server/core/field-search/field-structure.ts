import { type BitActivity, type LinkCounts, measureCarry } from './bit-activity.ts';
import { bitAtPlace, type FieldPlace, isWithinByte, reorderWithinByte } from './field-place.ts';

/** What a boundary in the wrong place costs at most. */
const WORST = 6;
/** A bit that looks like part of a counter or checksum. */
const FOREIGN_COST = 3;
const ALIGNED_GAIN = 0.75;
/** Below the field something else begins for certain. */
const END_GAIN = 1.5;
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
  score += judgeEnd(activity, field);
  if (high < links.length) score -= Math.max(0, judgeLink(links[high]!, activity.steps, isSigned));
  return score - countForeign(activity, field) * FOREIGN_COST - LENGTH_COST * (high - low + 1);
}

function judgeEnd(activity: BitActivity, { order, low }: FieldPlace): number {
  if (low === 0 || isForeign(activity, bitAtPlace(order, low - 1, activity.byteLength))) return END_GAIN;
  const link = judgeLink(activity.links[order][low - 1]!, activity.steps, false);
  return link < 0 ? END_GAIN : -link;
}

function isForeign({ isCounter, isNoise }: BitActivity, bit: number): boolean {
  return isCounter[bit] !== 0 || isNoise[bit] !== 0;
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

function countForeign(activity: BitActivity, { order, low, high }: FieldPlace): number {
  let count = 0;
  for (let place = low; place <= high; place++)
    if (isForeign(activity, bitAtPlace(order, place, activity.byteLength))) count++;
  return Math.min(2, count);
}

/** A gap of so few bits between two numbers belongs to the lower one. */
const NARROW_GAP = 3;
/** Longer fields are not made by extending. */
const MOST_EXTENDED = 32;

/**
 * Extends a field over the bits above it that never change, as people lay numbers out: to the end of the byte where it
 * begins with a byte; else over bits that are always 1, or over a narrow gap to the next bit in use or the end of the
 * message. Values stay what they are, apart from bits that are always 1.
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
  while (next < 8 * byteLength && flips[bitAt(next)] === 0 && next - low < MOST_EXTENDED) next++;
  let end = high + 1;
  while (end < next && isMostlySet[bitAt(end)] !== 0) end++;
  if (low % 8 === 0) end = Math.max(end, Math.min(next, (high | 7) + 1));
  else if (next - end <= NARROW_GAP) end = next;
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
