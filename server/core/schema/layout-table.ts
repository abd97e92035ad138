import type { Kind, ValueType } from './layout.ts';

/** A row that stands instead of, or behind, those of another table. */
export interface TableChanges {
  /** Lines of a row number, a space, and the row. */
  readonly structs: string;
  readonly enums: string;
}

/** A field as its row tells it: by its newest name, or by that of the fork. */
export interface FieldRow {
  readonly name: string;
  readonly ordinal: number;
  readonly discriminant: number;
  readonly type: ValueType;
  readonly slot: number;
  readonly defaultBits: number;
}

/** A struct as its row tells it. */
export interface StructRow {
  readonly name: string;
  readonly unionByte: number;
  readonly fields: readonly FieldRow[];
}

const PLAIN_TYPES: ReadonlyMap<string, ValueType> = new Map([
  ['v', plainType('void', 0)],
  ['b', plainType('bool', 1)],
  ['i1', plainType('int8', 8)],
  ['i2', plainType('int16', 16)],
  ['i4', plainType('int32', 32)],
  ['i8', plainType('int64', 64)],
  ['u1', plainType('uint8', 8)],
  ['u2', plainType('uint16', 16)],
  ['u4', plainType('uint32', 32)],
  ['u8', plainType('uint64', 64)],
  ['f4', plainType('float32', 32)],
  ['f8', plainType('float64', 64)],
  ['T', plainType('text', 0)],
  ['D', plainType('data', 0)],
]);

const NUMBERED_KINDS: Readonly<Record<string, { readonly kind: Kind; readonly bits: number }>> = {
  e: { kind: 'enum', bits: 16 },
  s: { kind: 'struct', bits: 0 },
  g: { kind: 'group', bits: 0 },
};

function plainType(kind: Kind, bits: number): ValueType {
  return { kind, bits, number: -1, element: undefined };
}

/**
 * Layouts as rows of text. A row is read only when its struct is asked for: most readers of a log need three of 260.
 *
 * ```
 * CarState.ButtonEvent 1 0;pressed 0 b 0;type 1 e12 16
 * │                    │ │ │       │ │ └ bit offset, or pointer index; behind it the default's bits, if any
 * │                    │ │ │       │ └ type: e enum, s struct, g group, L list of …; u4 = four unsigned bytes
 * │                    │ │ │       └ ordinal; `1:0` with the union tag of a member; - for a group
 * │                    │ │ └ field
 * │                    └─┴ words of data, pointers; behind them the byte of the union's tag, if any
 * └ struct
 * ```
 */
export class LayoutTable {
  readonly #structs: string[];
  readonly #enums: string[];

  constructor(structs: string, enums: string, changes?: TableChanges) {
    this.#structs = structs.split('\n');
    this.#enums = enums.split('\n');
    if (changes === undefined) return;
    applyChanges(this.#structs, changes.structs);
    applyChanges(this.#enums, changes.enums);
  }

  get structCount(): number {
    return this.#structs.length;
  }

  /** Number of the struct of a name; -1 when there is none. */
  findStruct(name: string): number {
    return this.#structs.findIndex((row) => row.startsWith(`${name} `));
  }

  readStruct(number: number): StructRow {
    const [head = '', ...fields] = (this.#structs[number] ?? '').split(';');
    const [name = '', , , unionByte = '-1'] = head.split(' ');
    return { name, unionByte: Number(unionByte), fields: fields.map(readField) };
  }

  /** Names of the enumerants; the index is the value on the wire. */
  readEnum(number: number): readonly string[] {
    return (this.#enums[number] ?? '').split(';').slice(1);
  }
}

function applyChanges(rows: string[], changes: string): void {
  for (const line of changes.split('\n')) {
    const space = line.indexOf(' ');
    if (space > 0) rows[Number(line.slice(0, space))] = line.slice(space + 1);
  }
}

function readField(text: string): FieldRow {
  const [name = '', place = '', type = '', slot = '0', defaultBits = '0'] = text.split(' ');
  const [ordinal = '', discriminant = '-1'] = place.split(':');
  return {
    name,
    ordinal: ordinal === '-' ? -1 : Number(ordinal),
    discriminant: Number(discriminant),
    type: readType(type),
    slot: Number(slot),
    defaultBits: Number(defaultBits),
  };
}

function readType(code: string): ValueType {
  const plain = PLAIN_TYPES.get(code);
  if (plain !== undefined) return plain;
  const head = code.slice(0, 1);
  if (head === 'L') return { kind: 'list', bits: 0, number: -1, element: readType(code.slice(1)) };
  const numbered = NUMBERED_KINDS[head];
  if (numbered === undefined) throw new Error(`Type ${code} in a layout row is not known`);
  return { ...numbered, number: Number(code.slice(1)), element: undefined };
}
