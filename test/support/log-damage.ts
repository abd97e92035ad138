import { SeededRandom } from '../../tools/sample-log/seeded-random.ts';
import { joinEvents } from './log-builder.ts';

/** Which bits to flip: the same seed flips the same ones. */
export interface BitFlips {
  readonly seed: number;
  readonly count: number;
  /** Bytes before this one stay as they are. */
  readonly fromByte?: number;
}

/** Returns a copy with single bits flipped at random places. */
export function flipBits(log: Uint8Array, { seed, count, fromByte = 0 }: BitFlips): Uint8Array {
  const random = new SeededRandom(seed);
  const damaged = log.slice();
  for (let i = 0; i < count; i++) {
    const at = fromByte + random.below(log.length - fromByte);
    damaged[at] = (damaged[at] ?? 0) ^ (1 << random.below(8));
  }
  return damaged;
}

/** Bytes that belong to no message. */
export interface Garbage {
  readonly atByte: number;
  readonly length: number;
  readonly seed: number;
}

/** Returns a copy with random bytes put in at one place. */
export function insertGarbage(log: Uint8Array, { atByte, length, seed }: Garbage): Uint8Array {
  const random = new SeededRandom(seed);
  const garbage = Uint8Array.from({ length }, () => random.below(256));
  return joinEvents([log.subarray(0, atByte), garbage, log.subarray(atByte)]);
}

/** Returns a copy with zeros behind it, as a file system leaves them after a power cut. */
export function appendZeros(log: Uint8Array, length: number): Uint8Array {
  return joinEvents([log, new Uint8Array(length)]);
}

/** Returns the part before a cut. */
export function cutLog(log: Uint8Array, atByte: number): Uint8Array {
  return log.slice(0, atByte);
}
