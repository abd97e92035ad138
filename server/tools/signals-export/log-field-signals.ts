import { CtsError, type Problem } from '#protocol';
import type { EventBatch } from '../../core/rlog/event-batch.ts';
import { ServiceCounter } from '../../core/rlog/service-statistics.ts';
import { appendFieldValues, FieldColumn } from '../../core/schema/field-column.ts';
import { compileFieldPath, type FieldPath } from '../../core/schema/field-path.ts';
import type { Kind } from '../../core/schema/layout.ts';
import type { LogSchema } from '../../core/schema/log-schema.ts';
import { listNumericFields } from '../../core/schema/numeric-fields.ts';
import type { SchemaChoice } from '../../core/schema/schema-choice.ts';
import { SchemaSurvey } from '../../core/schema/schema-survey.ts';
import type { BatchReader } from '../input-access.ts';
import { copySorted, findOrder, toNanoseconds } from './sample-order.ts';
import type { SignalKind, SignalSet, SignalSource } from './signal-source.ts';

/** Columns of one export. */
export const MAX_SIGNALS = 2000;
/** All numbers of a service. */
const ALL_OF_SERVICE = /^(\w+)\.\*$/;

/** Reads fields of a log as signals, in one walk. */
export class LogFieldSignals implements BatchReader {
  readonly #fields: readonly string[];
  readonly #schemas: SchemaSurvey;
  readonly #counter = new ServiceCounter();
  #columns: readonly FieldSamples[] | undefined;
  #badPointers = 0;

  /**
   * @param fields Paths such as `carState.vEgo`, or `carState.*` for all numbers of a service.
   * @param schema Id of the schema to read with, whatever the log says.
   * @throws {CtsError} SCHEMA_NOT_FOUND with the nearest ids.
   */
  constructor(fields: readonly string[], schema?: string) {
    this.#fields = fields;
    this.#schemas = new SchemaSurvey(schema);
  }

  /** Why the log is read with which schema; undefined before the first event. */
  get schemaChoice(): SchemaChoice | undefined {
    return this.#schemas.choice;
  }

  /** @throws {CtsError} FIELD_NOT_FOUND, SERVICE_NOT_FOUND at the first event, before anything is read. */
  append(batch: EventBatch): void {
    const schema = this.#schemas.choose(batch);
    if (schema === undefined) return;
    this.#columns ??= expandFields(schema, this.#fields).map((text) => ({
      path: compileFieldPath(schema, text),
      column: new FieldColumn(),
    }));
    this.#counter.add(batch);
    for (const { path, column } of this.#columns) appendFieldValues(batch, path, column);
  }

  /** Asked at the end of each segment: second 0 is the earliest event of the first. */
  takeProblems(): readonly Problem[] {
    this.#counter.fixStart();
    const columns = this.#columns ?? [];
    const count = columns.reduce((sum, { column }) => sum + column.badPointers, 0) - this.#badPointers;
    this.#badPointers += count;
    if (count === 0) return [];
    return [
      {
        code: 'FIELDS_UNREADABLE',
        count,
        message: `${String(count)} values lie behind pointers that lead nowhere: left empty`,
      },
    ];
  }

  /** The signals that were read; the columns they were read into are given away. */
  finish(): SignalSet {
    const startNs = this.#counter.times?.start ?? 0n;
    const columns = this.#columns ?? [];
    this.#columns = [];
    const times = new Map<number, SharedTimes>();
    return { startNs, signals: columns.map((samples) => createSignal(samples, startNs, times)) };
  }
}

/** A field, and what was read of it. */
interface FieldSamples {
  readonly path: FieldPath;
  readonly column: FieldColumn;
}

/** Times of the events of one service: the same for all its fields. */
interface SharedTimes {
  readonly nanoseconds: Float64Array;
  /** Rows by time; undefined where they are in order. */
  readonly order: Uint32Array | undefined;
}

function createSignal(
  { path, column }: FieldSamples,
  startNs: bigint,
  known: Map<number, SharedTimes>,
): SignalSource {
  const times = known.get(path.tag) ?? shareTimes(column, startNs);
  known.set(path.tag, times);
  return {
    name: path.text,
    origin: `field ${path.text} of the log`,
    kind: findKind(path),
    unit: path.unit,
    labels: path.labels && new Map(path.labels.map((label, value) => [value, label])),
    nanoseconds: times.nanoseconds,
    values: copySorted(column.value.subarray(0, column.length), times.order),
  };
}

function shareTimes({ monoTimeWords, length }: FieldColumn, startNs: bigint): SharedTimes {
  const recorded = toNanoseconds(monoTimeWords.subarray(0, 2 * length), startNs);
  const order = findOrder(recorded);
  return { nanoseconds: copySorted(recorded, order), order };
}

function findKind({ end }: FieldPath): SignalKind {
  switch (end.kind) {
    case 'length':
      return 'integer';
    case 'valid':
      return 'boolean';
    case 'logMonoTime':
      return 'unsigned-long';
    case 'field':
      return KINDS[end.field.type.kind] ?? 'integer';
    case 'element':
      return KINDS[end.type.kind] ?? 'integer';
  }
}

/** Those that are no plain integers of up to 32 bits with a sign. */
const KINDS: Readonly<Partial<Record<Kind, SignalKind>>> = {
  bool: 'boolean',
  enum: 'enum',
  uint32: 'long',
  int64: 'long',
  uint64: 'unsigned-long',
  float32: 'float',
  float64: 'float',
};

/** @throws {CtsError} SERVICE_NOT_FOUND; INVALID_PARAMETER for more fields than a table can have columns. */
function expandFields(schema: LogSchema, fields: readonly string[]): readonly string[] {
  const paths = new Set(
    fields.flatMap((field) => {
      const service = ALL_OF_SERVICE.exec(field)?.[1];
      return service === undefined ? [field] : listNumericFields(schema, service).map(({ path }) => path);
    }),
  );
  if (paths.size <= MAX_SIGNALS) return [...paths];
  throw new CtsError(
    'INVALID_PARAMETER',
    `fields names ${String(paths.size)} log fields; an export has up to ${String(MAX_SIGNALS)} columns.`,
    { details: { parameter: 'fields' }, actions: ['Name fewer fields, or export one service at a time.'] },
  );
}
