import { CtsError } from '#protocol';
import type { EventColumns } from '../../../core/rlog/event-columns.ts';
import type { LogSchema } from '../../../core/schema/log-schema.ts';

/** Services of which every event is marked: few have many. */
const MARKED_SERVICES = ['errorLogMessage', 'userBookmark', 'bookmarkButton', 'thumbnail', 'navThumbnail'];

/** Rows of the events of a few services, gathered while a log is read. */
export class MarkedEvents {
  readonly #rows = new Map<number, number[]>();
  #schema: LogSchema | undefined;
  #taken = 0;

  /** Takes in the events that the columns have more than at the last update. */
  update({ tag, length }: EventColumns, schema: LogSchema): void {
    if (this.#schema !== schema) this.#begin(schema);
    const [first = 0, ...others] = this.#rows.keys();
    const highest = Math.max(first, ...others);
    const lists = Array.from({ length: highest + 1 }, (_, number) => this.#rows.get(number));
    for (let row = this.#taken; row < length; row++) {
      if (tag[row]! <= highest) lists[tag[row]!]?.push(row);
    }
    this.#taken = length;
  }

  /** Rows of the events of one of the services, in file order; none where the schema has no such service. */
  listOf(service: string): readonly number[] {
    const tag = this.#schema && findTag(this.#schema, service);
    return tag === undefined ? [] : (this.#rows.get(tag) ?? []);
  }

  #begin(schema: LogSchema): void {
    this.#schema = schema;
    this.#taken = 0;
    this.#rows.clear();
    for (const service of MARKED_SERVICES) {
      const tag = findTag(schema, service);
      if (tag !== undefined) this.#rows.set(tag, []);
    }
  }
}

function findTag(schema: LogSchema, service: string): number | undefined {
  try {
    return schema.findService(service).tag;
  } catch (error) {
    if (error instanceof CtsError) return undefined;
    throw error;
  }
}
