import { Registry } from 'prom-client';
import type { ServiceMetrics } from '#protocol';
import type { Machine, MachineState } from '../../services/service/machine.ts';
import type {
  EndedRunObservation,
  MetricsReader,
  MetricsRecorder,
  StoreRepair,
} from '../../services/service/metrics.ts';
import { createInstruments, type Instruments } from './instruments.ts';
import { computeUsedPercent, summarizeInstruments } from './metrics-summary.ts';

/** What metrics are made of. */
export interface ServiceMetricsOptions {
  /** Tools that may be a label; all others count as `other`. */
  readonly toolIds: readonly string[];
  /** Routes that may be a label, e.g. `GET /v1/runs/{runId}`; all others count as `other`. */
  readonly routes: readonly string[];
  readonly machine: Machine;
}

const OTHER = 'other';
/** More users than these are not told apart. */
const MOST_USERS = 10_000;
const FIRST_ERROR_STATUS = 400;

/** Counts in a registry of Prometheus, which is the only place where the numbers are. */
export class PrometheusMetrics implements MetricsRecorder, MetricsReader {
  readonly #registry = new Registry();
  readonly #instruments: Instruments = createInstruments(this.#registry);
  readonly #toolIds: ReadonlySet<string>;
  readonly #routes: ReadonlySet<string>;
  readonly #machine: Machine;
  readonly #users = new Set<string>();
  #activeRuns = 0;
  #peakRuns = 0;

  constructor({ toolIds, routes, machine }: ServiceMetricsOptions) {
    this.#toolIds = new Set(toolIds);
    this.#routes = new Set(routes);
    this.#machine = machine;
  }

  observeRunQueued(): void {
    this.#instruments.queuedRuns.inc();
  }

  observeRunStarted(toolId: string): void {
    this.#activeRuns += 1;
    this.#peakRuns = Math.max(this.#peakRuns, this.#activeRuns);
    this.#instruments.queuedRuns.dec();
    this.#instruments.activeRuns.set(this.#activeRuns);
    this.#instruments.peakRuns.set(this.#peakRuns);
    this.#instruments.toolsUsage.inc({ tool_id: this.#labelTool(toolId) });
  }

  observeRunEnded({ toolId, state, seconds }: EndedRunObservation): void {
    const tool = this.#labelTool(toolId);
    this.#instruments.runs.inc({ tool_id: tool, result: state });
    this.#countEnd(state);
    if (seconds === null) {
      this.#instruments.queuedRuns.dec();
      return;
    }
    this.#activeRuns -= 1;
    this.#instruments.activeRuns.set(this.#activeRuns);
    this.#instruments.executionDuration.observe({ tool_id: tool }, seconds);
  }

  #countEnd(state: EndedRunObservation['state']): void {
    const { runsSuccessful, runsFailed, runsCanceled } = this.#instruments;
    ({ completed: runsSuccessful, failed: runsFailed, canceled: runsCanceled })[state].inc();
  }

  observeRequest(route: string, status: number, ms: number): void {
    const label = this.#routes.has(route) ? route : OTHER;
    this.#instruments.requests.inc({ route: label, status: labelStatus(status) });
    this.#instruments.responseTime.observe({ route: label }, ms / 1000);
    if (status >= FIRST_ERROR_STATUS) this.#instruments.requestErrors.inc({ route: label });
  }

  observeRateLimited(): void {
    this.#instruments.rateLimitHits.inc();
  }

  observeAuthenticationFailed(): void {
    this.#instruments.authenticationFailures.inc();
  }

  observeUser(name: string): void {
    if (this.#users.size < MOST_USERS) this.#users.add(name);
    this.#instruments.uniqueUsers.set(this.#users.size);
  }

  observeArtifactStored(sizeBytes: number): void {
    this.#instruments.artifactsGenerated.inc();
    this.#instruments.artifactBytes.inc(sizeBytes);
  }

  observeStorage({
    artifactBytes,
    logBytes,
  }: {
    readonly artifactBytes?: number;
    readonly logBytes?: number;
  }): void {
    if (artifactBytes !== undefined) this.#instruments.artifactBytes.set(artifactBytes);
    if (logBytes !== undefined) this.#instruments.logBytes.set(logBytes);
  }

  observeLogWritten(sizeBytes: number): void {
    this.#instruments.logBytes.inc(sizeBytes);
  }

  observeStoreRepair(repair: StoreRepair): void {
    this.#instruments.storeRepairs.inc({ kind: repair });
  }

  async prometheusText(): Promise<string> {
    this.#showMachine(await this.#machine.measure());
    return this.#registry.metrics();
  }

  async summarize(): Promise<ServiceMetrics> {
    return summarizeInstruments(this.#instruments, await this.#machine.measure());
  }

  #showMachine(state: MachineState): void {
    const { cpu, memory, memoryAvailable, resident, eventLoopLag, diskFree, diskUsed, uptime } =
      this.#instruments;
    cpu.set(state.cpuPercent);
    memory.set(state.memoryPercent);
    memoryAvailable.set(state.memoryAvailableBytes);
    resident.set(state.residentBytes);
    eventLoopLag.set(state.eventLoopLagMs / 1000);
    diskFree.set(state.diskFreeBytes);
    diskUsed.set(computeUsedPercent(state));
    uptime.set(state.uptimeSeconds);
  }

  #labelTool(toolId: string): string {
    return this.#toolIds.has(toolId) ? toolId : OTHER;
  }
}

function labelStatus(status: number): string {
  return Number.isInteger(status) && status >= 100 && status <= 599 ? String(status) : OTHER;
}
