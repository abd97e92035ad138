import { CtsError } from '#protocol';

/** The largest id of an extended frame: 29 bits. */
const MAX_ADDRESS = 0x1fff_ffff;

/** Group 1: everything behind the sign; group 2: the digits behind `0x`. */
const ADDRESS = /^\+?(0x_?((?:[\da-f]_?)*[\da-f])|(?:[\da-f]_?)*[\da-f])$/i;
const DECIMAL = /^[\d_]+$/;

/** How much of a text an error repeats. */
const MAX_QUOTED = 60;

/** Writes an arbitration id as `0x%03X`: `0x027`, `0x18DAF110`. */
export function formatAddress(arbitrationId: number): string {
  return `0x${arbitrationId.toString(16).toUpperCase().padStart(3, '0')}`;
}

/**
 * Reads an arbitration id as comma-tools does: hexadecimal behind `0x`, else decimal, else hexadecimal: `0x27`, `39` and
 * `67A`. (`100` is decimal, `0b11` is 0xB11.) Single `_` between digits, a `+` and blanks around it are passed over.
 *
 * @returns Undefined where the text is no id, or one of more than 29 bits.
 */
export function readAddress(text: string): number | undefined {
  const [, digits = '', hexDigits = digits] = ADDRESS.exec(text.trim()) ?? [];
  const isDecimal = hexDigits === digits && DECIMAL.test(digits);
  const plain = hexDigits.replaceAll('_', '');
  const value = plain === '' ? NaN : parseInt(plain, isDecimal ? 10 : 16);
  return value <= MAX_ADDRESS ? value : undefined;
}

/**
 * Reads an arbitration id.
 *
 * @throws {CtsError} INVALID_PARAMETER, with the forms that are read.
 */
export function parseAddress(text: string): number {
  const address = readAddress(text);
  if (address !== undefined) return address;
  throw new CtsError(
    'INVALID_PARAMETER',
    `"${text.slice(0, MAX_QUOTED)}" is no CAN address: expected 0x27 (hexadecimal), 39 (decimal) or 67A (hexadecimal), up to 0x1FFFFFFF`,
    { details: { address: text.slice(0, MAX_QUOTED) } },
  );
}
