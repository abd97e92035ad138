import { formatPythonJson } from '../../../core/table/json-text.ts';
import type { Row, TableSchema } from '../../../core/table/table-schema.ts';
import { writeCsvTable, writeJsonTable } from '../../results/table-artifact.ts';
import type { ArtifactSink } from '../../tool.ts';
import { CANDIDATES_TABLE, listCandidates } from './candidates-table.ts';
import { COUNTS_TABLE, listCounts } from './counts-table.ts';
import type { CruiseAnalysis } from '../analysis/cruise-analysis.ts';
import { EDGES_TABLE, listEdges } from './edges-table.ts';
import { writeHeader } from './export-header.ts';
import { describeConfiguration, describeTable, type RunDescription } from './metadata.ts';
import { ENGAGED_TABLE, listEngaged, listRuns, RUNS_TABLE } from './runs-table.ts';
import { writeTextFile } from '../../results/text-artifact.ts';
import { listTimeline, TIMELINE_TABLE } from './timeline-table.ts';

/** A file that was left, for those who list them. */
export interface LeftFile {
  readonly name: string;
  readonly description: string;
}

/** A table with its rows. */
interface FilledTable {
  readonly schema: TableSchema;
  readonly rows: readonly Row[];
}

/** Every table of the exports, in their order. */
export const EXPORT_TABLES: readonly TableSchema[] = [
  COUNTS_TABLE,
  CANDIDATES_TABLE,
  EDGES_TABLE,
  RUNS_TABLE,
  TIMELINE_TABLE,
  ENGAGED_TABLE,
];

/** Leaves the tables in the forms that were asked for, each with its metadata, and how they were made. */
export async function writeExports(
  artifacts: ArtifactSink,
  description: RunDescription,
): Promise<readonly LeftFile[]> {
  const { export_csv, export_json } = description.parameters;
  if (!export_csv && !export_json) return [];
  const files: LeftFile[] = [];
  for (const table of fillTables(description.analysis))
    files.push(...(await writeTable(artifacts, description, table)));
  const text = formatPythonJson(describeConfiguration(description), { indent: 2 });
  await writeTextFile(artifacts, { name: 'config_snapshot.json', mediaType: 'application/json', text });
  return [...files, { name: 'config_snapshot.json', description: 'What was run, on what and how' }];
}

function fillTables(analysis: CruiseAnalysis): readonly FilledTable[] {
  return [
    { schema: COUNTS_TABLE, rows: listCounts(analysis.markers) },
    { schema: CANDIDATES_TABLE, rows: listCandidates(analysis.candidates) },
    { schema: EDGES_TABLE, rows: listEdges(analysis.edges) },
    { schema: RUNS_TABLE, rows: listRuns(analysis.runs) },
    { schema: TIMELINE_TABLE, rows: listTimeline(analysis.timeline) },
    { schema: ENGAGED_TABLE, rows: listEngaged(analysis.engaged) },
  ];
}

async function writeTable(
  artifacts: ArtifactSink,
  description: RunDescription,
  table: FilledTable,
): Promise<readonly LeftFile[]> {
  const { export_csv, export_json } = description.parameters;
  const { schema, rows } = table;
  const metadata = describeTable(description, schema, findBuses(table));
  const files: LeftFile[] = [];
  const note = (name: string, words: string): number => files.push({ name, description: words });
  if (export_csv) {
    const fileName = `${schema.name}.csv`;
    await writeCsvTable(artifacts, { fileName, schema, rows, comments: writeHeader(metadata) });
    note(fileName, `${String(rows.length)} rows`);
  }
  const name = `${schema.name}.analysis_meta.json`;
  await writeTextFile(artifacts, { name, mediaType: 'application/json', text: formatPythonJson(metadata) });
  if (export_json) {
    const fileName = `${schema.name}.json`;
    await writeJsonTable(artifacts, { fileName, schema, rows });
    note(fileName, `${String(rows.length)} rows`);
  }
  note(name, 'Where the table comes from');
  return files;
}

/** Buses of every address, in the order of the rows. */
function findBuses({ schema, rows }: FilledTable): ReadonlyMap<string, readonly number[]> {
  const [address, bus] = ['address_hex', 'bus'].map((name) =>
    schema.columns.findIndex((column) => column.name === name),
  );
  const buses = new Map<string, number[]>();
  for (const row of rows) noteBus(buses, row[address ?? -1], row[bus ?? -1]);
  return buses;
}

function noteBus(buses: Map<string, number[]>, address: unknown, bus: unknown): void {
  if (typeof address !== 'string' || typeof bus !== 'number') return;
  const known = buses.get(address);
  if (known === undefined) buses.set(address, [bus]);
  else if (!known.includes(bus)) known.push(bus);
}
