import type { LogWindow } from '../rlog/log-window.ts';
import {
  BAD,
  createListSpan,
  createStructSpan,
  type ListSpan,
  type MessageView,
  NULL,
  OK,
  type StructSpan,
} from '../rlog/message-view.ts';
import { type FieldLayout, isPointerKind, type Kind, type StructLayout, type ValueType } from './layout.ts';
import { BYTES, elementStart, hasElements, setToElement } from './list-values.ts';
import type { LogSchema } from './log-schema.ts';
import { decodeText } from './stored-text.ts';
import {
  holdsDefault,
  readBigInt,
  readBit,
  readFieldBigInt,
  readFieldNumber,
  readNumber,
  readUnionTag,
} from './stored-value.ts';

/** An honest message has every word read at most once; the allowance pays for lists whose elements have no size. */
const ALLOWANCE_WORDS = 1 << 10;
/** As libcapnp has it: structs and lists inside each other. */
const MAX_DEPTH = 64;

/** Where a walk stands. Overwritten when it goes on. */
export interface WalkedField {
  /** Of a field; `[3]` for an element of a list. */
  readonly name: string;
  /** 0 for the fields of the event's content. */
  readonly depth: number;
  readonly type: ValueType;
  /** Whether it is an element of a list. */
  readonly isElement: boolean;
  /** Whether a pointer is set and can be followed; always true of other values. */
  readonly state: 'set' | 'unset' | 'bad';
  /** Of numbers, enums (their values) and Bools; 64-bit integers rounded. NaN for all others. */
  readonly value: number;
  /** Of 64-bit integers. */
  readonly big: bigint;
  /** Elements of a list, bytes of Text (its NUL included) and Data. */
  readonly length: number;
}

/** Told of fields one by one, children behind their parent. */
export interface FieldVisitor {
  /** Returns whether the children are wanted. */
  visit(field: WalkedField, walk: EventWalk): boolean;
}

/**
 * Walks the fields of events in the order of the schema, in place: nothing is made of what nobody asks for. One walk
 * serves any number of events. Nothing in them is believed; see `MessageView`.
 */
export class EventWalk implements WalkedField {
  name = '';
  depth = 0;
  type: ValueType;
  isElement = false;
  state: 'set' | 'unset' | 'bad' = 'set';
  value = NaN;
  big = 0n;
  length = 0;
  /** Set by a visitor that has seen enough. */
  isDone = false;
  /** Whether pointers of the event lead nowhere, or it asks for more than an event may cost. */
  isDamaged = false;

  readonly #schema: LogSchema;
  readonly #structs: StructSpan[] = [];
  readonly #lists: ListSpan[] = [];
  #view: MessageView | undefined;
  #window: LogWindow | undefined;
  #bytesAt = 0;
  #visitor: FieldVisitor = { visit: () => false };

  constructor(schema: LogSchema) {
    this.#schema = schema;
    this.type = { kind: 'void', bits: 0, number: -1, element: undefined };
  }

  /**
   * Walks the content of the event in the message that `view` was opened on.
   *
   * @returns False where its content cannot be read, or is of a kind that the schema does not know.
   */
  walk(view: MessageView, tag: number, visitor: FieldVisitor): boolean {
    this.#view = view;
    this.#window = view.window;
    this.#visitor = visitor;
    this.isDone = this.isDamaged = false;
    const messageWords = (view.segmentStart(view.segmentCount) - view.segmentStart(0)) / 8;
    view.budgetWords = Math.min(view.budgetWords, 2 * messageWords + ALLOWANCE_WORDS);
    const root = this.#structSpan(0);
    const type = this.#schema.serviceOf(tag)?.field.type;
    if (type === undefined) return false;
    if (view.followRoot(root) !== OK) return !(this.isDamaged = true);
    this.depth = 0;
    return root.pointerCount === 0 || this.#walkContent(type, root);
  }

