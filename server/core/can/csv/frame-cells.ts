import { parsePythonFloat, parsePythonInteger } from '../../text/python-literal.ts';
import { POST, PRE, WINDOW } from './frame-segments.ts';

/** Longest payload that is read from text: far beyond CAN FD, and far from filling memory. */
export const MAX_TEXT_PAYLOAD = 4096;

/** What stands for a cell that is not what it must be. */
export const UNREADABLE = -1;

const BLANK = 0x20;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const LETTER_X = 0x78;
const CASE = 0x20;

/** Digits of numbers that a double holds exactly, whatever they are. */
const EXACT_DIGITS = 15;
const POWERS_OF_TEN = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, exponent) => 10 ** exponent);

/** Value of each hexadecimal digit, -1 for every other byte. */
const NIBBLES = Int8Array.from({ length: 256 }, (_, byte) => {
  const digit = String.fromCharCode(byte);
  return /[\da-f]/i.test(digit) ? parseInt(digit, 16) : -1;
});

/** Reads the name of a segment, in upper or lower case, with blanks around it. */
export function readSegmentCell(bytes: Uint8Array, from: number, to: number): number {
  let start = from;
  let end = to;
  while (start < end && bytes[start]! <= BLANK) start++;
  while (end > start && bytes[end - 1]! <= BLANK) end--;
  if (isWord(bytes, start, end, 'pre')) return PRE;
  if (isWord(bytes, start, end, 'post')) return POST;
  return isWord(bytes, start, end, 'window') ? WINDOW : UNREADABLE;
}

function isWord(bytes: Uint8Array, start: number, end: number, word: string): boolean {
  if (end - start !== word.length) return false;
  for (let i = 0; i < word.length; i++) if ((bytes[start + i]! | CASE) !== word.charCodeAt(i)) return false;
  return true;
}

/**
 * Reads a number of seconds as Python's `float` does. NaN where it is none, or not finite.
 *
 * Up to 15 digits are put together as integers and divided once: both are exact, so the quotient is the nearest double.
 */
export function readSecondsCell(bytes: Uint8Array, start: number, end: number): number {
  let mantissa = 0;
  let digits = 0;
  let decimals = -1;
  let at = start;
  if (at < end && bytes[at] === MINUS) at++;
  for (; at < end; at++) {
    const byte = bytes[at]!;
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits++;
      if (decimals >= 0) decimals++;
    } else if (byte === POINT && decimals < 0) decimals = 0;
    else return readSecondsText(bytes, start, end);
  }
  if (digits === 0 || digits > EXACT_DIGITS) return readSecondsText(bytes, start, end);
  const size = decimals > 0 ? mantissa / POWERS_OF_TEN[decimals]! : mantissa;
  return bytes[start] === MINUS ? -size : size;
}

function readSecondsText(bytes: Uint8Array, start: number, end: number): number {
  const seconds = parsePythonFloat(decode(bytes, start, end)) ?? NaN;
  return Number.isFinite(seconds) ? seconds : NaN;
}

/**
 * Reads an arbitration id as comma-tools does: hexadecimal behind `0x`, else decimal, else hexadecimal.
 *
 * @returns 0 to 2^32 - 1, or `UNREADABLE`.
 */
export function readAddressCell(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 10 || end - start < 3 || bytes[start] !== ZERO || (bytes[start + 1]! | CASE) !== LETTER_X)
    return readAddressText(decode(bytes, start, end));
  let address = 0;
  for (let at = start + 2; at < end; at++) {
    const nibble = NIBBLES[bytes[at]!]!;
    if (nibble < 0) return readAddressText(decode(bytes, start, end));
    address = address * 16 + nibble;
  }
  return address;
}

function readAddressText(text: string): number {
  const isPrefixed = text.trim().toLowerCase().startsWith('0x');
  const decimal = isPrefixed ? undefined : parsePythonInteger(text, 10);
  const address = decimal ?? parsePythonInteger(text, 16) ?? UNREADABLE;
  return address >= 0 && address <= 0xffff_ffff ? address : UNREADABLE;
}

/** Reads the number of a bus: 0 to 255, or `UNREADABLE`. */
export function readBusCell(bytes: Uint8Array, start: number, end: number): number {
  let digits = 0;
  let value = 0;
  for (; start + digits < end && digits < 3; digits++) {
    const digit = bytes[start + digits]! - ZERO;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  if (digits > 0 && start + digits === end) return value <= 255 ? value : UNREADABLE;
  const bus = parsePythonInteger(decode(bytes, start, end), 10) ?? UNREADABLE;
  return bus >= 0 && bus <= 255 ? bus : UNREADABLE;
}

/** Reads payloads from text into one buffer that is used again and again. */
export class PayloadCellReader {
  /** The payload that was read last begins here. */
  readonly bytes = new Uint8Array(MAX_TEXT_PAYLOAD);
  readonly #nibbles = new Uint8Array(2 * MAX_TEXT_PAYLOAD);

  /**
   * Reads hexadecimal digits; blanks, commas and `0x` may stand anywhere, and an odd count has a 0 in front.
   *
   * @returns Bytes of the payload; `UNREADABLE` for other signs, `Infinity` for more than 4096 bytes.
   */
  read(cell: Uint8Array, start: number, end: number): number {
    const { bytes } = this;
    if (((end - start) & 1) === 1 || end - start > 2 * MAX_TEXT_PAYLOAD)
      return this.#readLoose(cell, start, end);
    let to = 0;
    for (let at = start; at < end; at += 2) {
      const byte = (NIBBLES[cell[at]!]! << 4) | NIBBLES[cell[at + 1]!]!;
      if (byte < 0) return this.#readLoose(cell, start, end);
      bytes[to++] = byte;
    }
    return to;
  }

  #readLoose(cell: Uint8Array, start: number, end: number): number {
    const nibbles = this.#nibbles;
    let count = 0;
    for (let at = start; at < end; at++) {
      const byte = cell[at]!;
      if (byte === COMMA || byte === BLANK || (byte >= 0x09 && byte <= 0x0d)) continue;
      if (byte === ZERO && at + 1 < end && cell[at + 1] === LETTER_X) {
        at++;
        continue;
      }
      if (NIBBLES[byte]! < 0) return UNREADABLE;
      if (count === nibbles.length) return Infinity;
      nibbles[count++] = NIBBLES[byte]!;
    }
    return this.#pack(count);
  }

  #pack(count: number): number {
    const length = (count + 1) >> 1;
    let from = 0;
    for (let i = 0; i < length; i++) {
      const high = i === 0 && (count & 1) === 1 ? 0 : this.#nibbles[from++]!;
      this.bytes[i] = (high << 4) | this.#nibbles[from++]!;
    }
    return length;
  }
}

function decode(bytes: Uint8Array, start: number, end: number): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end));
}
