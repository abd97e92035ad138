import * as z from 'zod';
import { LoadReport } from './load-report.ts';
import type { Wire } from './wire.ts';

// Bodies of HTTP as clients of CTS-Lite know them: snake case, and more than one spelling where theirs differed.

const time = z.string().describe('RFC 3339, UTC');

/** A failure, as RFC 9457 has it, with the members that CTS-Lite sent. */
export const ProblemBody = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('One line for people'),
    code: z.string().describe('Stable; see docs/ERRORS.md'),
    error_code: z.string().describe('The same as code'),
    error_category: z.enum(['validation_error', 'tool_error', 'system_error', 'tool_not_found']),
    suggested_actions: z.array(z.string()),
    details: z.record(z.string(), z.unknown()),
    run_id: z.string().exactOptional(),
    request_id: z.string(),
  })
  .meta({ id: 'ProblemBody' });

/** A failure. */
export type ProblemBody = Wire<typeof ProblemBody>;

/** Body of `POST /v1/runs`. */
export const StartRunBody = z
  .strictObject({
    tool_id: z.string().min(1).max(200),
    params: z.record(z.string(), z.unknown()).default({}),
    input: z
      .strictObject({ type: z.enum(['path', 'upload', 'artifact']), value: z.string().min(1).max(4096) })
      .nullish(),
    name: z.string().max(200).nullish(),
    timeout_seconds: z.number().nullish(),
    max_bytes: z.int().nullish(),
    repo_root: z.string().nullish().describe('Accepted and ignored'),
    deps_dir: z.string().nullish().describe('Accepted and ignored'),
    install_missing_deps: z.boolean().nullish().describe('Accepted and ignored'),
  })
  .meta({ id: 'StartRunBody' });

/** Body of `POST /v1/runs`. */
export type StartRunBody = Wire<typeof StartRunBody>;

/** A run. */
export const RunBody = z
  .strictObject({
    id: z.string(),
    run_id: z.string().describe('The same as id'),
    name: z.string().nullable(),
    tool_id: z.string(),
    tool_version: z.string(),
    status: z.enum(['queued', 'running', 'completed', 'failed', 'canceled']),
    created_at: time,
    started_at: time.nullable(),
    completed_at: time.nullable(),
    duration: z.string().nullable().describe('For people, e.g. 1.5s'),
    duration_seconds: z.number().nullable(),
    params: z.record(z.string(), z.unknown()),
    input: z.strictObject({ type: z.string(), value: z.string() }).nullable(),
    input_name: z.string().nullable(),
    progress: z.number().nullable().describe('0 to 100'),
    progress_message: z.string().nullable(),
    attempt: z.int(),
    queue_position: z.int().nullable(),
    artifacts: z.array(z.string()).describe('Ids'),
    error: z.string().nullable(),
    error_category: z.string().nullable(),
    error_code: z.string().nullable(),
    error_details: z.record(z.string(), z.unknown()),
    suggested_actions: z.array(z.string()),
    recovery_attempted: z.boolean(),
    rerun_of: z.string().nullable(),
    report: LoadReport.nullable(),
  })
  .meta({ id: 'RunBody' });

/** A run. */
export type RunBody = Wire<typeof RunBody>;

/** Answer to `DELETE /v1/runs/{id}`. */
export const CancelBody = z
  .strictObject({ message: z.string(), run_id: z.string(), status: z.string().nullable() })
  .meta({ id: 'CancelBody' });

/** Answer to `DELETE /v1/runs/{id}`. */
export type CancelBody = Wire<typeof CancelBody>;

/** Lines of a run's log. */
export const RunLogBody = z
  .strictObject({
    run_id: z.string(),
    logs: z.array(
      z.strictObject({
        sequence: z.int(),
        timestamp: time,
        level: z.string(),
        message: z.string(),
        source: z.string(),
      }),
    ),
    has_more: z.boolean(),
  })
  .meta({ id: 'RunLogBody' });

/** Lines of a run's log. */
export type RunLogBody = Wire<typeof RunLogBody>;

/** An artifact. */
export const ArtifactBody = z
  .strictObject({
    id: z.string(),
    artifact_id: z.string().describe('The same as id'),
    run_id: z.string(),
    filename: z.string(),
    size: z.number(),
    size_bytes: z.number().describe('The same as size'),
    type: z.string(),
    content_type: z.string().describe('The same as type'),
    sha256: z.string(),
    rows: z.number().nullable(),
    created_at: time,
    download_url: z.string().describe('Absolute'),
  })
  .meta({ id: 'ArtifactBody' });

/** An artifact. */
export type ArtifactBody = Wire<typeof ArtifactBody>;

