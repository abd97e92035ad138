import { CTS_VERSION } from '#protocol';
import type { TableSchema } from '../../core/table/table-schema.ts';
import type { Analyzer, ToolContext } from '../tool.ts';
import { writeTextFile } from './text-artifact.ts';

/** What of a run the metadata tell. */
export type MetadataContext = Pick<
  ToolContext<Readonly<Record<string, unknown>>>,
  'artifacts' | 'describeInputs' | 'files' | 'parameters' | 'run'
>;

/** Tables, and where they come from. */
export interface MetadataArtifact {
  readonly tool: Pick<Analyzer, 'id' | 'version'>;
  /** Such as `log-stats.analysis_meta.json`. */
  readonly fileName: string;
  readonly tables: readonly TableSchema[];
}

/**
 * Leaves a JSON file that tells where the tables of a run come from: inputs with their hashes, versions, parameters, and
 * the form of each table.
 *
 * @throws {CtsError} OUTPUT_NOT_WRITABLE, DISK_FULL.
 */
export async function writeMetadata(
  context: MetadataContext,
  { tool, fileName, tables }: MetadataArtifact,
): Promise<void> {
  const inputs = await context.describeInputs();
  const metadata = {
    schema_version: 'analysis_meta.v1',
    analysis_id: context.run.id,
    timestamp: context.run.startedAt.toISOString(),
    tool: tool.id,
    tool_version: tool.version,
    cts_version: CTS_VERSION,
    inputs: inputs.map(({ name, sizeBytes, sha256 }) => ({ name, size_bytes: sizeBytes, sha256 })),
    parameters: describeParameters(context),
    tables: Object.fromEntries(tables.map(({ name, version }) => [name, version])),
  };
  const text = JSON.stringify(metadata, undefined, 2);
  await writeTextFile(context.artifacts, { name: fileName, mediaType: 'application/json', text });
}

/** Where a file lay is no fact of the result; its name is. */
function describeParameters({ parameters, files }: MetadataContext): Readonly<Record<string, unknown>> {
  const members = Object.entries(parameters).map(([name, value]) => {
    const named = files(name).map((file) => file.name);
    if (named.length === 0) return [name, value ?? null] as const;
    return [name, Array.isArray(value) ? named : named[0]] as const;
  });
  return Object.fromEntries(members);
}
