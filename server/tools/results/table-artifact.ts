import { generateCsvTable } from '../../core/table/csv-text.ts';
import { generateJsonTable } from '../../core/table/json-text.ts';
import type { Row, TableSchema } from '../../core/table/table-schema.ts';
import type { ArtifactSink, ArtifactWriter } from '../tool.ts';

/** The largest piece that is written at once. */
const PIECE_BYTES = 1 << 20;

/** A table that becomes a file. */
export interface TableFile {
  /** With its extension. */
  readonly fileName: string;
  readonly schema: TableSchema;
  readonly rows: readonly Row[];
}

/**
 * Leaves a table as CSV.
 *
 * @param file `comments` are lines in front of the table, see `formatCsvTable`.
 * @throws {CtsError} OUTPUT_NOT_WRITABLE, DISK_FULL.
 */
export async function writeCsvTable(
  artifacts: ArtifactSink,
  file: TableFile & { readonly comments?: readonly string[] },
): Promise<void> {
  const writer = await artifacts.create(file.fileName, 'text/csv');
  const { comments = [] } = file;
  await writeText(writer, generateCsvTable(file.schema, file.rows, { comments }));
  await writer.finish({ rows: file.rows.length });
}

/**
 * Leaves a table as a JSON list of objects.
 *
 * @throws {CtsError} OUTPUT_NOT_WRITABLE, DISK_FULL.
 */
export async function writeJsonTable(artifacts: ArtifactSink, file: TableFile): Promise<void> {
  const writer = await artifacts.create(file.fileName, 'application/json');
  await writeText(writer, generateJsonTable(file.schema, file.rows));
  await writer.finish({ rows: file.rows.length });
}

async function writeText(writer: ArtifactWriter, pieces: Iterable<string>): Promise<void> {
  const encoder = new TextEncoder();
  for (const piece of pieces) {
    const bytes = encoder.encode(piece);
    // A single row can be of any length.
    for (let at = 0; at < bytes.length; at += PIECE_BYTES)
      await writer.write(bytes.subarray(at, at + PIECE_BYTES));
  }
}
