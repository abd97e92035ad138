import type { LogWindow } from '../rlog/log-window.ts';
import {
  createListSpan,
  createStructSpan,
  type ListSpan,
  type MessageView,
  NULL,
  OK,
  type StructSpan,
} from '../rlog/message-view.ts';
import { type FieldLayout, isPointerKind, type StructLayout, type ValueType } from './layout.ts';
import {
  BYTES,
  elementStart,
  hasElements,
  readListBigInts,
  readListBools,
  readListNumbers,
  setToElement,
} from './list-values.ts';
import type { LogSchema } from './log-schema.ts';
import { decodeText } from './stored-text.ts';
import { holdsDefault, readFieldBigInt, readFieldNumber, readUnionTag } from './stored-value.ts';

/** A decoded value. 64-bit integers are bigints, enums names (numbers where unknown), Data bytes of its own. */
export type LogValue =
  number | bigint | boolean | string | null | Uint8Array | readonly LogValue[] | LogObject;

/** A decoded struct, keyed by the schema's names. */
export interface LogObject {
  readonly [name: string]: LogValue;
}

/** How much of an event is decoded. */
export interface EventObjectOptions {
  /** What becomes of members whose pointer is not set. Default `omit`. */
  readonly unset?: 'omit' | 'null';
  /** Most values that are decoded. Default 1,048,576: several times what the largest honest event holds. */
  readonly maxValues?: number;
}

/** An event as a plain object, with what was wrong with it. */
export interface EventObject {
  /**
   * `logMonoTime`, `valid` and the active member under its service's name. A union whose active member the schema does
   * not know has `$unknownUnionMember: true` and its tag as `which`.
   */
  readonly event: LogObject;
  /** Pointers that lead nowhere, or to what the schema does not expect; their members are null. */
  readonly badPointers: number;
  /** Whether the event asked for more work than an event may cost: what was left is missing, or null. */
  readonly truncated: boolean;
}

const MAX_VALUES = 1 << 20;
/** An honest message has every word read at most once; the allowance pays for lists whose elements have no size. */
const ALLOWANCE_WORDS = 1 << 10;
/** As libcapnp has it: structs and lists inside each other. */
const MAX_DEPTH = 64;

/** Decodes the event in the message that `view` was opened on. */
export function readEventObject(
  view: MessageView,
  schema: LogSchema,
  options: EventObjectOptions = {},
): EventObject {
  return new EventDecoder(view, schema, options).decode();
}

type MutableObject = Record<string, LogValue>;

/** One decoding: the spans of the structs and lists that it is inside of, and what is left of its budget. */
class EventDecoder {
  readonly #view: MessageView;
  readonly #window: LogWindow;
  readonly #schema: LogSchema;
  readonly #keepsUnset: boolean;
  readonly #structs: StructSpan[] = [];
  readonly #lists: ListSpan[] = [];
  #depth = 0;
  #valuesLeft: number;
  #badPointers = 0;

  constructor(
    view: MessageView,
    schema: LogSchema,
    { unset = 'omit', maxValues = MAX_VALUES }: EventObjectOptions,
  ) {
    this.#view = view;
    this.#window = view.window;
    this.#schema = schema;
    this.#keepsUnset = unset === 'null';
    this.#valuesLeft = maxValues;
  }

