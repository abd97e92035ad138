import type { InputFacts } from '../tool.ts';
import { type ColumnForm, describeColumn, hasNames, TIME_COLUMNS, type TimeForm } from './export-columns.ts';
import { countSamples, type SignalSet, type SignalSource } from './signal-source.ts';

/** What an export came from and what was asked for. */
export interface ExportSubject extends ColumnForm {
  readonly set: SignalSet;
  readonly tool: { readonly id: string; readonly version: string };
  readonly inputs: readonly InputFacts[];
  readonly logSchema: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What an export is and what each of its columns holds: the file `signals.schema.json`. */
export interface ExportDescription {
  readonly version: 'signals.schema.v1';
  readonly tool: { readonly id: string; readonly version: string };
  readonly inputs: readonly { readonly name: string; readonly sha256: string }[];
  /** Schema that the log was read with. */
  readonly logSchema: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly time: {
    readonly column: string;
    readonly form: TimeForm;
    readonly description: string;
    /** Second 0 of the log in nanoseconds since the device was started, as decimal digits. */
    readonly startNs: string;
  };
  readonly signals: readonly SignalDescription[];
}

/** One signal of an export. Times are seconds after second 0, of the whole log. */
export interface SignalDescription {
  readonly name: string;
  readonly origin: string;
  /** As stored: boolean, int32, int64, uint64, double or text. */
  readonly type: string;
  readonly unit: string | null;
  /** Names by value; absent where values have none. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Values that were recorded. */
  readonly count: number;
  readonly firstSeconds: number | null;
  readonly lastSeconds: number | null;
  /** Null without a value. */
  readonly minimum: number | null;
  readonly maximum: number | null;
}

/** Describes an export. */
export function describeExport(subject: ExportSubject): ExportDescription {
  const { set, tool, inputs, logSchema, parameters, time } = subject;
  const { name, description } = TIME_COLUMNS[time];
  return {
    version: 'signals.schema.v1',
    tool: { id: tool.id, version: tool.version },
    inputs: inputs.map((input) => ({ name: input.name, sha256: input.sha256 })),
    logSchema,
    parameters,
    time: { column: name, form: time, description, startNs: String(set.startNs) },
    signals: set.signals.map((signal) => describeSignal(signal, subject)),
  };
}

/**
 * The same as entries of a Parquet file: `cts` holds the description as JSON, `cts.signal.NAME` what concerns one
 * column.
 */
export function toParquetMetadata(description: ExportDescription): Readonly<Record<string, string>> {
  const { signals, ...rest } = description;
  const bySignal = signals.map((signal) => [`cts.signal.${signal.name}`, JSON.stringify(signal)] as const);
  return { cts: JSON.stringify(rest), ...Object.fromEntries(bySignal) };
}

function describeSignal(signal: SignalSource, form: ColumnForm): SignalDescription {
  const { name, origin, unit = null, labels } = signal;
  return {
    name,
    origin,
    type: describeColumn(signal, form).type,
    unit,
    ...(labels !== undefined && { labels: Object.fromEntries(labels) }),
    ...describeSamples(signal),
    ...(hasNames(signal, form) && { minimum: null, maximum: null }),
  };
}

function describeSamples(
  signal: SignalSource,
): Pick<SignalDescription, 'count' | 'firstSeconds' | 'lastSeconds' | 'minimum' | 'maximum'> {
  const { nanoseconds, values } = signal;
  const first = values.findIndex(isValue);
  const last = values.findLastIndex(isValue);
  const isEmpty = first < 0;
  const [minimum, maximum] = findExtremes(values);
  return {
    count: countSamples(signal),
    firstSeconds: isEmpty ? null : (nanoseconds[first] ?? 0) / 1e9,
    lastSeconds: isEmpty ? null : (nanoseconds[last] ?? 0) / 1e9,
    minimum: toJson(minimum),
    maximum: toJson(maximum),
  };
}

function isValue(value: number): boolean {
  return !Number.isNaN(value);
}

function findExtremes(values: Float64Array): readonly [minimum: number, maximum: number] {
  let minimum = Infinity;
  let maximum = -Infinity;
  for (const value of values) {
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  return [minimum, maximum];
}

/** JSON has no infinity: there, as without a value, is none. */
function toJson(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
