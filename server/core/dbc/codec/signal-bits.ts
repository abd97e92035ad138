import type { SignalLayout } from '../signal-layout.ts';

/**
 * Lists the bits of a payload that a signal takes, from its start bit on, by global index: 8 * byte + bit, bit 0 being
 * the least significant of its byte.
 */
export function listSignalBits({ startBit, length, byteOrder }: SignalLayout): readonly number[] {
  if (byteOrder === 'little-endian') return Array.from({ length }, (_, i) => startBit + i);
  // Down to the least significant bit of a byte, then from the most significant one of the next.
  return Array.from({ length }, (_, i) => ((startBit ^ 7) + i) ^ 7);
}
