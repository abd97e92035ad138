import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type {
  ParquetColumn,
  ParquetEncoder,
  ParquetType,
  ParquetValues,
} from '../../core/table/parquet-encoder.ts';
import { CTS_VERSION } from '#protocol';

/** Begins a Parquet file, compressed with Snappy. */
export function encodeParquet(columns: readonly ParquetColumn[]): ParquetEncoder {
  return new HyparquetEncoder(columns);
}

class HyparquetEncoder implements ParquetEncoder {
  readonly #columns: readonly ParquetColumn[];
  readonly #bytes = new PieceWriter();
  readonly #writer: ParquetWriter;

  constructor(columns: readonly ParquetColumn[]) {
    this.#columns = columns;
    this.#writer = new ParquetWriter({
      writer: this.#bytes,
      schema: createSchema(columns),
      createdBy: `cts ${CTS_VERSION}`,
    });
  }

  addRowGroup(values: readonly ParquetValues[]): Uint8Array {
    const columnData = this.#columns.map(({ name, type }, i) => ({
      name,
      data: toStored(type, values[i] ?? []),
    }));
    const rows = columnData[0]?.data.length ?? 0;
    void this.#writer.write({ columnData, rowGroupSize: Math.max(1, rows) });
    return this.#bytes.take();
  }

  finish(metadata: Readonly<Record<string, string>>): Uint8Array {
    this.#writer.kvMetadata = Object.entries(metadata).map(([key, value]) => ({ key, value }));
    void this.#writer.finish();
    return this.#bytes.take();
  }
}

/** Gives away what was written so far; offsets in the file go on counting. */
class PieceWriter extends ByteWriter {
  take(): Uint8Array {
    const piece = new Uint8Array(this.buffer.slice(0, this.index));
    this.index = 0;
    return piece;
  }
}

function createSchema(columns: readonly ParquetColumn[]): SchemaElement[] {
  return [{ name: 'root', num_children: columns.length }, ...columns.map(createElement)];
}

function createElement({ name, type, isNullable }: ParquetColumn): SchemaElement {
  const repetition_type = isNullable ? ('OPTIONAL' as const) : ('REQUIRED' as const);
  return { name, repetition_type, ...STORED_TYPES[type] };
}

const STORED_TYPES: Readonly<Record<ParquetType, Pick<SchemaElement, 'type' | 'converted_type'>>> = {
  boolean: { type: 'BOOLEAN' },
  int32: { type: 'INT32' },
  int64: { type: 'INT64' },
  uint64: { type: 'INT64', converted_type: 'UINT_64' },
  double: { type: 'DOUBLE' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
};

type StoredValues = unknown[] | Float64Array | BigInt64Array;

function toStored(type: ParquetType, values: ParquetValues): StoredValues {
  if (values instanceof BigInt64Array) return values;
  if (!(values instanceof Float64Array)) return [...values];
  if (type === 'double' && !values.includes(NaN)) return values;
  const toValue = VALUE_MAKERS[type] ?? Number;
  return Array.from(values, (value) => (Number.isNaN(value) ? null : toValue(value)));
}

const VALUE_MAKERS: Readonly<Partial<Record<ParquetType, (value: number) => unknown>>> = {
  boolean: (value) => value !== 0,
  int64: (value) => BigInt.asIntN(64, BigInt(value)),
  uint64: (value) => BigInt.asUintN(64, BigInt(value)),
};
