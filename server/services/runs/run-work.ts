import { CtsError, type Artifact, type Progress, type RunError, type RunManifest } from '#protocol';
import type { CreateId, Clock } from '../clock.ts';
import type { ContentPins } from '../artifacts/content-pins.ts';
import type { ContentStore } from '../artifacts/content-store.ts';
import type { ToolRegistry } from '../tools/tool-registry.ts';
import type { RunChanges } from './run-changes.ts';
import type {
  ExecutionEnd,
  ExecutionListener,
  RunExecution,
  RunExecutor,
  RunLimits,
  RunLine,
} from './run-executor.ts';
import { describeDeath, describeFailure, describeServiceFailure } from './run-failure.ts';
import type { RunFolders } from './run-folders.ts';
import { provideFiles } from './run-files.ts';
import { type InputPorts, provideInput } from './run-inputs.ts';
import type { RunLogs } from './run-logs.ts';
import type { RunRecord } from './run-store.ts';

/** What the work of runs needs of the world. */
export interface WorkPorts {
  readonly tools: ToolRegistry;
  readonly executor: RunExecutor;
  readonly folders: RunFolders;
  readonly contents: ContentStore;
  readonly pins: ContentPins;
  readonly inputs: InputPorts;
  readonly logs: RunLogs;
  readonly changes: RunChanges;
  readonly clock: Clock;
  readonly createId: CreateId;
  readonly limits: RunLimits;
  readonly environment: RunManifest['environment'];
  readonly ctsVersion: string;
}

/** How the work on a run came out. */
export type WorkOutcome =
  | {
      readonly kind: 'done';
      readonly artifacts: readonly Artifact[];
      readonly manifest: Omit<RunManifest, 'completedAt'>;
      readonly report: RunRecord['report'];
    }
  | { readonly kind: 'failed'; readonly error: RunError }
  | { readonly kind: 'stopped' };

/** One attempt at a run: from the folder it works in to the contents it leaves. */
export class RunWork {
  /** Settled when no process of it is left. Never rejects. */
  readonly ended: Promise<WorkOutcome>;
  readonly startedMs: number;
  progress: Progress | undefined;
  readonly #run: RunRecord;
  readonly #ports: WorkPorts;
  readonly #pinned: string[] = [];
  #execution: RunExecution | undefined;
  #isStopped = false;

  constructor(run: RunRecord, ports: WorkPorts) {
    this.#run = run;
    this.#ports = ports;
    this.startedMs = ports.clock.monotonicMs();
    this.ended = this.#work().catch((error: unknown) => ({
      kind: 'failed' as const,
      error: describeServiceFailure(error),
    }));
  }

  /** Has the process stop, at once if there is none yet. */
  stop(): void {
    this.#isStopped = true;
    this.#execution?.stop();
  }

  async #work(): Promise<WorkOutcome> {
    const { executor, folders, inputs, limits, tools } = this.#ports;
    const { id, attempt, toolId, parameters, input, maxBytes } = this.#run;
    const folder = await folders.prepare(id);
    const provided = input && (await provideInput(input, { folder: folder.input }, inputs));
    const files = await provideFiles(tools.get(toolId), { parameters, folder: folder.input }, inputs);
    if (this.#isStopped) return { kind: 'stopped' };
    this.#execution = executor.execute(
      {
        ...{ runId: id, attempt, toolId, parameters, maxBytes, limits },
        ...{ input: provided, files },
        workFolder: folder.work,
      },
      this.#listener(),
    );
    return this.#conclude(await this.#execution.ended);
  }

  #listener(): ExecutionListener {
    const { logs, changes } = this.#ports;
    const { id, toolId } = this.#run;
    return {
      onStarted: () => {
        this.#say('INFO', `Starting ${toolId} execution`);
      },
      onProgress: (progress) => {
        // It may only grow.
        if (progress.fraction < (this.progress?.fraction ?? 0)) return;
        this.progress = progress;
        changes.tellChanged(id);
      },
      onLine: (line) => logs.append(id, line),
    };
  }

  async #conclude(end: ExecutionEnd): Promise<WorkOutcome> {
    switch (end.kind) {
      case 'finished':
        return this.#isStopped ? { kind: 'stopped' } : await this.#keep(end);
      case 'failed':
        return { kind: 'failed', error: describeFailure(end.failure) };
      case 'stopped':
        return { kind: 'stopped' };
      default:
        return { kind: 'failed', error: describeDeath(end) };
    }
  }

  /** Moves the files to the contents; they are pinned until the run's record refers to them. */
  async #keep(end: Extract<ExecutionEnd, { kind: 'finished' }>): Promise<WorkOutcome> {
    const { contents, pins, clock, createId, limits } = this.#ports;
    const artifacts: Artifact[] = [];
    for (const { name, path, mediaType, sizeBytes, sha256, rows } of end.files) {
      if (sizeBytes > limits.artifactBytes) throw createTooLarge(name, sizeBytes, limits.artifactBytes);
      pins.pin(sha256);
      this.#pinned.push(sha256);
      await contents.adopt(path, { sha256, sizeBytes });
      const createdAt = clock.now();
      artifacts.push({
        id: createId(),
        runId: this.#run.id,
        name,
        mediaType,
        sizeBytes,
        sha256,
        rows,
        createdAt,
      });
      this.#say('INFO', `Registered artifact: ${name}`);
    }
    return { kind: 'done', artifacts, manifest: this.#describe(end, artifacts), report: end.report };
  }

  /** Lets go of the contents, which the record refers to by now or never will, and removes what was worked with. */
  async release(): Promise<void> {
    for (const sha256 of this.#pinned) this.#ports.pins.unpin(sha256);
    await this.#ports.folders.clear(this.#run.id);
  }

  #describe(
    { inputs }: Extract<ExecutionEnd, { kind: 'finished' }>,
    artifacts: readonly Artifact[],
  ): Omit<RunManifest, 'completedAt'> {
    const { id, toolId, toolVersion, parameters, startedAt, createdAt } = this.#run;
    return {
      runId: id,
      tool: { id: toolId, version: toolVersion },
      ctsVersion: this.#ports.ctsVersion,
      parameters,
      inputs: inputs.map(({ name, path, sizeBytes, sha256 }) => ({ name, path, sizeBytes, sha256 })),
      artifacts: artifacts.map(({ name, mediaType, sizeBytes, sha256 }) => ({
        ...{ name, mediaType, sizeBytes, sha256 },
      })),
      environment: this.#ports.environment,
      startedAt: startedAt ?? createdAt,
    };
  }

  #say(level: RunLine['level'], message: string): void {
    void this.#ports.logs.append(this.#run.id, { level, message, source: 'service' });
  }
}

function createTooLarge(name: string, sizeBytes: number, limitBytes: number): CtsError {
  return new CtsError(
    'ARTIFACT_TOO_LARGE',
    `Cannot keep ${name}: it has ${String(sizeBytes)} bytes, and an artifact may have ${String(limitBytes)}`,
    {
      details: { name, sizeBytes, limitBytes },
      actions: ['Narrow the run down, or raise max_artifact_size_mb.'],
    },
  );
}
