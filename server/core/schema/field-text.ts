import type { EventWalk, WalkedField } from './event-walk.ts';
import type { Kind, ValueType } from './layout.ts';

const MINUS = '−';
/** Bytes of Data that are written out. */
const SHOWN_BYTES = 32;
/** Most characters of a text that are shown; the whole is in the JSON. */
const SHOWN_CHARACTERS = 2000;
/** Single precision holds so many decimal digits. */
const FLOAT32_DIGITS = 7;

const TYPE_NAMES: Readonly<Partial<Record<Kind, string>>> = {
  bool: 'Bool',
  int8: 'Int8',
  int16: 'Int16',
  int32: 'Int32',
  int64: 'Int64',
  uint8: 'UInt8',
  uint16: 'UInt16',
  uint32: 'UInt32',
  uint64: 'UInt64',
  float32: 'Float32',
  float64: 'Float64',
  text: 'Text',
  void: 'Void',
  enum: 'enum',
  struct: 'struct',
  group: 'group',
};

/** Names the type of a field as the schema source does; lists and Data with their length. */
export function nameType({ type, length }: WalkedField): string {
  if (type.kind === 'list') return `List (${String(length)})`;
  if (type.kind === 'data') return `Data (${String(length)})`;
  return TYPE_NAMES[type.kind] ?? type.kind;
}

/** Writes the value of a field for people; empty for structs and for lists that hold something. */
export function formatField(walk: EventWalk): string {
  const { type, state, length } = walk;
  if (state === 'bad') return 'unreadable';
  switch (type.kind) {
    case 'struct':
      return state === 'unset' ? 'not set' : '';
    case 'group':
    case 'void':
      return '';
    case 'list':
      return length === 0 ? 'empty' : '';
    case 'text':
      return toOneLine(walk.text(4 * SHOWN_CHARACTERS), SHOWN_CHARACTERS);
    case 'data':
      return length === 0 ? 'empty' : formatBytes(walk.bytes(), SHOWN_BYTES);
    case 'bool':
      return walk.value === 0 ? 'false' : 'true';
    case 'enum':
      return walk.enumName();
    case 'int64':
    case 'uint64':
      return walk.big.toString().replace('-', MINUS);
    default:
      return formatValue(walk.value, type);
  }
}

/** Writes a number with as many digits as its type holds, at most so many. */
export function formatValue(value: number, { kind }: ValueType, digits = FLOAT32_DIGITS): string {
  const isShort = kind === 'float32' || digits < FLOAT32_DIGITS;
  const text =
    isShort && !Number.isInteger(value) ? String(Number(value.toPrecision(digits))) : String(value);
  if (Object.is(value, -0)) return `${MINUS}0`;
  return text.replace('-', MINUS).replace('Infinity', '∞');
}

/** Bytes in hex, and how many more there are. */
export function formatBytes(bytes: Uint8Array, most: number): string {
  const shown = Array.from(bytes.subarray(0, most), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return bytes.length > most ? `${shown} …` : shown;
}

/** Colours and cursor movements of terminals. */
const ESCAPES = /\p{Cc}\[[0-9;?]*[ -/]*[@-~]/gu;

/** Text on one line: no control characters, nothing that reorders what is shown, at most so many characters. */
export function toOneLine(text: string, most: number): string {
  const line = text
    .slice(0, 4 * most)
    .replace(ESCAPES, '')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, '')
    .trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
