import { createHash } from 'node:crypto';
import { CanFrameColumns } from '../../server/core/can/frame-columns.ts';
import { CanFrameReader } from '../../server/core/can/can-frames.ts';
import { type EventBatch, MULTI_SEGMENT } from '../../server/core/rlog/event-batch.ts';
import { LogIndexColumns, orderByTime } from '../../server/core/rlog/log-index.ts';
import type { MessageCounts } from '../../server/core/rlog/message-scanner.ts';
import { MessageView } from '../../server/core/rlog/message-view.ts';
import { ServiceCounter } from '../../server/core/rlog/service-statistics.ts';
import { readCarParams } from '../../server/core/schema/car-params.ts';
import { readEventObject } from '../../server/core/schema/event-object.ts';
import { appendFieldValues, FieldColumn } from '../../server/core/schema/field-column.ts';
import type { FieldPath } from '../../server/core/schema/field-path.ts';
import { readInitData } from '../../server/core/schema/init-data.ts';
import { stringifyLogValue } from '../../server/core/schema/json-text.ts';
import type { LogSchema } from '../../server/core/schema/log-schema.ts';
import { chooseSchema } from '../../server/core/schema/schema-choice.ts';
import { listTextLog } from '../../server/core/schema/text-log.ts';
import { expectThat } from './finding.ts';

/** With what a log is read. */
export interface DigestOptions {
  readonly schema: LogSchema;
  readonly paths: readonly FieldPath[];
  /** Most values of an event that are decoded. */
  readonly maxValues: number;
}

/** Everything that was read from a log, as short texts: two ways to read one log must agree in each. */
export type LogDigest = Readonly<Record<string, string>>;

/** A stretch of the log, in bytes. */
export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

const CAN_TAGS = [4, 16] as const;

/** Reads all that there is in batches of events, checks what must hold, and keeps only hashes. */
export class LogDigester {
  /** Where events lie. */
  readonly eventSpans: ByteSpan[] = [];
  readonly #options: DigestOptions;
  readonly #events = createHash('md5');
  readonly #objects = createHash('md5');
  readonly #texts = createHash('md5');
  readonly #buses = CAN_TAGS.map((tag) => ({ reader: new CanFrameReader(tag), hash: new FrameHash() }));
  readonly #columns = new CanFrameColumns(256);
  readonly #fields: readonly FieldColumn[];
  readonly #index = new LogIndexColumns();
  readonly #services = new ServiceCounter();

  constructor(options: DigestOptions) {
    this.#options = options;
    this.#fields = options.paths.map(() => new FieldColumn());
  }

