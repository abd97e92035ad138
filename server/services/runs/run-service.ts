import {
  CtsError,
  type CancelRunResult,
  type ListRunsParams,
  type RerunParams,
  type Run,
  type RunLogPage,
  type RunManifest,
  type RunPage,
  type StartRunParams,
} from '#protocol';
import type { Clock, CreateId } from '../clock.ts';
import { readParameters } from '../tools/tool-parameters.ts';
import type { ToolRegistry } from '../tools/tool-registry.ts';
import { admitFiles } from './run-files.ts';
import { type AdmittedInput, admitInput, type InputPorts, separateInput } from './run-inputs.ts';
import type { LogReader, RunLogs } from './run-logs.ts';
import type { RunSchedule } from './run-schedule.ts';
import type { RunChanges } from './run-changes.ts';
import type { RunRecord, RunStore } from './run-store.ts';
import { describeRun } from './run-view.ts';
import { RunWatch, type RunWatcher } from './run-watch.ts';

/** What runs need. */
export interface RunPorts {
  readonly tools: ToolRegistry;
  readonly store: RunStore;
  readonly inputs: InputPorts;
  readonly logs: RunLogs;
  readonly schedule: RunSchedule;
  readonly changes: RunChanges;
  readonly clock: Clock;
  readonly createId: CreateId;
  /** Runs that may wait. */
  readonly maxQueuedRuns: number;
}

/** Queues runs and tells of them. */
export class RunService {
  readonly #ports: RunPorts;
  readonly #watch: RunWatch;
  #isClosing = false;

  constructor(ports: RunPorts) {
    this.#ports = ports;
    const { changes, clock } = ports;
    this.#watch = new RunWatch({ changes, clock, describe: (runIds) => this.#describeAll(runIds) });
  }

  /** Whether new runs are refused. */
  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** Refuses new runs from now on. */
  close(): void {
    this.#isClosing = true;
  }

  /**
   * Queues a run; when it is acknowledged, it is on disk.
   *
   * @throws {CtsError} what is wrong with the tool's name, its parameters or the input; IDEMPOTENCY_MISMATCH,
   * QUEUE_FULL, SHUTTING_DOWN.
   */
  start(params: StartRunParams): Promise<Run> {
    return this.#queue(params, null);
  }

  /** Queues a run with the tool, the parameters and the input of an earlier one. */
  async rerun({ runId, idempotencyKey }: RerunParams): Promise<Run> {
    const { toolId, parameters, input, name, timeoutSeconds, maxBytes } = await this.#find(runId);
    const params = {
      ...{ toolId, parameters },
      ...(input !== null && { input }),
      ...(name !== null && { name }),
      ...(timeoutSeconds !== null && { timeoutSeconds }),
      ...(maxBytes !== null && { maxBytes }),
      ...(idempotencyKey !== undefined && { idempotencyKey }),
    };
    return this.#queue(params, runId);
  }

  async get(runId: string): Promise<Run> {
    return this.#describe(await this.#find(runId));
  }

  async list({ states, toolId, since, limit, cursor }: ListRunsParams): Promise<RunPage> {
    if (cursor !== undefined) await this.#checkCursor(cursor);
    const { store } = this.#ports;
    const { runs, total } = await store.list({
      ...(states !== undefined && { states }),
      ...(toolId !== undefined && { toolId }),
      ...(since !== undefined && { since }),
      ...(cursor !== undefined && { before: cursor }),
      limit: limit + 1,
    });
    const shown = runs.slice(0, limit);
    return {
      runs: await this.#showAll(shown),
      nextCursor: runs.length > limit ? (shown.at(-1)?.id ?? null) : null,
      total,
    };
  }

  async cancel(runId: string): Promise<CancelRunResult> {
    const canceled = await this.#ports.schedule.cancel(runId);
    const run = canceled ?? (await this.#ports.store.get(runId));
    return { run: run === undefined ? null : await this.#describe(run), wasActive: canceled !== undefined };
  }

  /** @throws {CtsError} RUN_NOT_FINISHED: only runs that were completed have one. */
  async getManifest(runId: string): Promise<RunManifest> {
    const { manifest, state } = await this.#find(runId);
    if (manifest !== null) return manifest;
    throw new CtsError('RUN_NOT_FINISHED', `Run ${runId} has no manifest: it is ${state}, not completed`, {
      details: { run_id: runId, state },
      actions: ['Wait for the run to complete: cts run … --wait'],
    });
  }

  async readLog(runId: string, after: number, limit: number): Promise<RunLogPage> {
    await this.#find(runId);
    return this.#ports.logs.read(runId, after, limit);
  }

  /** Delivers a run's log until it ends; returns the last line's sequence. */
  async followLog(runId: string, after: number, reader: LogReader): Promise<number> {
    await this.#find(runId);
    return this.#ports.logs.follow(runId, after, reader);
  }

  /** Delivers what becomes of runs until the watcher leaves or `endWatches` is called. */
  watch(watcher: RunWatcher): Promise<number> {
    return this.#watch.follow(watcher);
  }

  /** Nothing becomes of runs any more. */
  endWatches(): void {
    this.#watch.close();
  }

  async #queue(params: StartRunParams, rerunOf: string | null): Promise<Run> {
    this.#checkRoom();
    const { tools, inputs, store, logs, schedule } = this.#ports;
    const tool = tools.get(params.toolId);
    const { input, parameters } = separateInput(tool, params);
    const checked = await admitFiles(tool, readParameters(tool, parameters), inputs);
    const admitted = input === undefined ? undefined : await admitInput(input, inputs);
    const record = this.#create(
      { ...params, parameters: checked },
      { admitted, rerunOf, version: tool.version },
    );
    const { run, isNew } = await store.add(record);
    if (!isNew) return this.#repeat(run, record);
    await logs.open(run.id);
    schedule.enqueue(run);
    return this.#show(run, []);
  }

