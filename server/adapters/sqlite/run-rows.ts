import type { Artifact } from '#protocol';
import type { RunRecord } from '../../services/runs/run-store.ts';

/** A run as it stands in the table; JSON where a column is a document. */
export interface RunRow {
  readonly id: string;
  readonly state: string;
  readonly attempt: number;
  readonly tool_id: string;
  readonly created_ms: number;
  /** Null until the run has ended. */
  readonly ended_ms: number | null;
  readonly tool_version: string;
  readonly name: string | null;
  readonly input: string | null;
  readonly input_name: string | null;
  readonly parameters: string;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly completed_at: string | null;
  readonly duration_seconds: number | null;
  readonly error: string | null;
  readonly recovery_attempted: number;
  readonly rerun_of: string | null;
  readonly timeout_seconds: number | null;
  readonly max_bytes: number | null;
  readonly idempotency_key: string | null;
  readonly request_digest: string;
  readonly report: string | null;
  readonly manifest: string | null;
}

/** An artifact as it stands in the table. */
export interface ArtifactRow {
  readonly id: string;
  readonly run_id: string;
  readonly name: string;
  readonly media_type: string;
  readonly size_bytes: number;
  readonly sha256: string;
  readonly rows: number | null;
  readonly created_at: string;
}

export function toRunRow(run: RunRecord): RunRow {
  return {
    id: run.id,
    state: run.state,
    attempt: run.attempt,
    tool_id: run.toolId,
    created_ms: Date.parse(run.createdAt),
    ended_ms: hasEnded(run) ? Date.parse(run.completedAt ?? run.createdAt) : null,
    tool_version: run.toolVersion,
    name: run.name,
    input: toJson(run.input),
    input_name: run.inputName,
    parameters: JSON.stringify(run.parameters),
    created_at: run.createdAt,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    duration_seconds: run.durationSeconds,
    error: toJson(run.error),
    recovery_attempted: Number(run.recoveryAttempted),
    rerun_of: run.rerunOf,
    timeout_seconds: run.timeoutSeconds,
    max_bytes: run.maxBytes,
    idempotency_key: run.idempotencyKey,
    request_digest: run.requestDigest,
    report: toJson(run.report),
    manifest: toJson(run.manifest),
  };
}

/** What comes out of the database went into it as these types. */
export function toRunRecord(row: RunRow): RunRecord {
  return {
    id: row.id,
    toolId: row.tool_id,
    toolVersion: row.tool_version,
    name: row.name,
    state: row.state as RunRecord['state'],
    input: JSON.parse(row.input ?? 'null') as RunRecord['input'],
    inputName: row.input_name,
    parameters: JSON.parse(row.parameters) as RunRecord['parameters'],
    createdAt: row.created_at,
    startedAt: row.started_at,
    completedAt: row.completed_at,
    durationSeconds: row.duration_seconds,
    attempt: row.attempt,
    error: JSON.parse(row.error ?? 'null') as RunRecord['error'],
    recoveryAttempted: row.recovery_attempted !== 0,
    rerunOf: row.rerun_of,
    report: JSON.parse(row.report ?? 'null') as RunRecord['report'],
    manifest: JSON.parse(row.manifest ?? 'null') as RunRecord['manifest'],
    timeoutSeconds: row.timeout_seconds,
    maxBytes: row.max_bytes,
    idempotencyKey: row.idempotency_key,
    requestDigest: row.request_digest,
  };
}

export function toArtifactRow(artifact: Artifact): ArtifactRow {
  return {
    id: artifact.id,
    run_id: artifact.runId,
    name: artifact.name,
    media_type: artifact.mediaType,
    size_bytes: artifact.sizeBytes,
    sha256: artifact.sha256,
    rows: artifact.rows,
    created_at: artifact.createdAt,
  };
}

export function toArtifact(row: ArtifactRow): Artifact {
  return {
    id: row.id,
    runId: row.run_id,
    name: row.name,
    mediaType: row.media_type,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    rows: row.rows,
    createdAt: row.created_at,
  };
}

function hasEnded({ state }: RunRecord): boolean {
  return state !== 'queued' && state !== 'running';
}

function toJson(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
