import type { DatabaseSignal } from '../model/database.ts';
import type { SignalLayout } from '../signal-layout.ts';
import type { LintProfile } from './diagnostic.ts';

/** Bits that a signal says it has, whether or not anything can be decoded there. */
export type WrittenBits = Pick<SignalLayout, 'startBit' | 'length' | 'byteOrder'>;

/** Reads where each signal lies; undefined where that is not said in whole numbers, or begins or ends nowhere. */
export function readBits(
  signals: readonly DatabaseSignal[],
  profile: LintProfile,
): readonly (WrittenBits | undefined)[] {
  if (signals.every(isDecodable)) return signals;
  return signals.map((signal) => (signal.isDecodable ? signal : readWrittenBits(signal, profile)));
}

function isDecodable(signal: DatabaseSignal): boolean {
  return signal.isDecodable;
}

/** Asks the line itself: the database has safe numbers where a line has none. */
function readWrittenBits({ statement }: DatabaseSignal, profile: LintProfile): WrittenBits | undefined {
  const { startBit, length, byteOrder } = statement;
  if (startBit === undefined || length === undefined || byteOrder === undefined) return undefined;
  if (!Number.isSafeInteger(startBit.value) || !Number.isSafeInteger(length.value)) return undefined;
  if (startBit.value < 0 || length.value < 1) return undefined;
  // Engines differ in what `@2` is.
  const isLittle = profile === 'cantools' ? byteOrder.value !== 0 : byteOrder.value === 1;
  return {
    startBit: startBit.value,
    length: length.value,
    byteOrder: isLittle ? 'little-endian' : 'big-endian',
  };
}

/** Whether the bits are counted from the least significant one. */
export function isLittleEndian({ byteOrder }: Pick<WrittenBits, 'byteOrder'>): boolean {
  return byteOrder === 'little-endian';
}

/** Finds how many bits a payload needs: in the order in which they are sent where the signal is big-endian. */
export function findEnd(bits: WrittenBits): number {
  const { startBit, length } = bits;
  return isLittleEndian(bits) ? startBit + length : toNetworkBit(startBit) + length;
}

/** Counts a bit from the most significant one of byte 0, as they are sent; the way back is the same. */
export function toNetworkBit(bit: number): number {
  return bit - (bit % 8) + (7 - (bit % 8));
}

/** Names the last bit of a signal, as DBC counts: the most significant of a little-endian one, the least of a big. */
export function findLastBit(bits: WrittenBits): number {
  return isLittleEndian(bits) ? findEnd(bits) - 1 : toNetworkBit(findEnd(bits) - 1);
}
