import { ListElementSize } from 'capnp-es';
import type { MessageArena, Place } from './message-arena.ts';
import { type NamedPlace, writeNumber } from './number-writer.ts';
import {
  encodeText,
  expectBoolean,
  expectBytes,
  expectList,
  expectObject,
  type PlainObject,
  type PlainValue,
} from './plain-value.ts';
import {
  findField,
  type FieldLayout,
  type StructLayout,
  type StructLayouts,
  suggestName,
} from './struct-layout.ts';
import { NUMBER_TYPES, type ValueType } from './value-type.ts';

/** Element size of Cap'n Proto lists by bytes of a number. */
const NUMBER_ELEMENT_SIZE = {
  1: ListElementSize.BYTE,
  2: ListElementSize.BYTE_2,
  4: ListElementSize.BYTE_4,
  8: ListElementSize.BYTE_8,
} as const;

const WORD_BYTES = 8;

/** A struct being written: its layout, its place and what its type parameters stand for. */
interface StructTarget {
  readonly layout: StructLayout;
  readonly data: Place;
  readonly bindings: readonly ValueType[];
  /** Names the struct in errors, `carState.wheelSpeeds`. */
  readonly path: string;
}

/** A pointer being set: its type, its place, the bindings around it, its name in errors. */
interface PointerTarget {
  readonly type: ValueType;
  readonly at: Place;
  readonly bindings: readonly ValueType[];
  readonly path: string;
}

/** Writes the structs of one message. */
export class StructWriter {
  readonly #layouts: StructLayouts;
  readonly #arena: MessageArena;

  constructor(layouts: StructLayouts, arena: MessageArena) {
    this.#layouts = layouts;
    this.#arena = arena;
  }

  /** @param service The one member of the union that `event` has; paths in errors begin with it. */
  write(event: PlainObject, service: string): Uint8Array {
    const layout = this.#layouts.root;
    const data = this.#arena.initStruct(this.#arena.root, layout);
    const target: StructTarget = { layout, data, bindings: [], path: '' };
    for (const name of ['logMonoTime', 'valid', service]) this.#writeField(target, name, event[name]);
    return this.#arena.copyBytes();
  }

