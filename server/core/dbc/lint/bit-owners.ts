import type { DatabaseSignal } from '../model/database.ts';
import { findEnd, isLittleEndian, toNetworkBit, type WrittenBits } from './signal-bits.ts';

/** Bits of a message that are looked at: what J1939 transports. */
const MOST_BITS = 8 * 1785;
/** How deep multiplexors may lie in each other; what lies deeper is not compared. */
const MOST_DEPTH = 32;
/** Bits of a signal that are looked at: those of the longest frame. */
const MOST_OF_SIGNAL = 512;
/** The level of signals that nothing selects. */
const ROOT = -1;
const NOBODY = -1;

/** Called with the indices of two signals that share a bit, once for each bit, and at times for one bit again. */
export type SayShared = (one: number, other: number, bit: number) => void;

/** All bits of what a multiplexor selects, each with a signal that has it. */
interface Union {
  readonly bits: number[];
  readonly owners: number[];
  /** More than the highest of the bits. */
  readonly extent: number;
}

/** Something that has bits while the multiplexor of its level has a value from `low` to `high`. */
interface Occupant {
  readonly low: number;
  readonly high: number;
  readonly signal: number;
  /** Undefined for the signal itself. */
  readonly union: Union | undefined;
}

/** What is written on while levels are swept; used again for every message. */
const reachOfBit = new Float64Array(MOST_BITS);
const ownerOfBit = new Int32Array(MOST_BITS);

/**
 * Finds signals that share bits in the same frame. It goes level by level of the multiplexors: all that one selects
 * counts as one occupant of the level above, and two occupants meet where their raw values of the multiplexor do. Each
 * level is swept once, from the lowest value on, keeping for each bit who has it up to the highest value: work grows with
 * the bits of all signals, not with their pairs. Of three that share a bit, the second and the third may not be named as
 * a pair.
 *
 * @param bits Where each signal lies; undefined for one that lies nowhere.
 */
export function findShared(
  signals: readonly DatabaseSignal[],
  bits: readonly (WrittenBits | undefined)[],
  say: SayShared,
): void {
  if (signals.every(isAlwaysThere)) {
    sweepAlways(bits, say);
    return;
  }
  const levels = sortLevels(signals);
  const unions = new Map<number, Union>();
  for (const [parent, members] of levels) {
    const occupants = listOccupants(members, { signals, unions });
    sweepLevel(occupants, bits, say);
    if (parent !== ROOT) unions.set(parent, uniteBits(occupants, bits));
  }
}

function isAlwaysThere({ multiplexing }: DatabaseSignal): boolean {
  return multiplexing.parent === undefined;
}

/** The same where nothing is multiplexed, as in nearly all messages: one level, without occupants. */
function sweepAlways(bits: readonly (WrittenBits | undefined)[], say: SayShared): void {
  let extent = 0;
  for (const own of bits) if (own !== undefined) extent = Math.max(extent, findExtentOf(own));
  ownerOfBit.fill(NOBODY, 0, Math.min(extent, MOST_BITS));
  for (let signal = 0; signal < bits.length; signal++) {
    const own = bits[signal];
    if (own === undefined) continue;
    const length = countBits(own);
    for (let index = 0; index < length; index++) {
      const bit = bitAt(own, index);
      if (bit >= MOST_BITS) continue;
      const other = ownerOfBit[bit]!;
      if (other === NOBODY) ownerOfBit[bit] = signal;
      else say(other, signal, bit);
    }
  }
}

/** Sorts signals by what selects them, deepest first. */
function sortLevels(
  signals: readonly DatabaseSignal[],
): readonly (readonly [parent: number, members: readonly number[]])[] {
  const indexOf = new Map(signals.map((signal, index) => [signal, index]));
  const byParent = new Map<number, number[]>();
  signals.forEach(({ multiplexing: { parent } }, index) => {
    const key = parent === undefined ? ROOT : (indexOf.get(parent) ?? ROOT);
    const members = byParent.get(key);
    if (members === undefined) byParent.set(key, [index]);
    else members.push(index);
  });
  return [...byParent]
    .map(([parent, members]) => ({ parent, members, depth: findDepth(signals[parent]) }))
    .filter(({ depth }) => depth <= MOST_DEPTH)
    .sort((a, b) => b.depth - a.depth)
    .map(({ parent, members }) => [parent, members] as const);
}

