import {
  createListSpan,
  createStructSpan,
  type ListSpan,
  type MessageView,
  OK,
  type StructSpan,
} from '../rlog/message-view.ts';
import type { FieldLayout } from './layout.ts';
import { BYTES } from './list-values.ts';
import type { LogSchema } from './log-schema.ts';
import { decodeText } from './stored-text.ts';
import { readFieldBigInt, readFieldNumber } from './stored-value.ts';

/**
 * Reads single fields of one kind of struct, whatever else the struct holds: initData may be 18 MB, of which a report
 * needs 200 bytes. Fields go by any name they ever had. What cannot be read has the value of an empty struct.
 */
export class StructReader {
  readonly #schema: LogSchema;
  readonly #number: number;
  readonly #fields = new Map<string, FieldLayout | undefined>();
  readonly #span = createStructSpan();
  readonly #inner = createStructSpan();
  readonly #list = createListSpan();
  #view: MessageView | undefined;

  /** @param structName Name of the struct in the newest schema. */
  constructor(schema: LogSchema, structName: string) {
    this.#schema = schema;
    this.#number = schema.findStruct(structName);
  }

  /** Turns to the content of the event in the message that `view` was opened on; false when there is none. */
  openContent(view: MessageView): boolean {
    this.#view = view;
    const span = this.#span;
    if (followContent(view, span)) return true;
    span.dataBytes = 0;
    span.pointerCount = 0;
    return false;
  }

  text(name: string): string {
    const list = this.#followList(this.#span, this.#field(name)?.slot);
    return list?.elementSize === BYTES && this.#view !== undefined
      ? decodeText(this.#view.window.bytes, list.start, list.length)
      : '';
  }

  number(name: string): number {
    const field = this.#field(name);
    if (this.#view === undefined || field === undefined) return 0;
    return readFieldNumber(this.#view.window, this.#span, field);
  }

  bigint(name: string): bigint {
    const field = this.#field(name);
    if (this.#view === undefined || field === undefined) return 0n;
    return readFieldBigInt(this.#view.window, this.#span, field);
  }

  /** Name of an enum's value, or its number where the schema does not know it. */
  enumName(name: string): string {
    const field = this.#field(name);
    const value = this.number(name);
    return (field && this.#schema.enumNames(field.type.number)[value]) ?? String(value);
  }

  /** Number of entries of a map: a struct whose only member is a list. */
  mapSize(name: string): number {
    const { segment, pointers, pointerCount } = this.#span;
    const slot = this.#field(name)?.slot ?? pointerCount;
    if (slot >= pointerCount || this.#view?.followStruct(segment, pointers + 8 * slot, this.#inner) !== OK)
      return 0;
    return this.#followList(this.#inner, 0)?.length ?? 0;
  }

  #followList({ segment, pointers, pointerCount }: StructSpan, slot = pointerCount): ListSpan | undefined {
    if (slot >= pointerCount || this.#view?.followList(segment, pointers + 8 * slot, this.#list) !== OK)
      return undefined;
    return this.#list;
  }

  /** Undefined in a fork that has no such field. */
  #field(name: string): FieldLayout | undefined {
    if (!this.#fields.has(name)) this.#fields.set(name, this.#schema.findField(this.#number, name)?.at(-1));
    return this.#fields.get(name);
  }
}

/** Finds the struct that an event carries. */
function followContent(view: MessageView, into: StructSpan): boolean {
  return (
    view.followRoot(into) === OK &&
    into.pointerCount > 0 &&
    view.followStruct(into.segment, into.pointers, into) === OK
  );
}

/** Reads the text that an event carries; undefined where its content is none. */
export function readContentText(view: MessageView): string | undefined {
  const root = createStructSpan();
  const list = createListSpan();
  if (view.followRoot(root) !== OK || root.pointerCount === 0) return undefined;
  if (view.followList(root.segment, root.pointers, list) !== OK || list.elementSize !== BYTES)
    return undefined;
  return decodeText(view.window.bytes, list.start, list.length);
}
