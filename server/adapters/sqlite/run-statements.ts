import type { ArtifactRow, RunRow } from './run-rows.ts';
import type { SqlConnection, SqlStatement } from './sql-connection.ts';

/** A line of the list of ended runs: one for each artifact, or one without. */
interface EndedRunRow {
  readonly id: string;
  readonly completedAt: string;
  readonly sha256: string | null;
  readonly sizeBytes: number | null;
}

const RUN_COLUMNS = [
  ...['id', 'state', 'attempt', 'tool_id', 'created_ms', 'ended_ms', 'tool_version', 'name', 'input'],
  ...['input_name', 'parameters', 'created_at', 'started_at', 'completed_at', 'duration_seconds', 'error'],
  ...['recovery_attempted', 'rerun_of', 'timeout_seconds', 'max_bytes', 'idempotency_key', 'request_digest'],
  ...['report', 'manifest'],
];

/** What a `RunChange` can change. */
const CHANGING_COLUMNS = [
  ...['state', 'started_at', 'completed_at', 'ended_ms', 'duration_seconds', 'attempt', 'error'],
  ...['recovery_attempted', 'report', 'manifest'],
];

const ARTIFACT_COLUMNS = ['id', 'run_id', 'name', 'media_type', 'size_bytes', 'sha256', 'rows', 'created_at'];

/** Of the runs, only an index is read. */
export const LIST_ENDED = `
  SELECT runs.id, coalesce(completed_at, runs.created_at) AS completedAt, sha256, size_bytes AS sizeBytes
  FROM runs INDEXED BY runs_by_end LEFT JOIN artifacts ON artifacts.run_id = runs.id
  WHERE ended_ms IS NOT NULL ORDER BY ended_ms, runs.seq, artifacts.seq`;

interface RunStatements {
  readonly insert: SqlStatement<[RunRow]>;
  readonly update: SqlStatement<[RunRow]>;
  readonly get: SqlStatement<[string], RunRow>;
  readonly getByKey: SqlStatement<[string], RunRow>;
  readonly listActive: SqlStatement<[], RunRow>;
  readonly listEnded: SqlStatement<[], EndedRunRow>;
  readonly removeEnded: SqlStatement<[string]>;
}

/** All that is done with single runs. */
export function prepareRunStatements(connection: SqlConnection): RunStatements {
  return {
    insert: connection.prepare<[RunRow]>(insertInto('runs', RUN_COLUMNS)),
    update: connection.prepare<[RunRow]>(
      `UPDATE runs SET ${CHANGING_COLUMNS.map((column) => `${column} = @${column}`).join(', ')} WHERE id = @id`,
    ),
    get: connection.prepare<[string], RunRow>('SELECT * FROM runs WHERE id = ?'),
    getByKey: connection.prepare<[string], RunRow>('SELECT * FROM runs WHERE idempotency_key = ?'),
    listActive: connection.prepare<[], RunRow>(
      "SELECT * FROM runs WHERE state IN ('queued', 'running') ORDER BY seq",
    ),
    listEnded: connection.prepare<[], EndedRunRow>(LIST_ENDED),
    removeEnded: connection.prepare<[string]>('DELETE FROM runs WHERE id = ? AND ended_ms IS NOT NULL'),
  };
}

interface ArtifactStatements {
  readonly insert: SqlStatement<[ArtifactRow]>;
  readonly get: SqlStatement<[string], ArtifactRow>;
  readonly listOfRun: SqlStatement<[string], ArtifactRow>;
  readonly listIdsOfRun: SqlStatement<[string], string>;
}

/** All that is done with artifacts. */
export function prepareArtifactStatements(connection: SqlConnection): ArtifactStatements {
  return {
    insert: connection.prepare<[ArtifactRow]>(insertInto('artifacts', ARTIFACT_COLUMNS)),
    get: connection.prepare<[string], ArtifactRow>('SELECT * FROM artifacts WHERE id = ?'),
    listOfRun: connection.prepare<[string], ArtifactRow>(
      'SELECT * FROM artifacts WHERE run_id = ? ORDER BY seq',
    ),
    listIdsOfRun: connection.prepareColumn<[string], string>(
      'SELECT id FROM artifacts WHERE run_id = ? ORDER BY seq',
    ),
  };
}

/** @param columns Named like the members of the rows that are inserted. */
export function insertInto(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`;
}
