import type { EventsRead, Problem, ReadEventsParams, ReadEventsResult } from '#protocol';
import type { EventBatch } from '../../core/rlog/event-batch.ts';
import { MessageView } from '../../core/rlog/message-view.ts';
import { ServiceCounter } from '../../core/rlog/service-statistics.ts';
import { readEventObject } from '../../core/schema/event-object.ts';
import { stringifyLogValue } from '../../core/schema/json-text.ts';
import type { LogSchema } from '../../core/schema/log-schema.ts';
import { chooseSchema, openSchema } from '../../core/schema/schema-choice.ts';
import { LogPass, type LogPassOptions } from './log-pass.ts';
import type { LogSource } from './log-source.ts';
import { WriterSurvey } from '../../core/schema/writer-survey.ts';

/** Text that is gathered before it is handed on. */
const CHUNK_CHARS = 64 * 1024;

/** How many seconds monoTime can count. */
const MONO_TIME_SECONDS = 2 ** 64 / 1e9;

/** Receives events as JSON, some at a time; reading goes on when the promise is settled. */
export type TakeEvents = (events: EventsRead) => void | Promise<void>;

/**
 * Reads a log's events as JSON, in file order.
 *
 * @throws {CtsError} SERVICE_NOT_FOUND, SCHEMA_NOT_FOUND with the nearest names.
 */
export async function readEventLines(
  source: LogSource,
  params: ReadEventsParams,
  { take, ...options }: LogPassOptions & { readonly take: TakeEvents },
): Promise<ReadEventsResult> {
  const { schema, startNs } = await surveyFirstSegment(source, params, options);
  const filter = createFilter(params, schema, startNs);
  const pass = new LogPass(source, options);
  const writer = new EventLineWriter(schema, params.limit ?? Infinity);
  pass.includeFindings(() => writer.takeProblems());
  for await (const batch of pass) {
    await writer.write(batch, filter, take);
    if (writer.isFull) break;
  }
  await writer.flush(take);
  return { delivered: writer.delivered, report: pass.report };
}

interface FirstSegment {
  readonly schema: LogSchema;
  /** Second 0, in nanoseconds since boot. */
  readonly startNs: bigint;
}

/** Which schema to read with and when the log begins are known only when its first readable segment has been seen. */
async function surveyFirstSegment(
  source: LogSource,
  params: ReadEventsParams,
  options: LogPassOptions,
): Promise<FirstSegment> {
  const needsStart = params.fromSeconds !== undefined || params.toSeconds !== undefined;
  const survey = new WriterSurvey();
  const counter = new ServiceCounter();
  // Told twice, progress would run backwards.
  const pass = new LogPass(source, { ...options, onProgress: () => undefined });
  for await (const batch of pass) {
    if (pass.isBehindFirstEvents) break;
    survey.add(batch);
    counter.add(batch);
    if (survey.init !== undefined && !needsStart) break;
  }
  const schema = openSchema(chooseSchema(survey.init, params.schema).id);
  return { schema, startNs: counter.times?.start ?? 0n };
}

/** Which events are wanted. */
interface EventFilter {
  readonly tags: ReadonlySet<number> | undefined;
  readonly fromNs: bigint | undefined;
  readonly toNs: bigint | undefined;
}

function createFilter(params: ReadEventsParams, schema: LogSchema, startNs: bigint): EventFilter {
  const { services, fromSeconds, toSeconds } = params;
  const toNs = (seconds: number | undefined): bigint | undefined =>
    seconds === undefined ? undefined : startNs + BigInt(Math.round(clampSeconds(seconds) * 1e9));
  return {
    tags: services && new Set(services.map((name) => schema.findService(name).tag)),
    fromNs: toNs(fromSeconds),
    toNs: toNs(toSeconds),
  };
}

/** No two events lie further apart than all of monoTime. */
function clampSeconds(seconds: number): number {
  return Math.max(-MONO_TIME_SECONDS, Math.min(seconds, MONO_TIME_SECONDS));
}

function isWanted(batch: EventBatch, row: number, { tags, fromNs, toNs }: EventFilter): boolean {
  if (tags !== undefined && !tags.has(batch.tag[row] ?? -1)) return false;
  if (fromNs === undefined && toNs === undefined) return true;
  const time = batch.monoTime[row] ?? 0n;
  return (fromNs === undefined || time >= fromNs) && (toNs === undefined || time <= toNs);
}

class EventLineWriter {
  delivered = 0;
  readonly #schema: LogSchema;
  readonly #limit: number;
  #view: MessageView | undefined;
  #lines: string[] = [];
  #chars = 0;
  #damagedEvents = 0;
  #truncatedEvents = 0;

  constructor(schema: LogSchema, limit: number) {
    this.#schema = schema;
    this.#limit = limit;
  }

  get isFull(): boolean {
    return this.delivered >= this.#limit;
  }

  async write(batch: EventBatch, filter: EventFilter, take: TakeEvents): Promise<void> {
    for (let row = 0; row < batch.length && !this.isFull; row++) {
      if (!isWanted(batch, row, filter)) continue;
      const line = this.#stringify(batch, row);
      this.delivered++;
      this.#lines.push(line);
      this.#chars += line.length;
      if (this.#chars > CHUNK_CHARS) await this.flush(take);
    }
  }

  async flush(take: TakeEvents): Promise<void> {
    const lines = this.#lines;
    this.#lines = [];
    this.#chars = 0;
    if (lines.length > 0) await take({ lines });
  }

  #stringify(batch: EventBatch, row: number): string {
    const view = (this.#view ??= new MessageView(batch.window));
    view.open(batch.window, batch.start[row] ?? 0);
    const { event, badPointers, truncated } = readEventObject(view, this.#schema);
    if (truncated) this.#truncatedEvents++;
    else if (badPointers > 0) this.#damagedEvents++;
    return stringifyLogValue(event);
  }

  /** What was found amiss in events since the last call. */
  takeProblems(): readonly Problem[] {
    const damaged = describeCount(
      this.#damagedEvents,
      'FIELDS_UNREADABLE',
      'hold pointers that lead nowhere',
    );
    const truncated = describeCount(
      this.#truncatedEvents,
      'BUDGET_EXCEEDED',
      'ask for more than an event may cost',
    );
    this.#damagedEvents = 0;
    this.#truncatedEvents = 0;
    return [...damaged, ...truncated];
  }
}

function describeCount(count: number, code: Problem['code'], what: string): readonly Problem[] {
  if (count === 0) return [];
  return [{ code, count, message: `${String(count)} events ${what}: null in their place` }];
}
