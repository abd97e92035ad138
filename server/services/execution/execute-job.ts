import type { Clock } from '../clock.ts';
import type { LogLocator } from '../logs/log-source.ts';
import type { RunJob } from '../runs/run-executor.ts';
import type { ToolRegistry } from '../tools/tool-registry.ts';
import type { InputFiles, JobOutcome, RunVoice, TextFiles, WorkFolders } from './execution-ports.ts';
import { JobInputs } from './job-inputs.ts';
import { throttleProgress } from './progress-throttle.ts';
import { describeFailure, findStack } from './told-failure.ts';

/** What the work on a job needs of the world. */
export interface ExecutionPorts {
  readonly tools: ToolRegistry;
  /** Finds logs whose files lie in some folders, whatever links lead to them; without a folder, anywhere. */
  readonly openLogs: (roots: readonly string[]) => LogLocator;
  readonly texts: TextFiles;
  readonly folders: WorkFolders;
  readonly inputs: InputFiles;
  readonly clock: Pick<Clock, 'monotonicMs' | 'now'>;
}

/** What comes with one job. */
export interface ExecutionContext {
  readonly voice: RunVoice;
  /** Aborted when the run is to stop. */
  readonly signal: AbortSignal;
}

/** Does the work of one job in this process, and tells how it ended. Never rejects. */
export async function executeJob(
  job: RunJob,
  ports: ExecutionPorts,
  context: ExecutionContext,
): Promise<JobOutcome> {
  try {
    return await runTool(job, ports, context);
  } catch (error) {
    if (context.signal.aborted) return { kind: 'stopped' };
    const stack = findStack(error);
    if (stack !== undefined) context.voice.line({ level: 'DEBUG', message: stack });
    return { kind: 'failed', failure: describeFailure({ id: job.toolId }, error) };
  }
}

async function runTool(
  job: RunJob,
  ports: ExecutionPorts,
  { voice, signal }: ExecutionContext,
): Promise<JobOutcome> {
  const startedAt = new Date(ports.clock.now());
  const tool = ports.tools.get(job.toolId);
  const onProgress = throttleProgress(ports.clock, (progress) => {
    voice.progress(progress);
  });
  const inputs = await JobInputs.open(tool, job, { ...ports, voice, signal, onProgress });
  const files = ports.folders.open(job.workFolder, job.limits);
  voice.started();
  await tool.run({
    input: inputs.main,
    files: (parameter) => inputs.of(parameter),
    parameters: job.parameters,
    artifacts: files,
    run: { id: job.runId, startedAt },
    describeInputs: () => inputs.describe(),
    signal,
    tell: (level, message) => {
      voice.line({ level, message });
    },
    tellProgress: (fraction, message) => {
      onProgress({ fraction, message });
    },
  });
  // A tool that was told to stop and ended early has not done its work.
  signal.throwIfAborted();
  const produced = await files.collect();
  return {
    kind: 'finished',
    files: produced.map(({ name, mediaType, sizeBytes, sha256, rows }) => ({
      name,
      mediaType,
      sizeBytes,
      sha256,
      rows,
    })),
    inputs: await inputs.conclude(),
    report: inputs.report,
  };
}
