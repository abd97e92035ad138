import { cpus } from 'node:os';

/** Processor time of all processors together, in milliseconds. */
export interface CpuTimes {
  readonly busyMs: number;
  readonly totalMs: number;
}

/** Reads what the processors did since the machine started. */
export function readCpuTimes(): CpuTimes {
  let busyMs = 0;
  let totalMs = 0;
  for (const { times } of cpus()) {
    const working = times.user + times.nice + times.sys + times.irq;
    busyMs += working;
    totalMs += working + times.idle;
  }
  return { busyMs, totalMs };
}

/** How busy the processors were between two readings, in percent; undefined when they are too near to tell. */
export function computeCpuPercent(before: CpuTimes, after: CpuTimes): number | undefined {
  const totalMs = after.totalMs - before.totalMs;
  if (totalMs <= 0) return undefined;
  return Math.min(100, Math.max(0, ((after.busyMs - before.busyMs) / totalMs) * 100));
}
