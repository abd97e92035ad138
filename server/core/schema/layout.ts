/** How a number is stored. */
export type NumberKind =
  'int8' | 'int16' | 'int32' | 'uint8' | 'uint16' | 'uint32' | 'float32' | 'float64' | 'int64' | 'uint64';

/** How a value is stored. A group has no storage of its own: its fields lie in the struct that contains it. */
export type Kind = NumberKind | 'void' | 'bool' | 'enum' | 'text' | 'data' | 'struct' | 'list' | 'group';

/** Type of a field or of a list's elements. */
export interface ValueType {
  readonly kind: Kind;
  /** Width of the value in the data section; 0 for pointers, groups and Void. */
  readonly bits: number;
  /** Which struct (for `struct` and `group`) or enum, as the schema numbers them; else -1. */
  readonly number: number;
  /** Type of a list's elements. */
  readonly element: ValueType | undefined;
}

/** Where a field lies and how it is called. */
export interface FieldLayout {
  readonly name: string;
  /** The number behind `@` in the schema source, for good; -1 for a group. */
  readonly ordinal: number;
  /** Value of the union tag that makes this member the active one; -1 for a field outside the union. */
  readonly discriminant: number;
  readonly type: ValueType;
  /** Offset in bits from the start of the data section, or index into the pointer section, by `type.kind`. */
  readonly slot: number;
  /** Bits of the default, XOR-ed with what is stored. */
  readonly defaultBits: number;
  /** Whether the schema's release did not know the field yet: shown only where it holds something. */
  readonly isNewer: boolean;
}

/** A struct or group. */
export interface StructLayout {
  /** Name in the schema source with the structs around it, such as `CarState.WheelSpeeds`. */
  readonly name: string;
  /** Byte of the union's tag (u16) in the data section; -1 without a union. */
  readonly unionByte: number;
  /** All fields, in the order of the schema source. */
  readonly fields: readonly FieldLayout[];
  /** Fields outside the union. */
  readonly common: readonly FieldLayout[];
  /** Member `i` is active when the union's tag is `i`. */
  readonly members: readonly (FieldLayout | undefined)[];
}

/** What tells a struct's fields apart from each other once its names are settled. */
export interface StructParts {
  readonly name: string;
  readonly unionByte: number;
  readonly fields: readonly FieldLayout[];
}

/** Sorts a struct's fields by how they are reached. */
export function createStructLayout({ name, unionByte, fields }: StructParts): StructLayout {
  const members: (FieldLayout | undefined)[] = [];
  for (const field of fields) {
    if (field.discriminant < 0) continue;
    while (members.length <= field.discriminant) members.push(undefined);
    members[field.discriminant] = field;
  }
  return { name, unionByte, fields, common: fields.filter((field) => field.discriminant < 0), members };
}

/** Whether values of this kind lie behind a pointer. */
export function isPointerKind(kind: Kind): boolean {
  return kind === 'struct' || kind === 'list' || kind === 'text' || kind === 'data';
}