/** Text of an artifact, cut where it is long. */
export const ArtifactContentBody = z
  .strictObject({
    artifact_id: z.string(),
    filename: z.string(),
    content_type: z.string(),
    content: z.string(),
    encoding: z.enum(['utf-8', 'base64']),
    size_bytes: z.number().describe('Of the whole artifact'),
    truncated: z.boolean(),
  })
  .meta({ id: 'ArtifactContentBody' });

/** Text of an artifact, cut where it is long. */
export type ArtifactContentBody = Wire<typeof ArtifactContentBody>;

/** Body of `POST /v1/uploads` as JSON. */
export const CreateUploadBody = z
  .strictObject({
    filename: z.string().min(1).max(255),
    size: z.int().min(0).nullish(),
    sha256: z.string().nullish(),
  })
  .meta({ id: 'CreateUploadBody' });

/** Body of `POST /v1/uploads` as JSON. */
export type CreateUploadBody = Wire<typeof CreateUploadBody>;

/** An upload. */
export const UploadBody = z
  .strictObject({
    id: z.string(),
    upload_id: z.string().describe('The same as id'),
    filename: z.string(),
    status: z.enum(['pending', 'completed', 'failed']),
    size: z.number().nullable(),
    received: z.number().describe('Bytes that have come'),
    sha256: z.string().nullable(),
    created_at: time,
    completed_at: time.nullable(),
    upload_url: z
      .string()
      .describe('Where the bytes go, by PUT; relative, as the client of CTS-Lite joins it'),
  })
  .meta({ id: 'UploadBody' });

/** An upload. */
export type UploadBody = Wire<typeof UploadBody>;

/** Body of `POST /v1/downloads`. */
export const StartDownloadBody = z
  .strictObject({
    route: z.string().min(1).max(500),
    dest_root: z.string().max(10_000).nullish(),
    file_types: z.record(z.string(), z.boolean()).default({ logs: true }),
    search_days: z.int().min(1).max(30).default(7),
    since: z.string().nullish(),
    until: z.string().nullish(),
    resume: z.boolean().default(true),
    parallel: z.int().min(1).max(16).default(4),
  })
  .meta({ id: 'StartDownloadBody' });

/** Body of `POST /v1/downloads`. */
export type StartDownloadBody = Wire<typeof StartDownloadBody>;

/** A download from comma connect. */
export const DownloadBody = z
  .strictObject({
    id: z.string(),
    download_id: z.string().describe('The same as id'),
    status: z.enum(['queued', 'resolving', 'downloading', 'completed', 'failed', 'canceled']),
    route: z.string(),
    canonical_route: z.string().nullable(),
    dest_root: z.string(),
    total_files: z.int(),
    downloaded_files: z.int(),
    skipped_files: z.int(),
    failed_files: z.int(),
    received_bytes: z.number(),
    total_bytes: z.number(),
    failures: z.array(z.strictObject({ file: z.string(), message: z.string() })),
    error: z.string().nullable(),
    error_code: z.string().nullable(),
    created_at: time,
    completed_at: time.nullable(),
  })
  .meta({ id: 'DownloadBody' });

/** A download from comma connect. */
export type DownloadBody = Wire<typeof DownloadBody>;

/** Body of `POST /v1/runs/clean`. */
export const CleanBody = z
  .strictObject({
    older_than_seconds: z.number().min(0).nullish(),
    keep_bytes: z.number().min(0).nullish(),
    dry_run: z.boolean().default(false),
  })
  .meta({ id: 'CleanBody' });

/** Body of `POST /v1/runs/clean`. */
export type CleanBody = Wire<typeof CleanBody>;

/** Answer to `POST /v1/runs/clean`. */
export const CleanedBody = z
  .strictObject({
    dry_run: z.boolean(),
    runs: z.array(z.string()),
    uploads: z.array(z.string()),
    artifacts: z.int(),
    freed_bytes: z.number(),
  })
  .meta({ id: 'CleanedBody' });

/** Answer to `POST /v1/runs/clean`. */
export type CleanedBody = Wire<typeof CleanedBody>;

/** Body of `POST /v1/monitors`. */
export const StartMonitorBody = z
  .strictObject({
    tool_id: z.string().min(1).max(200),
    params: z.record(z.string(), z.unknown()).default({}),
  })
  .meta({ id: 'StartMonitorBody' });

/** Body of `POST /v1/monitors`. */
export type StartMonitorBody = Wire<typeof StartMonitorBody>;

/** A monitor. */
export const MonitorBody = z
  .strictObject({
    id: z.string(),
    monitor_id: z.string().describe('The same as id'),
    tool_id: z.string(),
    status: z.enum(['starting', 'running', 'stopping', 'stopped', 'failed']),
    started_at: time,
    stopped_at: time.nullable(),
    uptime: z.string().nullable(),
  })
  .meta({ id: 'MonitorBody' });

/** A monitor. */
export type MonitorBody = Wire<typeof MonitorBody>;
