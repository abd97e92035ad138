import type { MessageView } from '../rlog/message-view.ts';
import { EventWalk, type FieldVisitor, type WalkedField } from './event-walk.ts';
import { formatValue } from './field-text.ts';
import type { LogSchema } from './log-schema.ts';

/** Fields of one event that are looked at. */
const MOST_FIELDS = 200_000;
/** Longer lists of numbers, such as the paths of models, are passed over: they are most of a log. */
const MOST_NUMBERS = 16;

/** Finds a text in the names and values of events' fields, in any case of letters. */
export class EventSearch implements FieldVisitor {
  readonly #walk: EventWalk;
  readonly #schema: LogSchema;
  readonly #wanted: string;
  /** Whether a number could hold the text. */
  readonly #seeksNumbers: boolean;
  readonly #isNameFound = new Map<string, boolean>();
  #isFound = false;
  #fields = 0;

  constructor(schema: LogSchema, text: string) {
    this.#schema = schema;
    this.#walk = new EventWalk(schema);
    this.#wanted = text.trim().toLowerCase().replaceAll('−', '-');
    this.#seeksNumbers = /^[-\d.e+∞]+$/.test(this.#wanted);
  }

  /** Whether the event in the message that `view` was opened on holds the text. */
  has(view: MessageView, tag: number): boolean {
    if (this.#hasName(this.#schema.serviceName(tag))) return true;
    this.#isFound = false;
    this.#fields = 0;
    this.#walk.walk(view, tag, this);
    return this.#isFound;
  }

  visit(field: WalkedField, walk: EventWalk): boolean {
    const { type, isElement, name, length } = field;
    this.#isFound = (!isElement && this.#hasName(name)) || this.#hasValue(walk);
    if (this.#isFound || this.#fields++ > MOST_FIELDS) walk.isDone = true;
    const { element } = type;
    // Numbers in a list have no names: without a number to seek there is nothing in them.
    if (element === undefined || element.bits === 0 || element.kind === 'enum') return true;
    return this.#seeksNumbers && length <= MOST_NUMBERS;
  }

  #hasName(name: string): boolean {
    let isFound = this.#isNameFound.get(name);
    if (isFound === undefined) {
      isFound = name.toLowerCase().includes(this.#wanted);
      this.#isNameFound.set(name, isFound);
    }
    return isFound;
  }

  #hasValue(walk: EventWalk): boolean {
    const { kind } = walk.type;
    if (kind === 'text') return walk.length > 1 && walk.text().toLowerCase().includes(this.#wanted);
    if (kind === 'enum') return this.#hasName(walk.enumName());
    if (kind === 'bool') return this.#hasName(walk.value === 0 ? 'false' : 'true');
    if (!this.#seeksNumbers || Number.isNaN(walk.value)) return false;
    if (kind === 'int64' || kind === 'uint64') return walk.big.toString().includes(this.#wanted);
    return formatValue(walk.value, walk.type).replaceAll('−', '-').includes(this.#wanted);
  }
}
