import type {
  CancelBody,
  CancelRunResult,
  CleanBody,
  CleanedBody,
  CleanRunsResult,
  Run,
  RunBody,
  RunInput,
  RunLogBody,
  RunLogPage,
  StartRunBody,
  StartRunParams,
} from '#protocol';
import { keepGiven } from './given-members.ts';
import { formatDuration } from './duration-text.ts';

/** A run as HTTP shows it. */
export function toRunBody(run: Run): RunBody {
  const { id, error, durationSeconds } = run;
  return {
    id,
    run_id: id,
    name: run.name,
    tool_id: run.toolId,
    tool_version: run.toolVersion,
    status: run.state,
    created_at: run.createdAt,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    duration: durationSeconds === null ? null : formatDuration(durationSeconds),
    duration_seconds: durationSeconds,
    params: run.parameters,
    input: run.input === null ? null : toInputBody(run.input),
    input_name: run.inputName,
    progress: run.progress,
    progress_message: run.progressMessage,
    attempt: run.attempt,
    queue_position: run.queuePosition,
    artifacts: run.artifactIds,
    error: error?.message ?? null,
    error_category: error?.category ?? null,
    error_code: error?.code ?? null,
    error_details: error?.details ?? {},
    suggested_actions: error?.suggestedActions ?? [],
    recovery_attempted: run.recoveryAttempted,
    rerun_of: run.rerunOf,
    report: run.report,
  };
}

/** Reads what a run is started with; the parameters are as they came, for the contract to check. */
export function readStartRun(
  body: StartRunBody,
  idempotencyKey: string | undefined,
): Record<string, unknown> {
  return keepGiven({
    toolId: body.tool_id,
    parameters: body.params,
    input: body.input === null || body.input === undefined ? undefined : readInput(body.input),
    name: body.name,
    timeoutSeconds: body.timeout_seconds,
    maxBytes: body.max_bytes,
    idempotencyKey,
  });
}

/** What cancelling came to, in the words of CTS-Lite. */
export function toCancelBody({ run, wasActive }: CancelRunResult, runId: string): CancelBody {
  return {
    message: wasActive ? 'Run cancelled' : 'Run not found or already completed',
    run_id: runId,
    status: run?.state ?? null,
  };
}

/** Lines of a run's log as HTTP shows them. */
export function toRunLogBody({ entries, hasMore }: RunLogPage, runId: string): RunLogBody {
  return { run_id: runId, logs: entries, has_more: hasMore };
}

/** Reads which runs are to be removed. */
export function readClean(body: CleanBody): Record<string, unknown> {
  return keepGiven({
    olderThanSeconds: body.older_than_seconds,
    keepBytes: body.keep_bytes,
    isDryRun: body.dry_run,
  });
}

/** What was removed, as HTTP shows it. */
export function toCleanedBody(result: CleanRunsResult): CleanedBody {
  return {
    dry_run: result.isDryRun,
    runs: result.runIds,
    uploads: result.uploadIds,
    artifacts: result.artifacts,
    freed_bytes: result.freedBytes,
  };
}

function toInputBody(input: RunInput): { readonly type: string; readonly value: string } {
  switch (input.type) {
    case 'path':
      return { type: 'path', value: input.path };
    case 'upload':
      return { type: 'upload', value: input.uploadId };
    case 'artifact':
      return { type: 'artifact', value: input.artifactId };
  }
}

function readInput({ type, value }: NonNullable<StartRunBody['input']>): StartRunParams['input'] {
  switch (type) {
    case 'path':
      return { type, path: value };
    case 'upload':
      return { type, uploadId: value };
    case 'artifact':
      return { type, artifactId: value };
  }
}
