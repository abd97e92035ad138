import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { encodeParquet } from '../../../../server/adapters/parquet/parquet-encoder.ts';
import type { ParquetColumn, ParquetValues } from '../../../../server/core/table/parquet-encoder.ts';

const COLUMNS: readonly ParquetColumn[] = [
  { name: 'time', type: 'int64', isNullable: false },
  { name: 'on', type: 'boolean', isNullable: true },
  { name: 'gear', type: 'text', isNullable: true },
  { name: 'count', type: 'int32', isNullable: true },
  { name: 'id', type: 'uint64', isNullable: true },
  { name: 'speed', type: 'double', isNullable: true },
];

function encode(groups: readonly (readonly ParquetValues[])[]): ArrayBuffer {
  const encoder = encodeParquet(COLUMNS);
  const pieces = groups.map((group) => encoder.addRowGroup(group));
  pieces.push(encoder.finish({ cts: '{"a":1}', unit: 'm/s²' }));
  return new Uint8Array(Buffer.concat(pieces)).buffer;
}

const GROUPS: readonly (readonly ParquetValues[])[] = [
  [
    BigInt64Array.of(46_408_590_408_551n, 9_007_199_254_740_993n),
    Float64Array.of(1, NaN),
    ['drive', null],
    Float64Array.of(-5, NaN),
    Float64Array.of(2 ** 63, NaN),
    Float64Array.of(0.1, NaN),
  ],
  [
    BigInt64Array.of(-1n),
    Float64Array.of(0),
    ['größer'],
    Float64Array.of(7),
    Float64Array.of(3),
    Float64Array.of(-0.5),
  ],
];

describe('Parquet files', () => {
  it('read back as they were written: values, nulls, 64-bit integers, text', async () => {
    expect(await parquetReadObjects({ file: encode(GROUPS) })).toEqual([
      { time: 46_408_590_408_551n, on: true, gear: 'drive', count: -5, id: 2n ** 63n, speed: 0.1 },
      { time: 9_007_199_254_740_993n, on: null, gear: null, count: null, id: null, speed: null },
      { time: -1n, on: false, gear: 'größer', count: 7, id: 3n, speed: -0.5 },
    ]);
  });

  it('have types, row groups and metadata', () => {
    const { schema, row_groups, num_rows, key_value_metadata } = parquetMetadata(encode(GROUPS));
    expect(num_rows).toBe(3n);
    expect(row_groups.map((group) => group.num_rows)).toEqual([2n, 1n]);
    expect(schema.slice(1).map(({ name, type, repetition_type }) => [name, type, repetition_type])).toEqual([
      ['time', 'INT64', 'REQUIRED'],
      ['on', 'BOOLEAN', 'OPTIONAL'],
      ['gear', 'BYTE_ARRAY', 'OPTIONAL'],
      ['count', 'INT32', 'OPTIONAL'],
      ['id', 'INT64', 'OPTIONAL'],
      ['speed', 'DOUBLE', 'OPTIONAL'],
    ]);
    expect(key_value_metadata).toEqual([
      { key: 'cts', value: '{"a":1}' },
      { key: 'unit', value: 'm/s²' },
    ]);
  });

  it('may have no rows', async () => {
    const file = encode([]);
    expect(parquetMetadata(file).num_rows).toBe(0n);
    expect(await parquetReadObjects({ file })).toEqual([]);
  });

  it('are the same, byte by byte, when they are written twice', () => {
    expect(Buffer.from(encode(GROUPS))).toEqual(Buffer.from(encode(GROUPS)));
  });
});
