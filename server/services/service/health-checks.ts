import type { HealthCheck } from '#protocol';
import type { Clock } from '../clock.ts';
import type { StoreKeeper } from '../store/store-keeper.ts';
import type { Machine } from './machine.ts';

/** What is looked at. */
export interface HealthPorts {
  readonly clock: Clock;
  readonly machine: Machine;
  readonly keeper: Pick<StoreKeeper, 'measureDisk' | 'probeWritable'>;
  /** Reads something small from the store. */
  readonly probeDatabase: () => Promise<unknown>;
  /** Rejects when no process for a run can be had. */
  readonly probeWorkers: () => Promise<unknown>;
  readonly countTools: () => number;
}

/** What one look found. */
export type Finding = Pick<HealthCheck, 'status' | 'details'>;

/** Looks at one part of the service; a rejection is a part that is broken. */
export type LookAtPart = (ports: HealthPorts) => Promise<Finding>;

const LEAST_FREE_SHARE = 0.1;
const LEAST_FREE_BYTES = 1_000_000_000;
const MOST_MEMORY_PERCENT = 90;
const MOST_LAG_MS = 500;

/** Every part that is looked at, by the names of CTS-Lite where it had them. */
export const HEALTH_CHECKS: Readonly<Record<string, LookAtPart>> = {
  database_connection: checkDatabase,
  file_system: checkFileSystem,
  tool_registry: checkTools,
  resource_usage: checkResources,
  workers: checkWorkers,
};

/** The parts without which nothing new can be begun. */
export const NEEDED_FOR_WORK: ReadonlySet<string> = new Set(['database_connection', 'tool_registry']);

async function checkDatabase({ probeDatabase }: HealthPorts): Promise<Finding> {
  await probeDatabase();
  return { status: 'healthy', details: {} };
}

/** A disk that is nearly full still works; one that takes nothing does not. */
async function checkFileSystem({ keeper }: HealthPorts): Promise<Finding> {
  const { freeBytes, totalBytes } = await keeper.measureDisk();
  await keeper.probeWritable();
  const isRoomy = freeBytes >= LEAST_FREE_BYTES || freeBytes >= totalBytes * LEAST_FREE_SHARE;
  return {
    status: isRoomy ? 'healthy' : 'degraded',
    details: { free_bytes: freeBytes, total_bytes: totalBytes },
  };
}

async function checkTools({ countTools }: HealthPorts): Promise<Finding> {
  const tools = countTools();
  return { status: tools > 0 ? 'healthy' : 'unhealthy', details: { tools } };
}

async function checkResources({ machine }: HealthPorts): Promise<Finding> {
  const { cpuPercent, eventLoopLagMs, memoryPercent, residentBytes } = await machine.measure();
  const isAtEase = memoryPercent <= MOST_MEMORY_PERCENT && eventLoopLagMs <= MOST_LAG_MS;
  return {
    status: isAtEase ? 'healthy' : 'degraded',
    details: {
      cpu_percent: cpuPercent,
      memory_percent: memoryPercent,
      resident_bytes: residentBytes,
      event_loop_lag_ms: eventLoopLagMs,
    },
  };
}

async function checkWorkers({ probeWorkers }: HealthPorts): Promise<Finding> {
  await probeWorkers();
  return { status: 'healthy', details: {} };
}