  #writeStruct(target: StructTarget, value: PlainValue): void {
    const object = expectObject(value, target.path);
    let selected: string | undefined;
    for (const name of Object.keys(object)) {
      const isMember = this.#writeField(target, name, object[name]);
      if (isMember && selected !== undefined) {
        throw new Error(`${target.path} sets two members of one union: "${selected}" and "${name}"`);
      }
      if (isMember) selected = name;
    }
  }

  /** Returns whether the field was written as a member of the struct's union. */
  #writeField(target: StructTarget, name: string, value: PlainValue | undefined): boolean {
    const field = findField(target.layout, name, target.path);
    const path = target.path === '' ? name : `${target.path}.${name}`;
    if (value === undefined || value === null) return false;
    this.#writeValue({ ...target, path }, field, value);
    if (field.discriminant === undefined || target.layout.tagOffset === undefined) return false;
    target.data.segment.setUint16(target.data.offset + target.layout.tagOffset, field.discriminant);
    return true;
  }

  #writeValue(target: StructTarget, field: FieldLayout, value: PlainValue): void {
    if (field.groupId !== undefined) {
      this.#writeStruct({ ...target, layout: this.#layouts.layoutOf(field.groupId) }, value);
    } else if (field.type !== undefined) {
      if (this.#isPointer(field.type)) this.#writePointerField(target, field, value);
      else this.#writeDataField(target, field, value);
    }
  }

  #isPointer(type: ValueType): boolean {
    if (type.kind === 'named') return this.#layouts.enumValues(type.id) === undefined;
    return type.kind === 'Text' || type.kind === 'Data' || type.kind === 'list' || type.kind === 'parameter';
  }

  #writeDataField(target: StructTarget, field: FieldLayout, value: PlainValue): void {
    const { segment, offset } = target.data;
    const place = { segment, offset: offset + (field.bitOffset >> 3), path: target.path };
    if (field.type?.kind === 'Bool') {
      const isSet = expectBoolean(value, target.path) !== (field.defaultMask !== undefined);
      writeBit(place, field.bitOffset & 7, isSet);
      return;
    }
    if (field.type === undefined) return;
    this.#writeNumeric(place, field.type, value);
    field.defaultMask?.forEach((mask, index) => {
      place.segment.setUint8(place.offset + index, place.segment.getUint8(place.offset + index) ^ mask);
    });
  }

  #writeNumeric(place: NamedPlace, type: ValueType, value: unknown): void {
    if (type.kind === 'number') writeNumber(place, type.name, value);
    else if (type.kind === 'named')
      writeNumber(place, 'UInt16', this.#toEnumerant(type.id, value, place.path));
    else throw new Error(`${place.path} is not numeric`);
  }

  /** A number passes as it is, so that enumerants newer than the schema can be written. */
  #toEnumerant(id: string, value: unknown, path: string): unknown {
    if (typeof value !== 'string') return value;
    const values = this.#layouts.enumValues(id) ?? {};
    if (Object.hasOwn(values, value)) return values[value];
    throw new Error(`${path} has no value "${value}"${suggestName(value, Object.keys(values))}`);
  }

  #writePointerField(target: StructTarget, field: FieldLayout, value: PlainValue): void {
    const { segment, offset } = target.data;
    const at = { segment, offset: offset + (target.layout.dataWords + field.pointerIndex) * WORD_BYTES };
    if (field.type === undefined) return;
    this.#writePointer({ type: field.type, at, bindings: target.bindings, path: target.path }, value);
  }

  #writePointer(target: PointerTarget, value: PlainValue): void {
    const { type, at, path } = target;
    if (type.kind === 'Text') this.#writeBytes(at, encodeText(value, path));
    else if (type.kind === 'Data') this.#writeBytes(at, expectBytes(value, path));
    else if (type.kind === 'list')
      this.#writeList({ ...target, type: type.element }, expectList(value, path));
    else if (type.kind === 'parameter') this.#writePointer(bindParameter(target, type.index), value);
    else if (type.kind === 'named') {
      const layout = this.#layouts.layoutOf(type.id);
      const bindings = type.parameters.length > 0 ? type.parameters : target.bindings;
      this.#writeStruct({ layout, data: this.#arena.initStruct(at, layout), bindings, path }, value);
    } else throw new Error(`${path} is not stored behind a pointer`);
  }

  #writeBytes(at: Place, bytes: Uint8Array): void {
    const extent = { length: bytes.length, byteLength: bytes.length };
    const { segment, offset } = this.#arena.initList(at, ListElementSize.BYTE, extent);
    new Uint8Array(segment.buffer, offset, bytes.length).set(bytes);
  }

  /** @param target Its type is that of the elements. */
  #writeList(target: PointerTarget, values: ArrayLike<PlainValue>): void {
    if (target.type.kind === 'Bool') this.#writeBitList(target, values);
    else if (!this.#isPointer(target.type)) this.#writeNumberList(target, values);
    else if (target.type.kind === 'named') this.#writeStructList(target, target.type.id, values);
    else this.#writePointerList(target, values);
  }

  #writeBitList({ at, path }: PointerTarget, values: ArrayLike<PlainValue>): void {
    const extent = { length: values.length, byteLength: Math.ceil(values.length / 8) };
    const { segment, offset } = this.#arena.initList(at, ListElementSize.BIT, extent);
    for (let i = 0; i < values.length; i++) {
      writeBit(
        { segment, offset: offset + (i >> 3) },
        i & 7,
        expectBoolean(values[i], `${path}[${String(i)}]`),
      );
    }
  }

  #writeNumberList({ type, at, path }: PointerTarget, values: ArrayLike<PlainValue>): void {
    const bytes = type.kind === 'number' ? NUMBER_TYPES[type.name].bytes : 2;
    const extent = { length: values.length, byteLength: values.length * bytes };
    const { segment, offset } = this.#arena.initList(at, NUMBER_ELEMENT_SIZE[bytes], extent);
    for (let i = 0; i < values.length; i++) {
      this.#writeNumeric(
        { segment, offset: offset + i * bytes, path: `${path}[${String(i)}]` },
        type,
        values[i],
      );
    }
  }

  #writeStructList({ at, bindings, path }: PointerTarget, id: string, values: ArrayLike<PlainValue>): void {
    const layout = this.#layouts.layoutOf(id);
    const { segment, offset } = this.#arena.initStructList(at, layout, values.length);
    const stride = (layout.dataWords + layout.pointers) * WORD_BYTES;
    for (let i = 0; i < values.length; i++) {
      const data = { segment, offset: offset + i * stride };
      this.#writeStruct({ layout, data, bindings, path: `${path}[${String(i)}]` }, values[i] ?? null);
    }
  }

  #writePointerList(target: PointerTarget, values: ArrayLike<PlainValue>): void {
    const extent = { length: values.length, byteLength: values.length * WORD_BYTES };
    const { segment, offset } = this.#arena.initList(target.at, ListElementSize.POINTER, extent);
    for (let i = 0; i < values.length; i++) {
      const at = { segment, offset: offset + i * WORD_BYTES };
      const value = values[i] ?? null;
      if (value !== null) this.#writePointer({ ...target, at, path: `${target.path}[${String(i)}]` }, value);
    }
  }
}

function bindParameter(target: PointerTarget, index: number): PointerTarget {
  const type = target.bindings[index];
  if (type === undefined) throw new Error(`${target.path} has an unbound type parameter $${String(index)}`);
  return { ...target, type };
}

function writeBit({ segment, offset }: Place, bit: number, isSet: boolean): void {
  const others = segment.getUint8(offset) & ~(1 << bit);
  segment.setUint8(offset, isSet ? others | (1 << bit) : others);
}
