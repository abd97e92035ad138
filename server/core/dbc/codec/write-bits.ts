import type { Bits } from './number-bits.ts';
import { turnBytes } from './payload-block.ts';
import type { SignalPlan } from './signal-plan.ts';

/** Writes the bits of a signal into a payload that holds all of it: `words` is that, padded to whole 8 bytes. */
export function writeBits(plan: SignalPlan, words: Int32Array, bits: Bits): void {
  const { words: places, skip } = plan;
  const { length } = plan.layout;
  const mask = { lower: length < 32 ? (1 << length) - 1 : -1, upper: length > 32 ? -1 >>> (64 - length) : 0 };
  for (let i = 0; i < 3; i++) replace(words, places[i] ?? 0, [cut(mask, skip, i), cut(bits, skip, i)]);
}

function replace(words: Int32Array, place: number, [mask, bits]: readonly [number, number]): void {
  if (mask === 0) return;
  const isTurned = (place & 1) === 1;
  const word = words[place >> 1]!;
  const before = isTurned ? turnBytes(word) : word;
  const after = (before & ~mask) | (bits & mask);
  words[place >> 1] = isTurned ? turnBytes(after) : after;
}

/** What comes into the first, second or third word of 64 bits that begin `skip` bits up. */
function cut({ lower, upper }: Bits, skip: number, word: number): number {
  if (word === 0) return lower << skip;
  const [from, next] = word === 1 ? [lower, upper << skip] : [upper, 0];
  return ((from >>> 1) >>> (31 - skip)) | next;
}