  add(batch: EventBatch): void {
    const view = new MessageView(batch.window);
    for (let row = 0; row < batch.length; row++) {
      this.#addEvent(batch, row);
      this.#addObject(batch, view, row);
    }
    this.#addFrames(batch);
    this.#addTexts(batch);
    this.#options.paths.forEach((path, i) => {
      const column = this.#fields[i];
      if (column !== undefined) appendFieldValues(batch, path, column);
    });
    this.#index.add(batch);
    this.#services.add(batch);
  }

  finish(counts: MessageCounts): LogDigest {
    this.#checkIndex();
    const { events, emptyMessages, unreadableEvents, garbageBytes, bytes, isCut } = counts;
    return {
      events: this.#events.digest('hex'),
      counts: JSON.stringify({ events, emptyMessages, unreadableEvents, garbageBytes, bytes, isCut }),
      problems: JSON.stringify(counts.listProblems()),
      frames: this.#buses.map(({ hash }) => hash.digest()).join(' '),
      frameDamage: JSON.stringify(
        this.#buses.map(({ reader }) => [reader.damagedEvents, reader.damagedFrames, reader.events]),
      ),
      objects: this.#objects.digest('hex'),
      texts: this.#texts.digest('hex'),
      fields: digestFields(this.#fields),
      services: JSON.stringify([
        this.#services.list(),
        Object.values(this.#services.times ?? {}).map(String),
      ]),
    };
  }

  #addEvent(batch: EventBatch, row: number): void {
    const start = batch.start[row]!;
    const end = batch.end[row]!;
    const pointer = batch.pointer[row]!;
    expectThat(start % 8 === 0, 'messages begin at whole words of the window');
    expectThat(start < end && end <= batch.window.bytes.length, 'messages lie in the window');
    const isNear = (batch.flags[row]! & MULTI_SEGMENT) === 0 && pointer !== 0;
    expectThat(!isNear || (pointer > start && pointer + 8 <= end), 'pointers lie in their message');
    this.eventSpans.push({ start: batch.windowStart + start, end: batch.windowStart + end });
    const head = [
      batch.windowStart + start,
      end - start,
      batch.tag[row],
      batch.monoTime[row],
      batch.flags[row],
    ];
    this.#events.update(`${head.join(' ')}\n`).update(batch.window.bytes.subarray(start, end));
  }

  #addObject(batch: EventBatch, view: MessageView, row: number): void {
    const { schema, maxValues } = this.#options;
    const open = (): void =>
      expectThat(view.open(batch.window, batch.start[row]!), 'the message of an event opens');
    open();
    const { event, badPointers, truncated } = readEventObject(view, schema, { unset: 'null', maxValues });
    this.#objects.update(`${badPointers} ${String(truncated)} ${stringifyLogValue(event)}\n`);
    open();
    const service = schema.serviceName(batch.tag[row]!);
    if (service === 'initData') {
      const writer = readInitData(view, schema);
      this.#objects.update(JSON.stringify([writer, chooseSchema(writer)], stringifyBigInt));
    } else if (service === 'carParams') {
      this.#objects.update(JSON.stringify(readCarParams(view, schema) ?? null));
    }
  }

  #addFrames(batch: EventBatch): void {
    for (const { reader, hash } of this.#buses) {
      this.#columns.clear();
      reader.append(batch, this.#columns);
      hash.add(this.#columns);
    }
  }

  #addTexts(batch: EventBatch): void {
    for (const entry of listTextLog(batch, this.#options.schema)) {
      this.#texts.update(JSON.stringify(entry, stringifyBigInt));
    }
  }

  #checkIndex(): void {
    const { length, monoTime, offset } = this.#index;
    expectThat(length === this.eventSpans.length, 'the index holds every event');
    const order = orderByTime(this.#index);
    expectThat(new Set(order).size === length, 'the order by time holds every event once');
    for (let i = 1; i < length; i++) {
      const [before, after] = [order[i - 1]!, order[i]!];
      const isSorted = monoTime[before]! < monoTime[after]!;
      expectThat(
        isSorted || (monoTime[before] === monoTime[after] && before < after),
        'the order by time is sorted',
      );
      expectThat(offset[i] === this.eventSpans[i]?.start, 'the index knows where events begin');
    }
  }
}

/** Hashes each column by itself: where batches begin must not matter. */
class FrameHash {
  readonly #columns = Array.from({ length: 5 }, () => createHash('md5'));
  #count = 0;

  add({ length, monoTime, bus, arbitrationId, dataStart, data }: CanFrameColumns): void {
    expectThat(dataStart[0] === 0, 'payloads begin at 0');
    const sizes = new Uint32Array(length);
    for (let i = 0; i < length; i++) {
      expectThat(dataStart[i]! <= dataStart[i + 1]!, 'payloads follow each other');
      sizes[i] = dataStart[i + 1]! - dataStart[i]!;
    }
    expectThat(dataStart[length]! <= data.length, 'payloads lie in their column');
    const columns = [
      monoTime.subarray(0, length),
      bus.subarray(0, length),
      arbitrationId.subarray(0, length),
      sizes,
    ];
    [...columns, data.subarray(0, dataStart[length])].forEach((column, i) =>
      this.#columns[i]?.update(column),
    );
    this.#count += length;
  }

  digest(): string {
    return `${this.#count} ${this.#columns.map((column) => column.digest('hex')).join(' ')}`;
  }
}

function digestFields(fields: readonly FieldColumn[]): string {
  const hash = createHash('md5');
  for (const { length, value, monoTime, badPointers } of fields) {
    hash.update(`${length} ${badPointers} ${value.subarray(0, length).join(' ')}`);
    hash.update(monoTime.subarray(0, length));
  }
  return hash.digest('hex');
}

function stringifyBigInt(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
