import type { Place } from './message-arena.ts';
import { describe } from './plain-value.ts';
import { NUMBER_TYPES, type NumberTypeName } from './value-type.ts';

/** Where a value goes, and what it is called in errors: `carState.vEgo`. */
export interface NamedPlace extends Place {
  readonly path: string;
}

/**
 * Writes one number, little-endian.
 *
 * @throws {RangeError} When an integer type cannot hold `value`.
 */
export function writeNumber(place: NamedPlace, type: NumberTypeName, value: unknown): void {
  const { path } = place;
  if (type === 'Float32') place.segment.setFloat32(place.offset, toFloat(value, path));
  else if (type === 'Float64') place.segment.setFloat64(place.offset, toFloat(value, path));
  else if (type === 'Int64') place.segment.setBigInt64(place.offset, toBigInt(value, type, path), true);
  else if (type === 'UInt64') place.segment.setBigUint64(place.offset, toBigInt(value, type, path), true);
  else writeShortInteger(place, NUMBER_TYPES[type].bytes, toInteger(value, type, path));
}

/** Negative values go in as their two's complement, which the unsigned setters take from the low bits. */
function writeShortInteger(place: Place, bytes: 1 | 2 | 4, value: number): void {
  if (bytes === 1) place.segment.setUint8(place.offset, value & 0xff);
  else if (bytes === 2) place.segment.setUint16(place.offset, value & 0xffff);
  else place.segment.setUint32(place.offset, value >>> 0);
}

function toFloat(value: unknown, path: string): number {
  if (typeof value === 'number') return value;
  throw new TypeError(`${path} takes a number, not ${describe(value)}`);
}

function toInteger(
  value: unknown,
  type: Exclude<NumberTypeName, `Float${string}` | `${string}64`>,
  path: string,
): number {
  const { min, max } = NUMBER_TYPES[type];
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new RangeError(
    `${path} takes an integer from ${String(min)} to ${String(max)}, not ${describe(value)}`,
  );
}

function toBigInt(value: unknown, type: 'Int64' | 'UInt64', path: string): bigint {
  const { min, max } = NUMBER_TYPES[type];
  const exact = typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof exact === 'bigint' && exact >= min && exact <= max) return exact;
  throw new RangeError(
    `${path} takes a bigint from ${String(min)} to ${String(max)}, not ${describe(value)}`,
  );
}