  /** The text at hand, at most so many bytes of it. */
  text(maxBytes = Infinity): string {
    if (this.state !== 'set' || this.#window === undefined) return '';
    return decodeText(this.#window.bytes, this.#bytesAt, Math.min(this.length, maxBytes));
  }

  /** The bytes at hand, of Data. Borrowed. */
  bytes(): Uint8Array {
    const end = this.#bytesAt + this.length;
    return this.#window?.bytes.subarray(this.#bytesAt, end) ?? new Uint8Array(0);
  }

  /** Name of the enum value at hand; its number where the schema does not know it. */
  enumName(): string {
    return this.#schema.enumNames(this.type.number)[this.value] ?? String(this.value);
  }

  #walkContent(type: ValueType, root: StructSpan): boolean {
    if (type.kind === 'struct') {
      const span = this.#structSpan(1);
      const found = this.#view?.followStruct(root.segment, root.pointers, span);
      this.isDamaged = found === BAD;
      if (found === OK) this.#walkStruct(this.#schema.struct(type.number), span);
      return found !== BAD;
    }
    if (!isPointerKind(type.kind)) return false;
    const { segment, pointers } = root;
    this.name = '';
    this.isElement = false;
    this.#visitPointer(type, segment, pointers);
    return true;
  }

  #walkStruct(layout: StructLayout, span: StructSpan): void {
    const { common, members, unionByte } = layout;
    for (let i = 0; i < common.length && !this.isDone; i++) this.#visitField(common[i]!, span);
    if (unionByte < 0 || this.isDone) return;
    const member = members[readUnionTag(this.#opened, span, unionByte)];
    if (member !== undefined) this.#visitField(member, span);
  }

  get #opened(): LogWindow {
    if (this.#window === undefined) throw new Error('no message is walked');
    return this.#window;
  }

  #visitField(field: FieldLayout, span: StructSpan): void {
    const { kind } = field.type;
    this.name = field.name;
    this.isElement = false;
    if (isPointerKind(kind)) {
      const isThere = field.slot < span.pointerCount;
      if (isThere)
        this.#visitPointer(field.type, span.segment, span.pointers + field.slot * 8, field.isNewer);
      else if (!field.isNewer) this.#tell(field.type, 'unset');
    } else if (kind === 'group') this.#visitGroup(field, span);
    else if (!field.isNewer || !holdsDefault(this.#opened, span, field)) this.#visitStored(field, span);
  }

  #visitGroup(field: FieldLayout, span: StructSpan): void {
    if (!this.#tell(field.type, 'set')) return;
    this.depth++;
    this.#walkStruct(this.#schema.struct(field.type.number), span);
    this.depth--;
  }

  #visitStored(field: FieldLayout, span: StructSpan): void {
    const { kind } = field.type;
    if (kind === 'int64' || kind === 'uint64') {
      this.big = readFieldBigInt(this.#opened, span, field);
      this.#tell(field.type, 'set', Number(this.big));
    } else this.#tell(field.type, 'set', kind === 'void' ? NaN : readFieldNumber(this.#opened, span, field));
  }

  #visitPointer(type: ValueType, segment: number, at: number, isNewer = false): void {
    const level = this.depth + 2;
    const list = this.#listSpan(level);
    const span = this.#structSpan(level);
    const found =
      this.depth >= MAX_DEPTH || this.#view === undefined
        ? undefined
        : type.kind === 'struct'
          ? this.#view.followStruct(segment, at, span)
          : this.#view.followList(segment, at, list);
    if (found === NULL && isNewer) return;
    const isWrong = found !== OK || !fits(type, list);
    if (isWrong && found !== NULL) this.isDamaged = true;
    this.#bytesAt = list.start;
    const length = type.kind === 'struct' || isWrong ? 0 : list.length;
    const state = found === NULL ? 'unset' : isWrong ? 'bad' : 'set';
    if (!this.#tell(type, state, NaN, length) || isWrong || this.isDone) return;
    this.depth++;
    if (type.kind === 'struct') this.#walkStruct(this.#schema.struct(type.number), span);
    else if (type.element !== undefined) this.#walkList(type.element, list);
    this.depth--;
  }

  #walkList(element: ValueType, list: ListSpan): void {
    const span = this.#structSpan(this.depth + 2);
    for (let i = 0; i < list.length && !this.isDone; i++) {
      this.name = `[${String(i)}]`;
      this.isElement = true;
      if (element.kind === 'struct') {
        if (!this.#tell(element, 'set')) continue;
        setToElement(span, list, i);
        this.depth++;
        this.#walkStruct(this.#schema.struct(element.number), span);
        this.depth--;
      } else if (isPointerKind(element.kind))
        this.#visitPointer(element, list.segment, elementStart(list, i) + list.dataBytes);
      else this.#tell(element, 'set', this.#readElement(element.kind, list, i));
    }
  }

  #readElement(kind: Kind, list: ListSpan, index: number): number {
    const { bytes, view } = this.#opened;
    if (kind === 'void') return NaN;
    if (kind === 'bool') return readBit(bytes, list.start, index);
    const at = elementStart(list, index);
    if (kind !== 'int64' && kind !== 'uint64') return readNumber(view, at, kind);
    this.big = readBigInt(view, at, kind);
    return Number(this.big);
  }

  #tell(type: ValueType, state: WalkedField['state'], value = NaN, length = 0): boolean {
    this.type = type;
    this.state = state;
    this.value = value;
    this.length = length;
    return this.#visitor.visit(this, this);
  }

  /** Scratch of a level: in use until its struct is walked. */
  #structSpan(level: number): StructSpan {
    return (this.#structs[level] ??= createStructSpan());
  }

  #listSpan(level: number): ListSpan {
    return (this.#lists[level] ??= createListSpan());
  }
}

/** Whether what a pointer led to can be read as its type. */
function fits(type: ValueType, list: ListSpan): boolean {
  if (type.kind === 'struct') return true;
  return type.element === undefined ? list.elementSize === BYTES : hasElements(list, type.element);
}
