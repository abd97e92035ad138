import type { LogWindow } from '../rlog/log-window.ts';
import type { StructSpan } from '../rlog/message-view.ts';
import type { FieldLayout, Kind } from './layout.ts';

// Stored values are XOR-ed with the field's default, so that a struct of zeros holds the defaults.
// Source: Cap'n Proto encoding spec, "Structs", "Primitive values".

const TWO_TO_32 = 2 ** 32;
const FLOAT_BITS = new DataView(new ArrayBuffer(4));

/** Reads a number at byte `at` as it is stored: an enum as its value, 64-bit integers rounded to a double. */
export function readNumber(view: DataView, at: number, kind: Kind): number {
  switch (kind) {
    case 'float32':
      return view.getFloat32(at, true);
    case 'uint32':
      return view.getUint32(at, true);
    case 'int32':
      return view.getInt32(at, true);
    case 'uint16':
    case 'enum':
      return view.getUint16(at, true);
    case 'uint8':
      return view.getUint8(at);
    case 'int8':
      return view.getInt8(at);
    case 'int16':
      return view.getInt16(at, true);
    case 'float64':
      return view.getFloat64(at, true);
    case 'uint64':
      return view.getUint32(at + 4, true) * TWO_TO_32 + view.getUint32(at, true);
    case 'int64':
      return view.getInt32(at + 4, true) * TWO_TO_32 + view.getUint32(at, true);
    default:
      return NaN;
  }
}

/** The stored bits of a value of up to 32 bits, with the default XOR-ed in, as the number they stand for. */
function applyDefault(bits: number, { type, defaultBits }: FieldLayout): number {
  const value = bits ^ defaultBits;
  if (type.kind === 'float32') return floatOf(value);
  return type.kind === 'uint32' ? value >>> 0 : value;
}

/** The number that a field has in a struct whose writer did not know the field. */
function defaultNumber(field: FieldLayout): number {
  return field.defaultBits === 0 ? 0 : applyDefault(0, field);
}

/** Reads a number, enum or Bool (0 or 1) of a struct, or its default where the struct is too short. */
export function readFieldNumber(window: LogWindow, span: StructSpan, field: FieldLayout): number {
  const { type, slot, defaultBits } = field;
  if (slot + type.bits > span.dataBytes * 8) return defaultNumber(field);
  if (type.kind === 'bool') return readBit(window.bytes, span.data, slot) ^ defaultBits;
  const at = span.data + (slot >> 3);
  if (defaultBits === 0) return readNumber(window.view, at, type.kind);
  return applyDefault(readNumber(window.view, at, type.kind === 'float32' ? 'int32' : type.kind), field);
}

/** Reads a 64-bit integer of a struct; 0 where the struct is too short. */
export function readFieldBigInt(window: LogWindow, span: StructSpan, field: FieldLayout): bigint {
  if (field.slot + 64 > span.dataBytes * 8) return 0n;
  return readBigInt(window.view, span.data + (field.slot >> 3), field.type.kind);
}

/** Reads a 64-bit integer at byte `at`. */
export function readBigInt(view: DataView, at: number, kind: Kind): bigint {
  return kind === 'int64' ? view.getBigInt64(at, true) : view.getBigUint64(at, true);
}

/** Bit `index` counted from byte `at`, lowest bit of a byte first. */
export function readBit(bytes: Uint8Array, at: number, index: number): number {
  return (bytes[at + (index >> 3)]! >> (index & 7)) & 1;
}

/** Value of a union's tag: which member is active. */
export function readUnionTag(window: LogWindow, span: StructSpan, unionByte: number): number {
  return unionByte + 2 > span.dataBytes ? 0 : window.view.getUint16(span.data + unionByte, true);
}

/** Whether a field outside the pointer section holds its default. */
export function holdsDefault(window: LogWindow, span: StructSpan, field: FieldLayout): boolean {
  const { slot, type } = field;
  if (slot + type.bits > span.dataBytes * 8) return true;
  for (let bit = slot; bit < slot + type.bits; bit++) {
    if (readBit(window.bytes, span.data, bit) !== 0) return false;
  }
  return true;
}

function floatOf(bits: number): number {
  FLOAT_BITS.setInt32(0, bits);
  return FLOAT_BITS.getFloat32(0);
}
