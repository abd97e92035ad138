import { isLittleEndian, toNetworkBit, type WrittenBits } from './signal-bits.ts';

/** Bits of a frame of classic CAN: two words of 32. */
const FRAME_BITS = 64;
const WORD_BITS = 32;

/**
 * Whether it cannot be left out that two signals share a bit: all are put into one mask of 64 bits. True of everything
 * that does not fit into one; what shares what, others find out.
 */
export function mayShareBits(bits: readonly (WrittenBits | undefined)[]): boolean {
  let low = 0;
  let high = 0;
  for (const own of bits) {
    if (own === undefined) continue;
    const { length } = own;
    const isLittle = isLittleEndian(own);
    const start = isLittle ? own.startBit : toNetworkBit(own.startBit);
    if (start + length > FRAME_BITS) return true;
    const ownLow = maskWord(start, length, isLittle);
    const ownHigh = maskWord(start - WORD_BITS, length, isLittle);
    if ((low & ownLow) !== 0 || (high & ownHigh) !== 0) return true;
    low |= ownLow;
    high |= ownHigh;
  }
  return false;
}

/** Sets so many bits from a start on that may lie before or behind the word. */
function maskWord(start: number, length: number, isLittle: boolean): number {
  const from = Math.max(start, 0);
  const to = Math.min(start + length, WORD_BITS);
  if (from >= to) return 0;
  // A shift by 32 shifts by nothing.
  const mask = (-1 >>> (WORD_BITS - (to - from))) << from;
  return isLittle ? mask : reverseBytes(mask);
}

/** Turns the bits of each byte around: in the order in which they are sent, the most significant one is the first. */
function reverseBytes(mask: number): number {
  const pairs = ((mask >>> 1) & 0x5555_5555) | ((mask & 0x5555_5555) << 1);
  const quads = ((pairs >>> 2) & 0x3333_3333) | ((pairs & 0x3333_3333) << 2);
  return ((quads >>> 4) & 0x0f0f_0f0f) | ((quads & 0x0f0f_0f0f) << 4);
}
