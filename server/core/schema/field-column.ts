import { type EventBatch, MULTI_SEGMENT, NOT_VALID } from '../rlog/event-batch.ts';
import { BAD, createListSpan, createStructSpan, MessageView, NULL, OK } from '../rlog/message-view.ts';
import type { FieldPath, PathEnd, PathStep } from './field-path.ts';
import { elementStart, hasElements, setToElement } from './list-values.ts';
import { readBit, readFieldNumber, readNumber, readUnionTag } from './stored-value.ts';

const FIRST_CAPACITY = 1024;

/**
 * One number of every event of a service: row `i` of both columns belongs to the same event. Grows as values are
 * appended; the columns are replaced then, so take them when all is read.
 */
export class FieldColumn {
  length = 0;
  /** NaN where the event has no such value: an index past the list's end, another member of a union. */
  value = new Float64Array(FIRST_CAPACITY);
  /** Nanoseconds since boot. */
  monoTime = new BigUint64Array(FIRST_CAPACITY);
  /** The same memory as `monoTime`, lower half first. */
  monoTimeWords = new Uint32Array(this.monoTime.buffer);
  /** Events whose value could not be reached because a pointer led nowhere; their values are NaN. */
  badPointers = 0;

  /** Makes room for `count` more rows. */
  reserve(count: number): void {
    if (this.length + count <= this.value.length) return;
    const capacity = Math.max(2 * this.value.length, this.length + count);
    const value = new Float64Array(capacity);
    const monoTime = new BigUint64Array(capacity);
    value.set(this.value);
    monoTime.set(this.monoTime);
    this.value = value;
    this.monoTime = monoTime;
    this.monoTimeWords = new Uint32Array(monoTime.buffer);
  }
}

/** Appends the value of every event of the path's service in `batch`, in file order. */
export function appendFieldValues(batch: EventBatch, path: FieldPath, into: FieldColumn): void {
  const reader = new FieldReader(batch, path);
  const { length, tag, monoTimeWords } = batch;
  let count = 0;
  for (let row = 0; row < length; row++) if (path.tag < 0 || tag[row] === path.tag) count++;
  into.reserve(count);
  for (let row = 0; row < length; row++) {
    if (path.tag >= 0 && tag[row] !== path.tag) continue;
    const to = into.length++;
    into.value[to] = reader.read(row);
    into.monoTimeWords[2 * to] = monoTimeWords[2 * row]!;
    into.monoTimeWords[2 * to + 1] = monoTimeWords[2 * row + 1]!;
  }
  into.badPointers += reader.badPointers;
}

/** Follows one path in the events of one batch; allocates nothing per event. */
class FieldReader {
  badPointers = 0;
  readonly #batch: EventBatch;
  readonly #steps: readonly PathStep[];
  readonly #end: PathEnd;
  readonly #view: MessageView;
  readonly #struct = createStructSpan();
  readonly #list = createListSpan();
  // The pointer at hand; 0 stands for one that is not set.
  #segment = 0;
  #pointerAt = 0;

  constructor(batch: EventBatch, { steps, end }: FieldPath) {
    this.#batch = batch;
    this.#steps = steps;
    this.#end = end;
    this.#view = new MessageView(batch.window);
  }

  read(row: number): number {
    const end = this.#end;
    if (end.kind === 'valid') return (this.#batch.flags[row]! & NOT_VALID) === 0 ? 1 : 0;
    if (end.kind === 'logMonoTime') {
      const { monoTimeWords } = this.#batch;
      return monoTimeWords[2 * row + 1]! * 2 ** 32 + monoTimeWords[2 * row]!;
    }
    if (!this.#openContent(row)) return this.#countBad();
    for (const step of this.#steps) {
      const taken = this.#take(step);
      if (taken !== OK) return taken === NULL ? NaN : this.#countBad();
    }
    return this.#readEnd(end);
  }

  /** Turns to the pointer that leads to the service's content. */
  #openContent(row: number): boolean {
    const { window, start, flags, pointer } = this.#batch;
    if (!this.#view.open(window, start[row]!)) return false;
    this.#segment = 0;
    this.#pointerAt = pointer[row]!;
    if ((flags[row]! & MULTI_SEGMENT) === 0) return true;
    const root = this.#struct;
    if (this.#view.followRoot(root) !== OK) return false;
    this.#segment = root.segment;
    this.#pointerAt = root.pointerCount > 0 ? root.pointers : 0;
    return true;
  }

  /** @returns OK, NULL when there is no such value, BAD when a pointer leads nowhere. */
  #take(step: PathStep): number {
    const struct = this.#struct;
    const list = this.#list;
    switch (step.kind) {
      case 'struct':
        return this.#followStruct();
      case 'pointer':
        this.#segment = struct.segment;
        this.#pointerAt = step.slot < struct.pointerCount ? struct.pointers + 8 * step.slot : 0;
        return OK;
      case 'member':
        return readUnionTag(this.#batch.window, struct, step.unionByte) === step.tag ? OK : NULL;
      case 'list':
        return this.#followList(step);
      case 'elementStruct':
        if (step.index >= list.length) return NULL;
        setToElement(struct, list, step.index);
        return OK;
      case 'elementPointer':
        if (step.index >= list.length) return NULL;
        this.#segment = list.segment;
        this.#pointerAt = elementStart(list, step.index) + list.dataBytes;
        return OK;
    }
  }

  #followStruct(): number {
    const found =
      this.#pointerAt === 0 ? NULL : this.#view.followStruct(this.#segment, this.#pointerAt, this.#struct);
    if (found !== NULL) return found;
    this.#struct.dataBytes = 0;
    this.#struct.pointerCount = 0;
    return OK;
  }

  #followList(step: PathStep & { readonly kind: 'list' }): number {
    const list = this.#list;
    const found = this.#pointerAt === 0 ? NULL : this.#view.followList(this.#segment, this.#pointerAt, list);
    if (found === OK && !hasElements(list, step.element)) return BAD;
    if (found !== NULL) return found;
    list.length = 0;
    return OK;
  }

  #readEnd(end: PathEnd): number {
    const { window } = this.#batch;
    const list = this.#list;
    if (end.kind === 'field') return readFieldNumber(window, this.#struct, end.field);
    if (end.kind === 'length') return list.length;
    if (end.kind !== 'element' || end.index >= list.length) return NaN;
    if (end.type.kind === 'bool') return readBit(window.bytes, list.start, end.index);
    return readNumber(window.view, elementStart(list, end.index), end.type.kind);
  }

  #countBad(): number {
    this.badPointers++;
    return NaN;
  }
}