  #create(params: StartRunParams, { admitted, rerunOf, version }: Origin): RunRecord {
    const { toolId, parameters, name, timeoutSeconds, maxBytes, idempotencyKey } = params;
    const input = admitted?.input ?? null;
    return {
      id: this.#ports.createId(),
      toolId,
      toolVersion: version,
      name: name ?? null,
      state: 'queued',
      input,
      inputName: admitted?.name ?? null,
      parameters,
      createdAt: this.#ports.clock.now(),
      startedAt: null,
      completedAt: null,
      durationSeconds: null,
      attempt: 1,
      error: null,
      recoveryAttempted: false,
      rerunOf,
      report: null,
      manifest: null,
      timeoutSeconds: timeoutSeconds ?? null,
      maxBytes: maxBytes ?? null,
      idempotencyKey: idempotencyKey ?? null,
      requestDigest: JSON.stringify([toolId, input, sortMembers(parameters), maxBytes ?? null, rerunOf]),
    };
  }

  /** The same request again gives the same run; another one under its key is a mistake. */
  async #repeat(run: RunRecord, asked: RunRecord): Promise<Run> {
    if (run.requestDigest === asked.requestDigest) return this.#describe(run);
    throw new CtsError(
      'IDEMPOTENCY_MISMATCH',
      `Idempotency key ${asked.idempotencyKey ?? ''} belongs to run ${run.id}, which was asked for something else`,
      { details: { run_id: run.id }, actions: ['Use a new key for each request.'] },
    );
  }

  #checkRoom(): void {
    if (this.#isClosing)
      throw new CtsError('SHUTTING_DOWN', 'Cannot start a run: the service is shutting down', {
        actions: ['Try again when it is back.'],
      });
    const { schedule, maxQueuedRuns } = this.#ports;
    if (schedule.queuedRuns < maxQueuedRuns) return;
    throw new CtsError(
      'QUEUE_FULL',
      `Cannot start a run: ${String(maxQueuedRuns)} runs are waiting already`,
      {
        details: { queued: schedule.queuedRuns },
        actions: ['Try again when some have ended.'],
      },
    );
  }

  async #checkCursor(cursor: string): Promise<void> {
    if ((await this.#ports.store.get(cursor)) !== undefined) return;
    throw new CtsError('INVALID_PARAMETER', `Cursor ${cursor} leads nowhere: its run is gone`, {
      details: { cursor },
      actions: ['List from the start again.'],
    });
  }

  async #find(runId: string): Promise<RunRecord> {
    const run = await this.#ports.store.get(runId);
    if (run !== undefined) return run;
    throw new CtsError('RUN_NOT_FOUND', `No run with id ${runId}`, {
      details: { run_id: runId },
      actions: ['List the runs: cts runs list'],
    });
  }

  async #describe(run: RunRecord): Promise<Run> {
    const artifacts = await this.#ports.store.listArtifactIds([run.id]);
    return this.#show(run, artifacts.get(run.id) ?? []);
  }

  async #describeAll(runIds: readonly string[]): Promise<readonly Run[]> {
    const found = await Promise.all(runIds.map((id) => this.#ports.store.get(id)));
    return this.#showAll(found.filter((run) => run !== undefined));
  }

  async #showAll(runs: readonly RunRecord[]): Promise<readonly Run[]> {
    const artifactIds = await this.#ports.store.listArtifactIds(runs.map(({ id }) => id));
    return runs.map((run) => this.#show(run, artifactIds.get(run.id) ?? []));
  }

  #show(run: RunRecord, artifactIds: readonly string[]): Run {
    return describeRun(run, artifactIds, this.#ports.schedule.describeLive(run.id));
  }
}

interface Origin {
  readonly admitted: AdmittedInput | undefined;
  readonly rerunOf: string | null;
  readonly version: string;
}

function sortMembers(values: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}
