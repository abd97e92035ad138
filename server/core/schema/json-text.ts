import type { LogObject, LogValue } from './event-object.ts';

/**
 * Writes a decoded value as JSON on one line, without losing anything: 64-bit integers as decimal strings, Data as hex,
 * and what JSON has no number for as the strings `NaN`, `Infinity`, `-Infinity` and `-0`.
 */
export function stringifyLogValue(value: LogValue): string {
  if (typeof value === 'number') return stringifyNumber(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `"${value.toString()}"`;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value === null) return 'null';
  if (value instanceof Uint8Array) return `"${formatHex(value)}"`;
  if (isList(value)) return `[${value.map(stringifyLogValue).join(',')}]`;
  return stringifyObject(value);
}

function stringifyObject(object: LogObject): string {
  let text = '{';
  // Names are the schema's: there is nothing in them to escape.
  for (const name in object)
    text += `${text === '{' ? '' : ','}"${name}":${stringifyLogValue(object[name] ?? null)}`;
  return `${text}}`;
}

function isList(value: readonly LogValue[] | LogObject): value is readonly LogValue[] {
  return Array.isArray(value);
}

function stringifyNumber(value: number): string {
  if (Object.is(value, -0)) return '"-0"';
  return Number.isFinite(value) ? String(value) : `"${String(value)}"`;
}

const HEX_OF_BYTE: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);
const DIGITS = new TextEncoder().encode('0123456789abcdef');
const ASCII = new TextDecoder();
/** A payload of CAN-FD. */
const SHORT_BYTES = 64;

/** Two lower-case digits a byte. */
function formatHex(bytes: Uint8Array): string {
  if (bytes.length > SHORT_BYTES) return formatLongHex(bytes);
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += HEX_OF_BYTE[bytes[i]!]!;
  return text;
}

/** A string that grows by pieces costs fifty times its size; for a few pieces it is the quicker way. */
function formatLongHex(bytes: Uint8Array): string {
  const text = new Uint8Array(2 * bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    text[2 * i] = DIGITS[bytes[i]! >> 4]!;
    text[2 * i + 1] = DIGITS[bytes[i]! & 15]!;
  }
  return ASCII.decode(text);
}
