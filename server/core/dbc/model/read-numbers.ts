import type { NumberWord } from '../syntax/syntax-tree.ts';

/** Bits of the longest frame: 64 bytes of CAN FD. */
export const MOST_BITS = 512;

/** The most bytes that the transport protocol of J1939 puts together. */
const MOST_BYTES = 1785;

/** What a message has as id where none can be read. */
export const NO_ID = -1;

/** Reads a number; undefined where there is none, or none that is finite. */
export function readFinite(word: NumberWord | undefined): number | undefined {
  return word === undefined ? undefined : toFinite(word.value);
}

/** Gives a number; undefined where it is none that is finite. */
export function toFinite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

/** Reads an integer from `least` to `most`; undefined where there is none such. */
export function readInteger(word: NumberWord | undefined, least: number, most: number): number | undefined {
  return word === undefined ? undefined : toInteger(word.value, least, most);
}

/** Gives an integer from `least` to `most`; undefined where it is none such. */
export function toInteger(value: number, least: number, most: number): number | undefined {
  return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}

/**
 * Reads an id as it is written, as 32 bits without sign: what is negative is what writers of signed numbers make of
 * bit 31.
 *
 * @returns -1 where it is no integer, or one that 32 bits do not hold.
 */
export function readWrittenId(word: NumberWord | undefined): number {
  return word === undefined ? NO_ID : toWrittenId(word.value);
}

/** Gives the same of a value. */
export function toWrittenId(value: number): number {
  return Number.isInteger(value) && value >= -0x8000_0000 && value <= 0xffff_ffff ? value >>> 0 : NO_ID;
}

/** Gives the size of a message; 0 where it is none, or beyond what J1939 transports. */
export function toSize(value: number): number {
  return toInteger(value, 0, MOST_BYTES) ?? 0;
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