  decode(): EventObject {
    const view = this.#view;
    const messageWords = (view.segmentStart(view.segmentCount) - view.segmentStart(0)) / 8;
    view.budgetWords = Math.min(view.budgetWords, 2 * messageWords + ALLOWANCE_WORDS);
    const root = this.#structSpan();
    const isFound = view.followRoot(root) === OK;
    const event = isFound ? this.#readStruct(this.#schema.event, root) : {};
    const truncated = view.budgetWords < 0 || this.#valuesLeft < 0;
    return { event, badPointers: isFound ? this.#badPointers : 1, truncated };
  }

  #readStruct(layout: StructLayout, span: StructSpan): LogObject {
    const object: MutableObject = {};
    const { common, members, unionByte } = layout;
    this.#valuesLeft -= common.length + 1;
    if (this.#valuesLeft < 0) return object;
    for (let i = 0; i < common.length; i++) this.#addField(object, common[i]!, span);
    if (unionByte < 0) return object;
    const tag = readUnionTag(this.#window, span, unionByte);
    const member = members[tag];
    if (member !== undefined) {
      this.#addField(object, member, span);
    } else {
      object['$unknownUnionMember'] = true;
      object['which'] = tag;
    }
    return object;
  }

  #addField(object: MutableObject, field: FieldLayout, span: StructSpan): void {
    const { kind } = field.type;
    if (isPointerKind(kind)) {
      this.#addPointer(object, field, span);
    } else if (kind === 'group') {
      const group = this.#readStruct(this.#schema.struct(field.type.number), span);
      if (!field.isNewer || Object.keys(group).length > 0) object[field.name] = group;
    } else if (!field.isNewer || !holdsDefault(this.#window, span, field)) {
      object[field.name] = this.#readStored(field, span);
    }
  }

  #addPointer(object: MutableObject, field: FieldLayout, span: StructSpan): void {
    const isThere = field.slot < span.pointerCount;
    const at = span.pointers + field.slot * 8;
    const value = isThere ? this.#readPointer(field.type, span.segment, at) : undefined;
    if (value !== undefined) object[field.name] = value;
    else if (this.#keepsUnset && !field.isNewer) object[field.name] = null;
  }

  #readStored(field: FieldLayout, span: StructSpan): LogValue {
    const { kind, number } = field.type;
    if (kind === 'void') return null;
    if (kind === 'int64' || kind === 'uint64') return readFieldBigInt(this.#window, span, field);
    const value = readFieldNumber(this.#window, span, field);
    if (kind === 'bool') return value !== 0;
    if (kind === 'enum') return this.#schema.enumNames(number)[value] ?? value;
    return value;
  }

  /** What the pointer leads to; undefined when it is not set, null when it cannot be followed. */
  #readPointer(type: ValueType, segment: number, at: number): LogValue | undefined {
    if (this.#depth >= MAX_DEPTH) return this.#countBad();
    this.#depth++;
    const value =
      type.kind === 'struct' ? this.#followStruct(type, segment, at) : this.#followList(type, segment, at);
    this.#depth--;
    return value;
  }

  #followStruct(type: ValueType, segment: number, at: number): LogValue | undefined {
    const span = this.#structSpan();
    const found = this.#view.followStruct(segment, at, span);
    if (found === NULL) return undefined;
    return found === OK ? this.#readStruct(this.#schema.struct(type.number), span) : this.#countBad();
  }

  #followList(type: ValueType, segment: number, at: number): LogValue | undefined {
    const list = this.#listSpan();
    const found = this.#view.followList(segment, at, list);
    if (found === NULL) return undefined;
    if (found !== OK) return this.#countBad();
    if (type.element !== undefined) return this.#readList(type.element, list);
    if (list.elementSize !== BYTES) return this.#countBad();
    const { bytes } = this.#window;
    if (type.kind === 'data') return bytes.slice(list.start, list.start + list.length);
    return decodeText(bytes, list.start, list.length);
  }

  #readList(element: ValueType, list: ListSpan): LogValue {
    if (!hasElements(list, element)) return this.#countBad();
    this.#valuesLeft -= list.length;
    if (this.#valuesLeft < 0) return null;
    switch (element.kind) {
      case 'struct':
        return this.#readStructs(this.#schema.struct(element.number), list);
      case 'text':
      case 'data':
      case 'list':
        return this.#readPointers(element, list);
      case 'void':
        return new Array<LogValue>(list.length).fill(null);
      case 'bool':
        return readListBools(this.#window, list);
      case 'int64':
      case 'uint64':
        return readListBigInts(this.#window, list, element.kind);
      case 'enum': {
        const names = this.#schema.enumNames(element.number);
        return readListNumbers(this.#window, list, 'enum').map((value) => names[value] ?? value);
      }
      default:
        return readListNumbers(this.#window, list, element.kind);
    }
  }

  #readStructs(layout: StructLayout, list: ListSpan): LogValue {
    const span = this.#structSpan();
    const objects: LogObject[] = [];
    for (let i = 0; i < list.length && this.#valuesLeft >= 0; i++) {
      setToElement(span, list, i);
      objects.push(this.#readStruct(layout, span));
    }
    return objects;
  }

  #readPointers(element: ValueType, list: ListSpan): LogValue {
    const values: LogValue[] = [];
    for (let i = 0; i < list.length; i++) {
      const at = elementStart(list, i) + list.dataBytes;
      values.push(this.#readPointer(element, list.segment, at) ?? null);
    }
    return values;
  }

  /** Running out of budget looks like a bad pointer, but is told by `truncated`. */
  #countBad(): null {
    if (this.#view.budgetWords >= 0) this.#badPointers++;
    return null;
  }

  /** Scratch of this depth: in use until the struct is read. */
  #structSpan(): StructSpan {
    return (this.#structs[this.#depth] ??= createStructSpan());
  }

  #listSpan(): ListSpan {
    return (this.#lists[this.#depth] ??= createListSpan());
  }
}
