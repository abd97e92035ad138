import { InvalidArgumentError } from 'commander';

/** Reads seconds. */
export function readNumber(text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(value)) throw new InvalidArgumentError('expected a number of seconds');
  return value;
}

/** Reads how long something may take: seconds above 0, and not more than clocks of programs can count. */
export function readTimeout(text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (value > 0 && value <= 2_000_000) return value;
  throw new InvalidArgumentError('expected a number of seconds above 0');
}

/** Reads how many of something. */
export function readCount(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('expected a whole number above 0');
  return value;
}

/** The same, where none may be meant. */
export function readCountOrNone(text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError('expected 0 or a whole number above');
}

const UNIT_BYTES: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/** Reads a size in bytes: `1000000`, `500M`, `2G`; units of 1024. */
export function readBytes(text: string): number {
  const bytes = parseBytes(text);
  if (!(bytes >= 1)) throw new InvalidArgumentError('expected a size such as 500M or 2G');
  return bytes;
}

/** The same, where nothing at all may be meant. */
export function readBytesOrNone(text: string): number {
  const bytes = parseBytes(text);
  if (!(bytes >= 0)) throw new InvalidArgumentError('expected a size such as 0, 500M or 2G');
  return bytes;
}

function parseBytes(text: string): number {
  const [, digits, unit] = /^(\d{1,12})([kmg]?)i?b?$/i.exec(text.trim()) ?? [];
  return Number(digits) * (UNIT_BYTES[(unit ?? '').toLowerCase()] ?? NaN);
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Reads an age: `90s`, `15m`, `12h`, `30d`, `2w`. @returns Seconds. */
export function readAge(text: string): number {
  const [, digits, unit] = /^(\d{1,9}(?:\.\d+)?)([smhdw])$/i.exec(text.trim()) ?? [];
  const seconds = Number(digits) * (UNIT_SECONDS[(unit ?? '').toLowerCase()] ?? NaN);
  if (!(seconds >= 0)) throw new InvalidArgumentError('expected an age such as 12h, 30d or 2w');
  return seconds;
}

/** Reads a moment: a date with or without time, or an age before now. @returns RFC 3339, UTC. */
export function readMoment(text: string): string {
  const isAge = /^[\d.]+[smhdw]$/i.test(text.trim());
  const moment = isAge ? Date.now() - readAge(text) * 1000 : Date.parse(text);
  if (Number.isNaN(moment) || !/^\d/.test(text.trim()))
    throw new InvalidArgumentError(
      'expected a date such as 2026-01-31, with a time or without, or an age such as 2d',
    );
  return new Date(moment).toISOString();
}

/** Gathers what is given more than once. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
