import type {
  EncodeParquet,
  ParquetColumn,
  ParquetEncoder,
  ParquetValues,
} from '../../core/table/parquet-encoder.ts';
import {
  type ColumnForm,
  describeColumn,
  hasNames,
  nameValue,
  TimeWriter,
  toParquetColumn,
} from './export-columns.ts';
import type { SignalBlock } from './signal-block.ts';
import type { AddedRows, SignalFile } from './signal-file.ts';
import type { SignalSet, SignalSource } from './signal-source.ts';

/** Bytes that are written at once. */
const PIECE_BYTES = 1 << 20;

/** A Parquet file with a column a signal; each block becomes a row group. */
export class WideParquetFile implements SignalFile {
  readonly #signals: readonly SignalSource[];
  readonly #form: ColumnForm;
  readonly #times: TimeWriter;
  readonly #encoder: ParquetEncoder;

  constructor({ signals, startNs }: SignalSet, form: ColumnForm, encodeParquet: EncodeParquet) {
    this.#signals = signals;
    this.#form = form;
    this.#times = new TimeWriter(form.time, startNs);
    this.#encoder = encodeParquet([
      this.#times.column,
      ...signals.map((signal) => describeColumn(signal, form)),
    ]);
  }

  add({ length, nanoseconds, columns }: SignalBlock): AddedRows {
    const values = this.#signals.map((signal, i) =>
      toParquetColumn(signal, columns[i]?.subarray(0, length) ?? new Float64Array(), this.#form),
    );
    const times = this.#times.toParquet(nanoseconds.subarray(0, length));
    return { rows: length, pieces: cutPieces(this.#encoder.addRowGroup([times, ...values])) };
  }

  finish(metadata: Readonly<Record<string, string>>): Iterable<Uint8Array> {
    return cutPieces(this.#encoder.finish(metadata));
  }
}

/** A Parquet file with a row a value: time, signal, value and, where enums are named, the name. */
export class LongParquetFile implements SignalFile {
  readonly #signals: readonly SignalSource[];
  readonly #form: ColumnForm;
  readonly #times: TimeWriter;
  readonly #hasLabels: boolean;
  readonly #encoder: ParquetEncoder;

  constructor({ signals, startNs }: SignalSet, form: ColumnForm, encodeParquet: EncodeParquet) {
    this.#signals = signals;
    this.#form = form;
    this.#times = new TimeWriter(form.time, startNs);
    this.#hasLabels = signals.some((signal) => hasNames(signal, form));
    this.#encoder = encodeParquet([this.#times.column, ...LONG_COLUMNS, ...(this.#hasLabels ? [LABEL] : [])]);
  }

  add(block: SignalBlock): AddedRows {
    const rows = this.#listRows(block);
    if (rows.times.length === 0) return { rows: 0, pieces: [] };
    const values: ParquetValues[] = [
      this.#times.toParquet(Float64Array.from(rows.times)),
      rows.signals,
      Float64Array.from(rows.values),
    ];
    if (this.#hasLabels) values.push(rows.labels);
    return { rows: rows.times.length, pieces: cutPieces(this.#encoder.addRowGroup(values)) };
  }

  finish(metadata: Readonly<Record<string, string>>): Iterable<Uint8Array> {
    return cutPieces(this.#encoder.finish(metadata));
  }

  #listRows({ length, nanoseconds, columns }: SignalBlock): LongRows {
    const rows: LongRows = { times: [], signals: [], values: [], labels: [] };
    for (let row = 0; row < length; row++) {
      for (const [i, signal] of this.#signals.entries()) {
        const value = columns[i]?.[row] ?? NaN;
        if (Number.isNaN(value)) continue;
        rows.times.push(nanoseconds[row] ?? 0);
        rows.signals.push(signal.name);
        rows.values.push(value);
        if (this.#hasLabels) rows.labels.push(hasNames(signal, this.#form) ? nameValue(signal, value) : null);
      }
    }
    return rows;
  }
}

interface LongRows {
  readonly times: number[];
  readonly signals: string[];
  readonly values: number[];
  readonly labels: (string | null)[];
}

const LONG_COLUMNS: readonly ParquetColumn[] = [
  { name: 'signal', type: 'text', isNullable: false },
  { name: 'value', type: 'double', isNullable: false },
];
const LABEL: ParquetColumn = { name: 'label', type: 'text', isNullable: true };

function* cutPieces(bytes: Uint8Array): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}
