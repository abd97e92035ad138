import type { SourceEnum, SourceField, SourceSchema, SourceStruct } from './schema-source.ts';

const PLAIN_TYPES: Readonly<Record<string, string>> = {
  Void: 'v',
  Bool: 'b',
  Int8: 'i1',
  Int16: 'i2',
  Int32: 'i4',
  Int64: 'i8',
  UInt8: 'u1',
  UInt16: 'u2',
  UInt32: 'u4',
  UInt64: 'u8',
  Float32: 'f4',
  Float64: 'f8',
  Text: 'T',
  Data: 'D',
};

/** The rows of one schema by number; a row's number is how other rows name it. */
export interface SchemaRows {
  readonly structs: readonly string[];
  readonly enums: readonly string[];
}

/**
 * Gives structs and enums their numbers. Forks go on where mainline ended, so that a row which is the same in both
 * has the same number and the same text.
 */
export class RowNumbers {
  readonly structs = new Map<string, number>();
  readonly enums = new Map<string, number>();

  static copyOf(other: RowNumbers): RowNumbers {
    const copy = new RowNumbers();
    for (const [key, number] of other.structs) copy.structs.set(key, number);
    for (const [key, number] of other.enums) copy.enums.set(key, number);
    return copy;
  }
}

/**
 * Writes every struct and enum of a schema as a row of text; `server/core/schema/layout-table.ts` reads them and says
 * what they mean. Generic structs become one row for each binding in use.
 */
export function encodeSchema(schema: SourceSchema, numbers: RowNumbers): SchemaRows {
  return new SchemaEncoder(schema, numbers).encode();
}

class SchemaEncoder {
  readonly #schema: SourceSchema;
  readonly #numbers: RowNumbers;
  readonly #rows: string[] = [];
  readonly #encodedKeys = new Set<string>();

  constructor(schema: SourceSchema, numbers: RowNumbers) {
    this.#schema = schema;
    this.#numbers = numbers;
  }

  encode(): SchemaRows {
    const structIds = Object.keys(this.#schema.structs).filter((id) => !this.#isGeneric(id));
    for (const id of structIds) numberOf(this.#numbers.structs, id);
    const enums: string[] = [];
    for (const [id, each] of Object.entries(this.#schema.enums)) {
      enums[numberOf(this.#numbers.enums, id)] = encodeEnum(each);
    }
    for (const id of structIds) this.#encodeStruct(id, []);
    return { structs: this.#rows, enums };
  }

  /** Encodes a struct, with the types that its generic parameters are bound to, and returns its number. */
  #encodeStruct(id: string, binding: readonly string[]): number {
    const key = binding.length > 0 ? `${id}<${binding.join(',')}>` : id;
    const number = numberOf(this.#numbers.structs, key);
    if (this.#encodedKeys.has(key)) return number;
    this.#encodedKeys.add(key);
    const struct = this.#struct(id);
    const size = `${String(struct.dataWords)} ${String(struct.pointers)}`;
    const union = struct.union === undefined ? '' : ` ${String(struct.union.discriminantByteOffset)}`;
    const inCodeOrder = [...struct.fields].sort((a, b) => a.codeOrder - b.codeOrder);
    const fields = inCodeOrder.map((field) => this.#encodeField(field, binding));
    this.#rows[number] = [`${struct.name} ${size}${union}`, ...fields].join(';');
    return number;
  }

  #encodeField(field: SourceField, binding: readonly string[]): string {
    const discriminant = field.discriminant === undefined ? '' : `:${String(field.discriminant)}`;
    if (field.group !== undefined) {
      return `${field.name} -${discriminant} g${String(this.#encodeStruct(field.group, binding))}`;
    }
    const ordinal = `${String(field.ordinal)}${discriminant}`;
    const type = this.#encodeType(field.type ?? '', [...(field.typeIds ?? [])], binding);
    const slot = String(field.bitOffset ?? field.pointerIndex ?? 0);
    const bits = defaultBits(field);
    return `${field.name} ${ordinal} ${type} ${slot}${bits === 0 ? '' : ` ${String(bits)}`}`;
  }

  #encodeType(type: string, ids: string[], binding: readonly string[]): string {
    const list = /^List\((.*)\)$/.exec(type);
    if (list !== null) return `L${this.#encodeType(list[1] ?? '', ids, binding)}`;
    const parameter = /^\$(\d+)$/.exec(type);
    if (parameter !== null) return binding[Number(parameter[1])] ?? fail(`unbound ${type}`);
    const plain = PLAIN_TYPES[type];
    if (plain !== undefined) return plain;
    const id = ids.shift() ?? fail(`no id for type ${type}`);
    if (id in this.#schema.enums) return `e${String(numberOf(this.#numbers.enums, id))}`;
    const bound = /\((.*)\)$/.exec(type)?.[1]?.split(',') ?? [];
    const innerBinding = bound.map((argument) => this.#encodeType(argument, ids, binding));
    if (innerBinding.length > 0) return `s${String(this.#encodeStruct(id, innerBinding))}`;
    return `s${String(this.#encodeStruct(id, this.#isGeneric(id) ? binding : []))}`;
  }

  /** A struct inside a generic struct is bound with it. */
  #isGeneric(id: string): boolean {
    const { typeParameters, parent } = this.#struct(id);
    return typeParameters !== undefined || (parent !== null && this.#isGeneric(parent));
  }

  #struct(id: string): SourceStruct {
    return this.#schema.structs[id] ?? fail(`no struct ${id}`);
  }
}

function numberOf(numbers: Map<string, number>, key: string): number {
  const number = numbers.get(key) ?? numbers.size;
  numbers.set(key, number);
  return number;
}

function encodeEnum({ name, values }: SourceEnum): string {
  const names: string[] = [];
  for (const [enumerant, value] of Object.entries(values)) names[value] = enumerant;
  if (names.includes('') || names.length !== Object.keys(values).length) fail(`enum ${name} has gaps`);
  return [name, ...names].join(';');
}

/** The default as it is XOR-ed with the stored bits; mainline and forks have none wider than 32 bits. */
function defaultBits(field: SourceField): number {
  const value = field.default ?? 0;
  if (value === false || value === 0) return 0;
  if (value === true) return 1;
  if (field.type === 'Int32') return value >>> 0;
  if (field.type === 'Float32') return new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0;
  return fail(`default of ${field.name}: ${String(value)}`);
}

function fail(reason: string): never {
  throw new Error(`Schema source not understood: ${reason}`);
}
