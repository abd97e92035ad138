/**
 * A value as plain data: structs and groups as objects, lists as arrays or typed arrays, enums by name or number,
 * `Text` as string, `Data` as bytes, 64-bit integers as bigint or safe integer. `undefined` and `null` leave a field at
 * its default.
 */
export type PlainValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Exclude<ArrayBufferView, DataView>
  | readonly PlainValue[]
  | PlainObject;

/** A struct or group by field name. */
export interface PlainObject {
  readonly [field: string]: PlainValue | undefined;
}

const TEXT_ENCODER = new TextEncoder();

/** Returns the UTF-8 bytes of a Text with the closing NUL, which Cap'n Proto counts as part of it. */
export function encodeText(value: PlainValue, path: string): Uint8Array {
  if (typeof value === 'string') return TEXT_ENCODER.encode(`${value}\0`);
  throw new TypeError(`${path} takes a string, not ${describe(value)}`);
}

export function expectBytes(value: PlainValue, path: string): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`${path} takes a Uint8Array, not ${describe(value)}`);
}

export function expectBoolean(value: unknown, path: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new TypeError(`${path} takes true or false, not ${describe(value)}`);
}

export function expectList(value: PlainValue, path: string): ArrayLike<PlainValue> {
  if (Array.isArray(value)) return value as readonly PlainValue[];
  if (ArrayBuffer.isView(value)) return value as unknown as ArrayLike<PlainValue>;
  throw new TypeError(`${path} takes an array, not ${describe(value)}`);
}

export function expectObject(value: PlainValue, path: string): PlainObject {
  const isList = Array.isArray(value) || ArrayBuffer.isView(value);
  if (typeof value === 'object' && value !== null && !isList) return value as PlainObject;
  throw new TypeError(`${path} takes an object, not ${describe(value)}`);
}

/** A value as it reads in an error message. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'bigint' ? `${String(value)}n` : String(value);
}
