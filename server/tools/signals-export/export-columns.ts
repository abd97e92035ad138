import type { ParquetColumn, ParquetType, ParquetValues } from '../../core/table/parquet-encoder.ts';
import type { SignalKind, SignalSource } from './signal-source.ts';

/** Which time stands in the first column. */
export type TimeForm =
  /** Seconds after second 0 of the log. */
  | 'relative'
  /** Seconds since the device was started. */
  | 'uptime'
  /** Nanoseconds since the device was started, as integers. */
  | 'ns';

/** How columns are written. */
export interface ColumnForm {
  readonly time: TimeForm;
  readonly enums: 'names' | 'numbers';
  /** Whether values between samples are worked out: then integers have fractions. */
  readonly isInterpolated: boolean;
}

/** Name and description of the column of times. */
export const TIME_COLUMNS: Readonly<
  Record<TimeForm, { readonly name: string; readonly description: string }>
> = {
  relative: { name: 'seconds', description: 'Seconds after second 0 of the log' },
  uptime: { name: 'uptime_seconds', description: 'Seconds since the device was started' },
  ns: { name: 'mono_time_ns', description: 'Nanoseconds since the device was started' },
};

/** Whether the names of a signal's values are written instead of its numbers. */
export function hasNames({ labels }: SignalSource, { enums }: ColumnForm): boolean {
  return enums === 'names' && labels !== undefined;
}

/** The name of a value; the number where it has none. */
export function nameValue({ labels }: SignalSource, value: number): string {
  return labels?.get(value) ?? String(value);
}

/** Writes the times of rows. */
export class TimeWriter {
  readonly #form: TimeForm;
  readonly #startNs: bigint;
  readonly #start: number;

  /** @param startNs Second 0 of the log, in nanoseconds since the device was started. */
  constructor(form: TimeForm, startNs: bigint) {
    this.#form = form;
    this.#startNs = startNs;
    this.#start = Number(startNs);
  }

  /** Type of the column in Parquet. */
  get column(): ParquetColumn {
    return {
      name: TIME_COLUMNS[this.#form].name,
      type: this.#form === 'ns' ? 'int64' : 'double',
      isNullable: false,
    };
  }

  /** @param nanoseconds After second 0. */
  format(nanoseconds: number): string {
    if (this.#form === 'relative') return String(nanoseconds / 1e9);
    const monoTime = this.#start + nanoseconds;
    if (!Number.isSafeInteger(monoTime)) return this.#formatLong(nanoseconds);
    return String(this.#form === 'uptime' ? monoTime / 1e9 : monoTime);
  }

  /** @param nanoseconds After second 0; the result is a copy. */
  toParquet(nanoseconds: Float64Array): ParquetValues {
    if (this.#form === 'ns') return BigInt64Array.from(nanoseconds, (each) => this.#startNs + BigInt(each));
    if (this.#form === 'relative') return nanoseconds.map((each) => each / 1e9);
    return nanoseconds.map((each) => (this.#start + each) / 1e9);
  }

  /** Where doubles have no room for nanoseconds. */
  #formatLong(nanoseconds: number): string {
    const monoTime = this.#startNs + BigInt(nanoseconds);
    return this.#form === 'ns' ? String(monoTime) : String(Number(monoTime) / 1e9);
  }
}

/** Describes the column of a signal in Parquet. */
export function describeColumn(signal: SignalSource, form: ColumnForm): ParquetColumn {
  return { name: signal.name, type: findType(signal, form), isNullable: true };
}

/** Copies values of a signal's column. */
export function toParquetColumn(signal: SignalSource, values: Float64Array, form: ColumnForm): ParquetValues {
  if (!hasNames(signal, form)) return values.slice();
  return Array.from(values, (value) => (Number.isNaN(value) ? null : nameValue(signal, value)));
}

function findType(signal: SignalSource, form: ColumnForm): ParquetType {
  if (hasNames(signal, form)) return 'text';
  const isFraction = form.isInterpolated && signal.kind !== 'boolean' && signal.kind !== 'enum';
  return isFraction ? 'double' : TYPES[signal.kind];
}

const TYPES: Readonly<Record<SignalKind, ParquetType>> = {
  boolean: 'boolean',
  enum: 'int32',
  integer: 'int32',
  long: 'int64',
  'unsigned-long': 'uint64',
  float: 'double',
};
