import type { PlainObject, PlainValue } from '../../server/adapters/capnp/plain-value.ts';
import type { FieldSource, SchemaSource, StructSource } from '../../server/adapters/capnp/schema-source.ts';
import { parseValueType, type ValueType } from '../../server/adapters/capnp/value-type.ts';
import type { SeededRandom } from '../../tools/sample-log/seeded-random.ts';

/** Structs nested deeper than this are left unset. */
const MAX_DEPTH = 6;

/** Makes values for any type of the log schema: every field is set, one member of each union, lists are short. */
export class RandomValues {
  readonly #schema: SchemaSource;
  readonly #random: SeededRandom;

  constructor(schema: SchemaSource, random: SeededRandom) {
    this.#schema = schema;
    this.#random = random;
  }

  /** The value of one member of the Event union. */
  makeServiceValue(service: string): PlainValue {
    const field = this.#schema.structs[this.#schema.root]?.fields.find(({ name }) => name === service);
    if (field?.type === undefined) throw new Error(`No service ${service}`);
    return this.#makeValue(parseValueType(field.type, field.typeIds ?? []), [], 0) ?? null;
  }

  #makeStruct(struct: StructSource, bindings: readonly ValueType[], depth: number): PlainObject {
    const members = struct.fields.filter(({ discriminant }) => discriminant !== undefined);
    const member = members.length > 0 ? members[this.#random.below(members.length)] : undefined;
    const fields = struct.fields.filter((field) => field.discriminant === undefined || field === member);
    const values = fields.map((field) => [field.name, this.#makeField(field, bindings, depth)] as const);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  }

  #makeField(field: FieldSource, bindings: readonly ValueType[], depth: number): PlainValue | undefined {
    const group = field.group === undefined ? undefined : this.#schema.structs[field.group];
    if (group !== undefined) return this.#makeStruct(group, bindings, depth);
    return this.#makeValue(parseValueType(field.type ?? 'Void', field.typeIds ?? []), bindings, depth);
  }

  #makeValue(type: ValueType, bindings: readonly ValueType[], depth: number): PlainValue | undefined {
    const random = this.#random;
    if (type.kind === 'Bool') return random.below(2) === 1;
    if (type.kind === 'Text') return `text ${random.below(1000)} ü`;
    if (type.kind === 'Data') return Uint8Array.from({ length: random.below(20) }, () => random.below(256));
    if (type.kind === 'number') return this.#makeNumber(type.name);
    if (type.kind === 'parameter') {
      const bound = bindings[type.index];
      return bound && this.#makeValue(bound, [], depth);
    }
    if (depth > MAX_DEPTH) return undefined;
    if (type.kind === 'list') {
      const elements = Array.from({ length: random.below(3) }, () =>
        this.#makeValue(type.element, bindings, depth + 1),
      );
      return elements.filter((element) => element !== undefined);
    }
    return type.kind === 'named' ? this.#makeNamed(type, bindings, depth) : undefined;
  }

  #makeNamed(type: ValueType & { kind: 'named' }, outer: readonly ValueType[], depth: number): PlainValue {
    const names = Object.keys(this.#schema.enums[type.id]?.values ?? {});
    const struct = this.#schema.structs[type.id];
    if (struct === undefined) return names[this.#random.below(names.length)] ?? 0;
    return this.#makeStruct(struct, type.parameters.length > 0 ? type.parameters : outer, depth + 1);
  }

  #makeNumber(name: (ValueType & { kind: 'number' })['name']): number | bigint {
    const bits = this.#random.bits();
    const wide = (BigInt(bits) << 32n) | BigInt(this.#random.bits());
    if (name === 'Float32') return Math.fround((bits - 2 ** 31) / 997);
    if (name === 'Float64') return (bits - 2 ** 31) / 997;
    if (name === 'Int64') return BigInt.asIntN(64, wide);
    if (name === 'UInt64') return wide;
    const width = Number(name.replace(/\D+/, ''));
    return name.startsWith('U') ? bits >>> (32 - width) : (bits | 0) >> (32 - width);
  }
}
