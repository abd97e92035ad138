import { expect, it } from 'vitest';
import { formatCsvTable } from '../../../../server/core/table/csv-text.ts';
import { formatJsonTable } from '../../../../server/core/table/json-text.ts';
import type { Row, TableSchema } from '../../../../server/core/table/table-schema.ts';
import { writeCsvTable, writeJsonTable } from '../../../../server/tools/results/table-artifact.ts';
import type { ArtifactSink } from '../../../../server/tools/tool.ts';

const schema: TableSchema = {
  name: 'edges',
  version: 'edges.v1',
  description: '',
  columns: [
    { name: 'label', type: 'text', description: '' },
    { name: 'seconds', type: 'float', description: '' },
  ],
};

const rows: readonly Row[] = [
  ['ü'.repeat(3 << 20), 1],
  ...Array.from({ length: 50_000 }, (_, i): Row => [`edge ${String(i)}`, i]),
];

const MEBIBYTE = 1 << 20;

it('writes CSV in pieces of at most a mebibyte, and says how many rows', async () => {
  const sink = new FakeSink();
  await writeCsvTable(sink, { fileName: 'edges.csv', schema, rows, comments: ['schema_version: edges.v1'] });
  expect(sink.told).toEqual(['create edges.csv text/csv', 'finish 50001']);
  expect(sink.text).toBe(formatCsvTable(schema, rows, { comments: ['schema_version: edges.v1'] }));
  expect(Math.max(...sink.sizes)).toBe(MEBIBYTE);
});

it('writes JSON in pieces of at most a mebibyte, and says how many rows', async () => {
  const sink = new FakeSink();
  await writeJsonTable(sink, { fileName: 'edges.json', schema, rows });
  expect(sink.told).toEqual(['create edges.json application/json', 'finish 50001']);
  expect(sink.text).toBe(formatJsonTable(schema, rows));
  expect(Math.max(...sink.sizes)).toBe(MEBIBYTE);
});

class FakeSink implements ArtifactSink {
  readonly told: string[] = [];
  readonly sizes: number[] = [];
  readonly #pieces: Buffer[] = [];

  get text(): string {
    return Buffer.concat(this.#pieces).toString();
  }

  create(name: string, mediaType: string): ReturnType<ArtifactSink['create']> {
    this.told.push(`create ${name} ${mediaType}`);
    return Promise.resolve({
      write: (bytes) => {
        this.#pieces.push(Buffer.from(bytes));
        this.sizes.push(bytes.length);
        // They are the caller's only after the promise: whoever goes on reading them now is found out.
        bytes.fill(0xee);
        return Promise.resolve();
      },
      finish: ({ rows: count = 0 } = {}) => {
        this.told.push(`finish ${String(count)}`);
        return Promise.resolve();
      },
    });
  }
}
