import { findNearestNames, offerNames } from '../../core/text/nearest-names.ts';
import type { FieldSource, SchemaSource, StructSource } from './schema-source.ts';
import { NUMBER_TYPES, parseValueType, type ValueType } from './value-type.ts';

/** Where and how one field of a struct is stored. */
export interface FieldLayout {
  readonly name: string;
  /** `undefined` for a group, whose fields lie in the struct itself. */
  readonly type: ValueType | undefined;
  readonly groupId: string | undefined;
  /** From the start of the data section, in bits; 0 for pointers and groups. */
  readonly bitOffset: number;
  readonly pointerIndex: number;
  /** Union tag that selects this field; `undefined` outside unions. */
  readonly discriminant: number | undefined;
  /** Bytes that the stored value is XOR-ed with; `undefined` when the default is zero. */
  readonly defaultMask: Uint8Array | undefined;
}

/** One struct or group, with its fields by name. */
export interface StructLayout {
  readonly name: string;
  readonly dataWords: number;
  readonly pointers: number;
  /** From the start of the data section, in bytes; `undefined` without a union. */
  readonly tagOffset: number | undefined;
  readonly fields: ReadonlyMap<string, FieldLayout>;
}

/** Looks structs and enums up by id and compiles a struct's layout when it is first asked for. */
export class StructLayouts {
  readonly #source: SchemaSource;
  readonly #compiled = new Map<string, StructLayout>();

  constructor(source: SchemaSource) {
    this.#source = source;
  }

  /** Layout of `Event`. */
  get root(): StructLayout {
    return this.layoutOf(this.#source.root);
  }

  layoutOf(id: string): StructLayout {
    const known = this.#compiled.get(id);
    if (known !== undefined) return known;
    const source = this.#source.structs[id];
    if (source === undefined) throw new Error(`The schema source has no struct ${id}`);
    const layout = compileStruct(source);
    this.#compiled.set(id, layout);
    return layout;
  }

  /** Values of an enum by name; `undefined` when `id` belongs to a struct. */
  enumValues(id: string): Readonly<Record<string, number>> | undefined {
    return this.#source.enums[id]?.values;
  }
}

/** @throws {Error} Naming the nearest field when there is none called `name`. */
export function findField(layout: StructLayout, name: string, path: string): FieldLayout {
  const field = layout.fields.get(name);
  if (field !== undefined) return field;
  throw new Error(`${path} has no field "${name}"${suggestName(name, layout.fields.keys())}`);
}

/** The second half of an error about an unknown name. */
export function suggestName(name: string, names: Iterable<string>): string {
  const nearest = findNearestNames(name, names);
  return nearest.length === 0 ? '' : `. ${offerNames(nearest)}`;
}

function compileStruct(source: StructSource): StructLayout {
  return {
    name: source.name,
    dataWords: source.dataWords,
    pointers: source.pointers,
    tagOffset: source.union?.discriminantByteOffset,
    fields: new Map(source.fields.map((field) => [field.name, compileField(field)])),
  };
}

function compileField(source: FieldSource): FieldLayout {
  const type = source.type === undefined ? undefined : parseValueType(source.type, source.typeIds ?? []);
  return {
    name: source.name,
    type,
    groupId: source.group,
    bitOffset: source.bitOffset ?? 0,
    pointerIndex: source.pointerIndex ?? 0,
    discriminant: source.discriminant,
    defaultMask: type === undefined ? undefined : compileDefaultMask(type, source.default),
  };
}

/** Only these kinds of field have defaults in openpilot's schema; a Bool keeps its mask in bit 0. */
function compileDefaultMask(type: ValueType, value: number | boolean | undefined): Uint8Array | undefined {
  if (value === undefined || Number(value) === 0) return undefined;
  if (type.kind === 'Bool') return Uint8Array.of(1);
  if (type.kind !== 'number') throw new Error(`Defaults of ${type.kind} fields are not supported`);
  const mask = new DataView(new ArrayBuffer(NUMBER_TYPES[type.name].bytes));
  if (type.name === 'Float32') mask.setFloat32(0, Number(value), true);
  else if (type.name === 'Int32') mask.setInt32(0, Number(value), true);
  else throw new Error(`Defaults of ${type.name} fields are not supported`);
  return new Uint8Array(mask.buffer);
}
