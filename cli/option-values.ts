import { InvalidArgumentError } from 'commander';

/** Reads seconds. */
export function readNumber(text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(value)) throw new InvalidArgumentError('expected a number of seconds');
  return value;
}

/** Reads how many of something. */
export function readCount(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('expected a whole number above 0');
  return value;
}

const UNIT_BYTES: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/** Reads a size in bytes: `1000000`, `500M`, `2G`; units of 1024. */
export function readBytes(text: string): number {
  const [, digits, unit] = /^(\d{1,12})([kmg]?)i?b?$/i.exec(text.trim()) ?? [];
  const bytes = Number(digits) * (UNIT_BYTES[(unit ?? '').toLowerCase()] ?? NaN);
  if (!(bytes >= 1)) throw new InvalidArgumentError('expected a size such as 500M or 2G');
  return bytes;
}
