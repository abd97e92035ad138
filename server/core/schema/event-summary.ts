import type { MessageView } from '../rlog/message-view.ts';
import { SERVICE_TAGS } from '../rlog/service-tags.ts';
import { EventWalk, type FieldVisitor, type WalkedField } from './event-walk.ts';
import { formatValue, toOneLine } from './field-text.ts';
import type { LogSchema } from './log-schema.ts';

/** Most characters of a summary. */
const MOST_CHARACTERS = 300;
/** Text of one field in it. */
const TEXT_CHARACTERS = 80;
const DIGITS = 5;
const SEPARATOR = ' · ';
/** Fields looked at, of an event whose first fields say nothing. */
const MOST_FIELDS = 400;

/** Writes the first fields of events on one line each. */
export class EventSummary implements FieldVisitor {
  readonly #walk: EventWalk;
  /** Names of the structs that the walk is inside of. */
  readonly #path: string[] = [];
  #parts: string[] = [];
  #characters = 0;
  #fields = 0;

  constructor(schema: LogSchema) {
    this.#walk = new EventWalk(schema);
  }

  /** Whether something of the last event could not be read. */
  get isDamaged(): boolean {
    return this.#walk.isDamaged;
  }

  /** Of the event in the message that `view` was opened on. */
  write(view: MessageView, tag: number): string {
    if (tag === SERVICE_TAGS.can || tag === SERVICE_TAGS.sendcan) return this.#countFrames(view, tag);
    this.#parts = [];
    this.#characters = this.#fields = 0;
    this.#walk.walk(view, tag, this);
    const line = toOneLine(this.#parts.join(SEPARATOR), MOST_CHARACTERS);
    return line === '' && this.#walk.isDamaged ? 'damaged' : line;
  }

  visit(field: WalkedField, walk: EventWalk): boolean {
    if (this.#fields++ > MOST_FIELDS || this.#characters > MOST_CHARACTERS) return !(walk.isDone = true);
    const { name, depth, type, length } = field;
    if (name.endsWith('DEPRECATED') || field.state !== 'set') return false;
    this.#path[depth] = name;
    if (type.kind === 'list') {
      const path = this.#nameOf(field);
      this.#add(path === '' ? `${String(length)} elements` : `${path} (${String(length)})`);
      // The first element of a list that is everything stands for the others.
      return path === '' && length > 0;
    }
    if (type.kind === 'struct' || type.kind === 'group') return !field.isElement || name === '[0]';
    const value = formatShort(walk);
    if (value !== '') this.#add(`${this.#nameOf(field)} ${value}`.trim());
    return false;
  }

  #nameOf({ depth }: WalkedField): string {
    return this.#path
      .slice(0, depth + 1)
      .filter((name) => name !== '' && name !== '[0]')
      .join('.');
  }

  #add(part: string): void {
    this.#parts.push(part);
    this.#characters += part.length + SEPARATOR.length;
  }

  #countFrames(view: MessageView, tag: number): string {
    let frames = 0;
    let bytes = 0;
    this.#walk.walk(view, tag, {
      visit: ({ type, length, depth }) => {
        if (type.kind === 'list') frames = length;
        if (type.kind === 'data') bytes += length;
        return depth < 2;
      },
    });
    return `${String(frames)} ${frames === 1 ? 'frame' : 'frames'}, ${String(bytes)} bytes`;
  }
}

function formatShort(walk: EventWalk): string {
  switch (walk.type.kind) {
    case 'void':
      return '';
    case 'bool':
      return walk.value === 0 ? 'false' : 'true';
    case 'enum':
      return walk.enumName();
    case 'text':
      return toOneLine(walk.text(2 * TEXT_CHARACTERS), TEXT_CHARACTERS);
    case 'data':
      return `(${String(walk.length)} bytes)`;
    case 'int64':
    case 'uint64':
      return walk.big.toString().replace('-', '−');
    default:
      return formatValue(walk.value, walk.type, DIGITS);
  }
}
