import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '#protocol';
import { linkArtifact } from './artifact-resources.ts';
import type { McpCall, McpOutcome } from './mcp-tool.ts';

const LOOK_EVERY_MS = 200;

/** Waits for the end of a run, so long at most. */
export async function waitForRun(
  run: Run,
  waitSeconds: number,
  { ask, signal, tellProgress }: McpCall,
): Promise<Run> {
  const deadline = performance.now() + waitSeconds * 1000;
  let latest = run;
  while (isGoingOn(latest) && performance.now() < deadline) {
    await sleep(LOOK_EVERY_MS, undefined, { signal });
    latest = await ask('runs/get', { runId: run.id }, signal);
    await tellProgress({
      fraction: (latest.progress ?? 0) / 100,
      message: latest.progressMessage ?? latest.state,
    });
  }
  return latest;
}

/** Says what became of a run, and where its files are. */
export async function describeRun(run: Run, { ask, signal }: McpCall): Promise<McpOutcome> {
  const artifacts = run.state === 'completed' ? await ask('artifacts/list', { runId: run.id }, signal) : [];
  const { id, toolId, state, inputName, durationSeconds, progress, error } = run;
  const files = artifacts.map((artifact) => ({
    ...linkArtifact(artifact),
    sizeBytes: artifact.sizeBytes,
    rows: artifact.rows,
  }));
  return {
    value: {
      ...{ runId: id, analyzer: toolId, state, input: inputName, durationSeconds, progressPercent: progress },
      ...(error !== null && {
        error: { code: error.code, message: error.message, whatToDo: error.suggestedActions },
      }),
      ...(isGoingOn(run) && {
        whatToDo: [`Call get_run with runId ${id} later; the run goes on by itself.`],
      }),
      files,
    },
    files,
    isFailure: state === 'failed',
  };
}

function isGoingOn({ state }: Run): boolean {
  return state === 'queued' || state === 'running';
}
