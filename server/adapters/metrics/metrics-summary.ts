import type { Counter, Gauge, Histogram } from 'prom-client';
import type { ServiceMetrics } from '#protocol';
import type { MachineState } from '../../services/service/machine.ts';
import type { Instruments } from './instruments.ts';

/** The numbers of a registry in the groups that CTS-Lite had. */
export async function summarizeInstruments(
  instruments: Instruments,
  machine: MachineState,
): Promise<ServiceMetrics> {
  return {
    execution: await summarizeRuns(instruments),
    api: await summarizeRequests(instruments),
    business: await summarizeResults(instruments),
    system: summarizeMachine(machine),
  };
}

async function summarizeRuns(instruments: Instruments): Promise<ServiceMetrics['execution']> {
  const runsTotal = await sum(instruments.toolsUsage);
  const runsSuccessful = await sum(instruments.runsSuccessful);
  return {
    runsTotal,
    runsSuccessful,
    runsFailed: await sum(instruments.runsFailed),
    runsCanceled: await sum(instruments.runsCanceled),
    successRate: runsTotal === 0 ? 0 : runsSuccessful / runsTotal,
    averageExecutionSeconds: await computeMean(instruments.executionDuration),
    activeRuns: await sum(instruments.activeRuns),
    queuedRuns: await sum(instruments.queuedRuns),
    peakConcurrentRuns: await sum(instruments.peakRuns),
  };
}

async function summarizeRequests(instruments: Instruments): Promise<ServiceMetrics['api']> {
  return {
    requestsTotal: await sum(instruments.requests),
    averageResponseMs: (await computeMean(instruments.responseTime)) * 1000,
    errorsByEndpoint: await listByLabel(instruments.requestErrors, 'route'),
  };
}

async function summarizeResults(instruments: Instruments): Promise<ServiceMetrics['business']> {
  return {
    toolsUsage: await listByLabel(instruments.toolsUsage, 'tool_id'),
    artifactsGenerated: await sum(instruments.artifactsGenerated),
    artifactStorageBytes: await sum(instruments.artifactBytes),
  };
}

function summarizeMachine(state: MachineState): ServiceMetrics['system'] {
  const { cpuPercent, memoryPercent, memoryAvailableBytes, residentBytes } = state;
  const { eventLoopLagMs, diskFreeBytes, uptimeSeconds } = state;
  return {
    ...{ cpuPercent, memoryPercent, memoryAvailableBytes, residentBytes },
    ...{ eventLoopLagMs, diskFreeBytes, uptimeSeconds, diskUsedPercent: computeUsedPercent(state) },
  };
}

/** How full a disk is; 0 where it could not be measured. */
export function computeUsedPercent({ diskFreeBytes, diskTotalBytes }: MachineState): number {
  return diskTotalBytes === 0 ? 0 : (1 - diskFreeBytes / diskTotalBytes) * 100;
}

async function sum(instrument: Counter | Gauge): Promise<number> {
  const { values } = await instrument.get();
  return values.reduce((total, { value }) => total + value, 0);
}

async function listByLabel(counter: Counter, label: string): Promise<Record<string, number>> {
  const { values } = await counter.get();
  return Object.fromEntries(values.map(({ labels, value }) => [String(labels[label]), value]));
}

/** Of all that was observed, under any label; 0 when nothing was. */
async function computeMean(histogram: Histogram): Promise<number> {
  const { values } = await histogram.get();
  const total = (suffix: string): number =>
    values
      .filter(({ metricName }) => metricName?.endsWith(suffix))
      .reduce((result, { value }) => result + value, 0);
  const count = total('_count');
  return count === 0 ? 0 : total('_sum') / count;
}
