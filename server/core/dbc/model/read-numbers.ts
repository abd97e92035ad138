import type { NumberWord } from '../syntax/syntax-tree.ts';

/** Bits of the longest frame: 64 bytes of CAN FD. */
export const MOST_BITS = 512;

/** The most bytes that the transport protocol of J1939 puts together. */
const MOST_BYTES = 1785;

/** What a message has as id where none can be read. */
export const NO_ID = -1;

/** Reads a number; undefined where there is none, or none that is finite. */
export function readFinite(word: NumberWord | undefined): number | undefined {
  const value = word?.value;
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/** Reads an integer from `least` to `most`; undefined where there is none such. */
export function readInteger(word: NumberWord | undefined, least: number, most: number): number | undefined {
  const value = word?.value;
  return value !== undefined && Number.isInteger(value) && value >= least && value <= most
    ? value
    : undefined;
}

/**
 * Reads an id as it is written, as 32 bits without sign: what is negative is what writers of signed numbers make of
 * bit 31.
 *
 * @returns -1 where it is no integer, or one that 32 bits do not hold.
 */
export function readWrittenId(word: NumberWord | undefined): number {
  const value = readInteger(word, -0x8000_0000, 0xffff_ffff);
  return value === undefined ? NO_ID : value >>> 0;
}

/** Reads the size of a message; 0 where it is none, or beyond what J1939 transports. */
export function readSize(word: NumberWord | undefined): number {
  return readInteger(word, 0, MOST_BYTES) ?? 0;
}

/** Reads a range. `[0|0]` says that there is none, and a bound that is no finite number is none. */
export function readRange(
  minimum: NumberWord | undefined,
  maximum: NumberWord | undefined,
): { minimum: number | undefined; maximum: number | undefined } {
  const least = readFinite(minimum);
  const most = readFinite(maximum);
  return least === 0 && most === 0
    ? { minimum: undefined, maximum: undefined }
    : { minimum: least, maximum: most };
}