function findDepth(signal: DatabaseSignal | undefined): number {
  let depth = 0;
  for (let next = signal; next !== undefined && depth <= MOST_DEPTH; next = next.multiplexing.parent) depth++;
  return depth;
}

/** Lists the signals of a level, and with each multiplexor what it selects, by the lowest value. */
function listOccupants(
  members: readonly number[],
  {
    signals,
    unions,
  }: { readonly signals: readonly DatabaseSignal[]; readonly unions: ReadonlyMap<number, Union> },
): readonly Occupant[] {
  const occupants: Occupant[] = [];
  let isSorted = true;
  for (const signal of members) {
    const ranges = signals[signal]?.multiplexing.ranges ?? [];
    const union = unions.get(signal);
    for (const [low, high] of ranges.length === 0 ? [[-Infinity, Infinity] as const] : ranges) {
      isSorted &&= (occupants.at(-1)?.low ?? -Infinity) <= low;
      occupants.push({ low, high, signal, union: undefined });
      if (union !== undefined) occupants.push({ low, high, signal, union });
    }
  }
  return isSorted ? occupants : occupants.sort((a, b) => a.low - b.low);
}

function sweepLevel(
  occupants: readonly Occupant[],
  bits: readonly (WrittenBits | undefined)[],
  say: SayShared,
): void {
  reachOfBit.fill(-Infinity, 0, findExtent(occupants, bits));
  ownerOfBit.fill(NOBODY, 0, findExtent(occupants, bits));
  for (const occupant of occupants) {
    const { signal, union } = occupant;
    const own = bits[signal];
    if (union !== undefined)
      for (let index = 0; index < union.bits.length; index++)
        occupy(union.bits[index]!, union.owners[index]!, occupant, say);
    else if (own !== undefined)
      for (let index = 0; index < countBits(own); index++) occupy(bitAt(own, index), signal, occupant, say);
  }
}

function occupy(bit: number, owner: number, { low, high }: Occupant, say: SayShared): void {
  if (bit >= MOST_BITS) return;
  const other = ownerOfBit[bit]!;
  const reach = reachOfBit[bit]!;
  if (other !== NOBODY && other !== owner && low <= reach) say(other, owner, bit);
  if (other !== NOBODY && high <= reach) return;
  reachOfBit[bit] = high;
  ownerOfBit[bit] = owner;
}

function countBits({ length }: WrittenBits): number {
  return Math.min(length, MOST_OF_SIGNAL);
}

/** Counts the bits of a signal from its start, and gives each the number that DBC has for it. */
function bitAt(bits: WrittenBits, index: number): number {
  const { startBit } = bits;
  return isLittleEndian(bits) ? startBit + index : toNetworkBit(toNetworkBit(startBit) + index);
}

/** Finds how much of the arrays a signal needs: up to the end of the byte in which its last bit is. */
function findExtentOf(own: WrittenBits): number {
  return 8 * Math.ceil(findEnd(own) / 8);
}

/** Finds how much of the arrays a level needs. */
function findExtent(occupants: readonly Occupant[], bits: readonly (WrittenBits | undefined)[]): number {
  let extent = 0;
  for (const { signal, union } of occupants) {
    const own = bits[signal];
    if (own !== undefined) extent = Math.max(extent, findExtentOf(own));
    if (union !== undefined) extent = Math.max(extent, union.extent);
  }
  return Math.min(extent, MOST_BITS);
}

/** Puts all bits of a level together, each with the first signal that has it. */
function uniteBits(occupants: readonly Occupant[], bits: readonly (WrittenBits | undefined)[]): Union {
  const extent = findExtent(occupants, bits);
  ownerOfBit.fill(NOBODY, 0, extent);
  const union = { bits: new Array<number>(), owners: new Array<number>(), extent };
  for (const { signal, union: selected } of occupants) {
    const own = bits[signal];
    if (selected !== undefined)
      selected.bits.forEach((bit, index) => {
        addBit(union, bit, selected.owners[index]!);
      });
    else if (own !== undefined)
      for (let index = 0; index < countBits(own); index++) addBit(union, bitAt(own, index), signal);
  }
  return union;
}

function addBit({ bits, owners }: Union, bit: number, owner: number): void {
  if (bit >= MOST_BITS || ownerOfBit[bit] !== NOBODY) return;
  ownerOfBit[bit] = owner;
  bits.push(bit);
  owners.push(owner);
}
