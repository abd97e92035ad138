import type { InputAccess } from '../../tools/input-access.ts';
import type { Clock } from '../clock.ts';
import { OpenedLog } from '../logs/log-access.ts';
import type { LogLocator, LogSource } from '../logs/log-source.ts';
import type { InputFile, RunJob } from '../runs/run-executor.ts';
import type { ToolRegistry } from '../tools/tool-registry.ts';
import type { FileStamp, InputFiles, JobOutcome, RunVoice, WorkFolders } from './execution-ports.ts';
import { throttleProgress } from './progress-throttle.ts';
import { describeFailure, findStack } from './told-failure.ts';

/** What the work on a job needs of the world. */
export interface ExecutionPorts {
  readonly tools: ToolRegistry;
  /** Finds logs whose files lie in some folders, whatever links lead to them; without a folder, anywhere. */
  readonly openLogs: (roots: readonly string[]) => LogLocator;
  readonly folders: WorkFolders;
  readonly inputs: InputFiles;
  readonly clock: Pick<Clock, 'monotonicMs'>;
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
  const tool = ports.tools.get(job.toolId);
  const source =
    job.inputPath === null ? undefined : await ports.openLogs(job.inputRoots).locate(job.inputPath);
  const log = source && openLog(source, job, { voice, signal, clock: ports.clock });
  const before = await stampInputs(source, ports.inputs);
  const files = ports.folders.open(job.workFolder, job.limits);
  voice.started();
  await tool.run({
    input: log ?? createMissingInput(job.toolId),
    files: () => [],
    parameters: job.parameters,
    artifacts: files,
    run: { id: job.runId, startedAt: new Date(0) },
    describeInputs: () => Promise.resolve([]),
    signal,
    tell: (level, message) => {
      voice.line({ level, message });
    },
    tellProgress: (fraction, message) => {
      voice.progress({ fraction, message });
    },
  });
  // A tool that was told to stop and ended early has not done its work.
  signal.throwIfAborted();
  const produced = await files.collect();
  const inputs = await digestInputs(source, before, { voice, signal, inputs: ports.inputs });
  return {
    kind: 'finished',
    files: produced.map(({ name, mediaType, sizeBytes, sha256, rows }) => ({
      name,
      mediaType,
      sizeBytes,
      sha256,
      rows,
    })),
    inputs,
    report: log?.report ?? null,
  };
}

function openLog(
  source: LogSource,
  { maxBytes }: RunJob,
  { voice, signal, clock }: ExecutionContext & Pick<ExecutionPorts, 'clock'>,
): OpenedLog {
  const onProgress = throttleProgress(clock, (progress) => {
    voice.progress(progress);
  });
  return new OpenedLog(source, { signal, onProgress, ...(maxBytes !== null && { maxBytes }) });
}

/** A tool that reads nothing is given nothing; when it wants something all the same, its manifest is wrong. */
function createMissingInput(toolId: string): InputAccess {
  return {
    kind: 'text',
    name: toolId,
    chunks: () => {
      throw new Error('it reads a file, and was given none');
    },
  };
}

type Stamps = ReadonlyMap<string, FileStamp | undefined>;

async function stampInputs(source: LogSource | undefined, inputs: InputFiles): Promise<Stamps> {
  const stamps = new Map<string, FileStamp | undefined>();
  for (const { path } of source?.segments ?? []) stamps.set(path, await inputs.stamp(path));
  return stamps;
}

/** Hashes what was read, for the manifest; a file that changed meanwhile is spoken of. */
async function digestInputs(
  source: LogSource | undefined,
  before: Stamps,
  { voice, signal, inputs }: ExecutionContext & Pick<ExecutionPorts, 'inputs'>,
): Promise<readonly InputFile[]> {
  const files: InputFile[] = [];
  for (const { name, path } of source?.segments ?? []) {
    const digest = await inputs.digest(path, signal);
    if (digest !== undefined) files.push({ name, ...digest });
    if (digest === undefined || !isSame(before.get(path), await inputs.stamp(path)))
      voice.line({ level: 'WARNING', message: `${path} changed while it was read: the result is of both` });
  }
  return files;
}

function isSame(before: FileStamp | undefined, after: FileStamp | undefined): boolean {
  return before?.sizeBytes === after?.sizeBytes && before?.modifiedMs === after?.modifiedMs;
}
