import { executeJob } from '../../server/services/execution/execute-job.ts';
import type { JobOutcome } from '../../server/services/execution/execution-ports.ts';
import type { RunJob } from '../../server/services/runs/run-executor.ts';
import { ToolRegistry } from '../../server/services/tools/tool-registry.ts';
import type { Analyzer } from '../../server/tools/tool.ts';
import { MemoryArtifacts } from './memory-artifacts.ts';
import { MemoryInputs, MemoryTexts, RecordedVoice } from './memory-execution.ts';
import { fileOf, type MemoryLog, MemoryLogs } from './memory-logs.ts';
import { makeJob, placeOf } from './run-job.ts';
import { makeSmallDrive } from './small-drive.ts';

/** What a job meets. */
export interface Circumstances {
  readonly job?: Partial<RunJob>;
  readonly drive?: MemoryLog;
  readonly inputs?: MemoryInputs;
  readonly texts?: MemoryTexts;
  readonly artifacts?: MemoryArtifacts;
  readonly signal?: AbortSignal;
}

/** How it went. */
export interface Execution {
  readonly outcome: JobOutcome;
  readonly voice: RecordedVoice;
  readonly files: ReadonlyMap<string, string>;
}

/** Executes a job of a tool on a log called `drive`, on ports in memory. */
export async function execute(
  tool: Analyzer,
  {
    job,
    drive = fileOf(makeSmallDrive()),
    inputs = new MemoryInputs(),
    texts = new MemoryTexts(),
    artifacts = new MemoryArtifacts(),
    signal = new AbortController().signal,
  }: Circumstances = {},
): Promise<Execution> {
  const voice = new RecordedVoice();
  const outcome = await executeJob(
    makeJob('work', { toolId: 'sample-tool', input: placeOf('drive'), ...job }),
    {
      tools: new ToolRegistry([tool]),
      openLogs: () => new MemoryLogs({ drive }),
      folders: artifacts,
      inputs,
      texts,
      clock: { monotonicMs: () => 0, now: () => '2026-01-02T03:04:05.000Z' },
    },
    { voice, signal },
  );
  return { outcome, voice, files: artifacts.files };
}
