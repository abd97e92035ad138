import type { Run } from '#protocol';
import type { RunRecord } from './run-store.ts';

/** What is known of a run only while the service lives. */
export interface LiveRun {
  readonly progress: number | null;
  readonly progressMessage: string | null;
  /** 1 for the next to start. */
  readonly queuePosition: number | null;
}

const NOTHING_LIVE: LiveRun = { progress: null, progressMessage: null, queuePosition: null };

/** Shows a run as it is told to clients. */
export function describeRun(
  record: RunRecord,
  artifactIds: readonly string[],
  live: LiveRun = NOTHING_LIVE,
): Run {
  const { id, toolId, toolVersion, name, state, input, inputName, parameters } = record;
  const isCompleted = state === 'completed';
  return {
    ...{ id, toolId, toolVersion, name, state, input, inputName, parameters },
    createdAt: record.createdAt,
    startedAt: record.startedAt,
    completedAt: record.completedAt,
    durationSeconds: record.durationSeconds,
    progress: isCompleted ? 100 : live.progress,
    progressMessage: state === 'running' ? live.progressMessage : null,
    attempt: record.attempt,
    queuePosition: state === 'queued' ? live.queuePosition : null,
    artifactIds,
    error: record.error,
    recoveryAttempted: record.recoveryAttempted,
    rerunOf: record.rerunOf,
    report: record.report,
  };
}
