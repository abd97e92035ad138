import type { LogLine } from '#protocol';
import type { EventBatch } from '../../../core/rlog/event-batch.ts';
import { MessageView } from '../../../core/rlog/message-view.ts';
import { SERVICE_TAGS } from '../../../core/rlog/service-tags.ts';
import {
  type LineLevel,
  type ParsedLine,
  parseProgramLine,
  parseSystemLine,
} from '../../../core/schema/log-line.ts';
import { NEWEST_SCHEMA, openSchema } from '../../../core/schema/schema-choice.ts';
import { readContentText, StructReader } from '../../../core/schema/struct-reader.ts';
import type { BatchObserver } from '../log-reading.ts';

const { logMessage, operatingSystemLog, errorLogMessage } = SERVICE_TAGS;
/** A line of more bytes is cut before it is parsed. */
const MOST_LINE_BYTES = 1024 * 1024;
/** Services that carry text, as the column numbers them. */
const LINE_SOURCES = ['logMessage', 'errorLogMessage', 'androidLog'] as const;

/** Levels as they are numbered in the column. */
export const LINE_LEVELS: readonly LineLevel[] = ['debug', 'info', 'warning', 'error'];

/** Every line of text of a log, in file order and in columns, gathered while it is read. */
export class LineColumns implements BatchObserver {
  length = 0;
  /** Row of the line's event in the log's columns. */
  event = new Uint32Array(1024);
  /** Index into `LINE_LEVELS`. */
  level = new Uint8Array(1024);
  /** Index into `sources`. */
  source = new Uint8Array(1024);
  readonly sources = LINE_SOURCES;
  /** Lines of each source. */
  readonly sourceCounts = [0, 0, 0];
  /** Lines of each level. */
  readonly levelCounts = [0, 0, 0, 0];
  /** Bytes of memory, about. */
  memoryBytes = 0;

  readonly #texts: string[] = [];
  readonly #places: string[] = [];
  readonly #details = new Map<number, string>();
  // These fields have the same place in every schema.
  readonly #entry = new StructReader(openSchema(NEWEST_SCHEMA), 'OperatingSystemLogEntry');
  #view: MessageView | undefined;

  observe(batch: EventBatch, firstRow: number): void {
    const view = (this.#view ??= new MessageView(batch.window));
    for (let row = 0; row < batch.length; row++) {
      const tag = batch.tag[row] ?? 0;
      if (tag !== logMessage && tag !== operatingSystemLog && tag !== errorLogMessage) continue;
      if (!view.open(batch.window, batch.start[row] ?? 0)) continue;
      const parsed = tag === operatingSystemLog ? this.#readSystem(view) : readProgram(view, tag);
      if (parsed !== undefined) this.#add(firstRow + row, numberSource(tag), parsed);
    }
  }

  /** Whether a line holds a text in lower case, anywhere. */
  has(line: number, wanted: string): boolean {
    const texts = [this.#texts[line], this.#places[line], this.#details.get(line), this.sourceOf(line)];
    return texts.some((text) => text?.toLowerCase().includes(wanted));
  }

  textOf(line: number): string {
    return this.#texts[line] ?? '';
  }

  sourceOf(line: number): string {
    return this.sources[this.source[line] ?? 0] ?? '';
  }

  describe(line: number, seconds: number): LogLine {
    return {
      index: this.event[line] ?? 0,
      seconds,
      level: LINE_LEVELS[this.level[line] ?? 0] ?? 'info',
      source: this.sourceOf(line),
      where: this.#places[line] ?? '',
      text: this.textOf(line),
      detail: this.#details.get(line) ?? null,
    };
  }

  #readSystem(view: MessageView): ParsedLine | undefined {
    const entry = this.#entry;
    if (!entry.openContent(view)) return undefined;
    return parseSystemLine({
      tag: entry.text('tag'),
      priority: entry.number('priority'),
      pid: entry.number('pid'),
      message: entry.text('message').slice(0, MOST_LINE_BYTES),
    });
  }

  #add(event: number, source: number, { level, where, text, detail }: ParsedLine): void {
    const line = this.length++;
    if (line === this.event.length) this.#grow();
    const levelNumber = LINE_LEVELS.indexOf(level);
    this.event[line] = event;
    this.level[line] = levelNumber;
    this.source[line] = source;
    this.#texts.push(text);
    this.#places.push(where);
    if (detail !== undefined) this.#details.set(line, detail);
    this.levelCounts[levelNumber] = (this.levelCounts[levelNumber] ?? 0) + 1;
    this.sourceCounts[source] = (this.sourceCounts[source] ?? 0) + 1;
    this.memoryBytes += 100 + 2 * (text.length + where.length + (detail?.length ?? 0));
  }

  #grow(): void {
    const capacity = 2 * this.event.length;
    this.event = new Uint32Array(this.event.buffer.transfer(4 * capacity));
    this.level = new Uint8Array(this.level.buffer.transfer(capacity));
    this.source = new Uint8Array(this.source.buffer.transfer(capacity));
  }
}

function readProgram(view: MessageView, tag: number): ParsedLine | undefined {
  const text = readContentText(view);
  return (
    (text && parseProgramLine(text.slice(0, MOST_LINE_BYTES), tag === errorLogMessage ? 'error' : 'info')) ||
    undefined
  );
}

function numberSource(tag: number): number {
  if (tag === operatingSystemLog) return 2;
  return tag === errorLogMessage ? 1 : 0;
}
