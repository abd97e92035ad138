import type { EventFilter } from '#protocol';
import { MessageView } from '../../../core/rlog/message-view.ts';
import { allocateWindow } from '../../../core/rlog/log-window.ts';
import { EventSearch } from '../../../core/schema/event-search.ts';
import type { LogSchema } from '../../../core/schema/log-schema.ts';
import { locateMessage } from '../located-message.ts';
import type { OpenLog } from '../open-log.ts';
import { StepTurns } from '../step-turns.ts';
import { type EventList, listAllEvents, PickedEvents } from './event-list.ts';

/** Filters of a log that are kept: those of its pages, and a few services whose neighbours were asked for. */
const KEPT_FILTERS = 8;
/** How long the first rows of a search are waited for. */
const FIRST_WAIT_MS = 40;
/** A search that goes on tells of it so often. */
const NEWS_MS = 200;
const UNKNOWN_SERVICE = /^unknown\((\d{1,5})\)$/;

/** Events that pass a filter, as far as they have been looked at. */
export interface FilteredEvents {
  readonly list: EventList;
  /** Up to which time; undefined when all is searched. */
  readonly searchedSeconds: number | undefined;
}

/** The events of one log by filter. */
export class EventFilters {
  readonly #log: OpenLog;
  readonly #kept = new Map<string, PickedEvents>();
  readonly #searches = new Map<string, TextSearch>();

  constructor(log: OpenLog) {
    this.#log = log;
  }

  /** @throws {CtsError} SERVICE_NOT_FOUND. */
  async find(filter: EventFilter): Promise<FilteredEvents> {
    const tags = selectTags(filter, this.#log.schema);
    const text = filter.text?.trim() ?? '';
    if (text !== '') return this.#search(tags, text);
    if (tags === undefined) return { list: listAllEvents(this.#log), searchedSeconds: undefined };
    return { list: this.ofTags(tags), searchedSeconds: undefined };
  }

  /** The events of some services. */
  ofTags(tags: TagSet): EventList {
    const picked = this.#keep(tags.key);
    const { tag, seconds, length } = this.#log.events;
    for (let row = picked.looked; row < length; row++)
      if (tags.has(tag[row] ?? 0)) picked.add(row, seconds[row] ?? 0);
    picked.looked = length;
    this.#noteMemory();
    return picked;
  }

  /** Only what was asked for last is searched on. */
  async #search(tags: TagSet | undefined, text: string): Promise<FilteredEvents> {
    const key = JSON.stringify([tags?.key ?? null, text.toLowerCase()]);
    const picked = this.#keep(key);
    const log = this.#log;
    let search = this.#searches.get(key);
    if (search?.picked !== picked || search.schema !== log.schema) {
      picked.clear();
      search = new TextSearch(log, { picked, tags, text });
      this.#searches.set(key, search);
    }
    for (const other of this.#searches.values()) other.isWanted = other === search;
    await search.goOn();
    this.#noteMemory();
    const { looked } = picked;
    const isDone = looked >= log.events.length;
    return { list: picked, searchedSeconds: isDone ? undefined : (log.events.seconds[looked] ?? 0) };
  }

  #keep(key: string): PickedEvents {
    const versioned = `${String(this.#log.timeVersion)} ${key}`;
    const kept = this.#kept.get(versioned) ?? new PickedEvents();
    this.#kept.delete(versioned);
    this.#kept.set(versioned, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_FILTERS && oldest !== undefined) this.#drop(oldest);
    return kept;
  }

  #drop(key: string): void {
    const dropped = this.#kept.get(key);
    this.#kept.delete(key);
    for (const [searchKey, search] of this.#searches) {
      if (search.picked !== dropped) continue;
      search.isWanted = false;
      this.#searches.delete(searchKey);
    }
  }

  #noteMemory(): void {
    let bytes = 0;
    for (const picked of this.#kept.values()) bytes += picked.memoryBytes;
    this.#log.noteMemory('events', bytes);
  }
}

/** Some services, by their tags. */
export class TagSet {
  readonly key: string;
  readonly #has = new Uint8Array(0x10000);

  constructor(tags: readonly number[]) {
    for (const tag of tags) this.#has[tag] = 1;
    this.key = [...new Set(tags)].sort((a, b) => a - b).join(' ');
  }

  has(tag: number): boolean {
    return this.#has[tag] === 1;
  }
}

/** Undefined for all. */
function selectTags({ services, excluding = [] }: EventFilter, schema: LogSchema): TagSet | undefined {
  if (services === undefined && excluding.length === 0) return undefined;
  const excluded = new Set(excluding.map((name) => findTag(schema, name)));
  const wanted =
    services?.map((name) => findTag(schema, name)) ?? Array.from({ length: 0x10000 }, (_, tag) => tag);
  return new TagSet(wanted.filter((tag) => !excluded.has(tag)));
}

function findTag(schema: LogSchema, name: string): number {
  const unknown = UNKNOWN_SERVICE.exec(name)?.[1];
  return unknown === undefined ? schema.findService(name).tag : Math.min(Number(unknown), 0xffff);
}

interface TextSearchParts {
  readonly picked: PickedEvents;
  readonly tags: TagSet | undefined;
  readonly text: string;
}

/** Looks for a text in all events, in file order and in the background. */
class TextSearch {
  readonly picked: PickedEvents;
  readonly schema: LogSchema;
  isWanted = true;
  readonly #log: OpenLog;
  readonly #tags: TagSet | undefined;
  readonly #search: EventSearch;
  #running: Promise<void> | undefined;
  #failure: unknown;

  constructor(log: OpenLog, { picked, tags, text }: TextSearchParts) {
    this.#log = log;
    this.picked = picked;
    this.schema = log.schema;
    this.#tags = tags;
    this.#search = new EventSearch(log.schema, text);
  }

  /** Goes on in the background, and waits a moment for what is found first. */
  async goOn(): Promise<void> {
    this.#running ??= this.#run();
    await Promise.race([this.#running, new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS))]);
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure as Error;
  }

  async #run(): Promise<void> {
    try {
      await this.#walk();
    } catch (error) {
      this.#failure = error;
    } finally {
      this.#running = undefined;
    }
  }

  async #walk(): Promise<void> {
    const log = this.#log;
    const version = log.timeVersion;
    const turns = new StepTurns();
    let toldAt = performance.now();
    while (this.isWanted && this.picked.looked < log.events.length && !log.closing.aborted) {
      await this.#lookAtSome();
      await turns.give();
      if (log.timeVersion !== version) return;
      if (performance.now() - toldAt < NEWS_MS) continue;
      toldAt = performance.now();
      log.noteChange();
    }
    if (!log.closing.aborted && performance.now() - toldAt > FIRST_WAIT_MS) log.noteChange();
  }

  /** Goes through events of one segment until it is time for others. */
  async #lookAtSome(): Promise<void> {
    const { picked } = this;
    const first = this.#log.events.segment[picked.looked] ?? 0;
    const window = await this.#log.bytesOf(first);
    const { segment, offset, size, seconds, tag, length } = this.#log.events;
    const view = new MessageView(allocateWindow(0));
    const turns = new StepTurns();
    for (; picked.looked < length && segment[picked.looked] === first; picked.looked++) {
      if (turns.isDue) return;
      const row = picked.looked;
      if (this.#tags?.has(tag[row] ?? 0) === false) continue;
      const start = offset[row] ?? 0;
      const message = locateMessage(window, start, start + (size[row] ?? 0));
      if (view.open(message.window, message.start) && this.#search.has(view, tag[row] ?? 0))
        picked.add(row, seconds[row] ?? 0);
    }
  }
}
