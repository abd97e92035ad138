import type { EventField } from '#protocol';
import type { MessageView } from '../rlog/message-view.ts';
import { EventWalk, type FieldVisitor, type WalkedField } from './event-walk.ts';
import { formatField, nameType } from './field-text.ts';
import type { Kind } from './layout.ts';
import type { LogSchema } from './log-schema.ts';

/** Fields that are listed. */
const MOST_FIELDS = 5000;
/** Fields that are counted one by one behind them. */
const MOST_COUNTED = 100_000;

/** The fields of an event, children behind their parent. */
export interface EventFields {
  readonly fields: readonly EventField[];
  /** Beyond those that are listed. */
  readonly omitted: number;
  /** Whether pointers lead nowhere, or the event asks for more than one may cost. */
  readonly isDamaged: boolean;
}

type Listed = { -readonly [Key in keyof EventField]: EventField[Key] };

/** Lists fields of events. */
export class EventFieldList implements FieldVisitor {
  readonly #schema: LogSchema;
  readonly #walk: EventWalk;
  readonly #paths: string[] = [];
  #fields: Listed[] = [];
  #omitted = 0;
  #before: ReadonlyMap<string, number> = new Map();
  #numbers = new Map<string, number>();

  constructor(schema: LogSchema) {
    this.#schema = schema;
    this.#walk = new EventWalk(schema);
  }

  /**
   * Lists the fields of the event in the message that `view` was opened on; undefined where the schema knows none.
   *
   * @param before Numbers of the event before, by path.
   */
  list(view: MessageView, tag: number, before: ReadonlyMap<string, number>): EventFields | undefined {
    this.#fields = [];
    this.#omitted = 0;
    this.#before = before;
    this.#numbers = new Map();
    this.#paths[0] = this.#schema.serviceName(tag);
    const isKnown = this.#walk.walk(view, tag, this);
    if (!isKnown) return undefined;
    return { fields: this.#fields, omitted: this.#omitted, isDamaged: this.#walk.isDamaged };
  }

  /** The numbers of an event by the paths of their fields. */
  readNumbers(view: MessageView, tag: number): ReadonlyMap<string, number> {
    this.list(view, tag, new Map());
    return this.#numbers;
  }

  visit(field: WalkedField, walk: EventWalk): boolean {
    const { name, depth, type, isElement, length } = field;
    if (this.#fields.length >= MOST_FIELDS) return this.#omit(field, walk);
    const parent = this.#paths[depth] ?? '';
    const path = name === '' || isElement ? parent + name : `${parent}.${name}`;
    this.#paths[depth + 1] = path;
    const isNumber = hasNumber(type.kind);
    const hasChildren =
      isContainer(type.kind) && field.state === 'set' && (type.kind !== 'list' || length > 0);
    if (isNumber) this.#numbers.set(path, field.value);
    this.#fields.push({
      ...{ depth, path, hasChildren, type: nameType(field), isPlottable: isNumber },
      name: name === '' ? parent : name,
      value: formatField(walk),
      change: isNumber ? this.#findChange(path, field) : null,
    });
    return hasChildren;
  }

  #findChange(path: string, { value }: WalkedField): number | null {
    const before = this.#before.get(path);
    const change = before === undefined ? NaN : value - before;
    return Number.isFinite(change) ? change : null;
  }

  #omit({ type, length }: WalkedField, walk: EventWalk): boolean {
    this.#omitted++;
    if (this.#omitted > MOST_COUNTED) walk.isDone = true;
    if (type.kind !== 'list' || type.element === undefined) return true;
    if (isContainer(type.element.kind)) return true;
    this.#omitted += length;
    return false;
  }
}

function isContainer(kind: Kind): boolean {
  return kind === 'struct' || kind === 'group' || kind === 'list';
}

/** Whether values of this kind can be drawn over time. */
function hasNumber(kind: Kind): boolean {
  return !isContainer(kind) && kind !== 'text' && kind !== 'data' && kind !== 'void';
}
