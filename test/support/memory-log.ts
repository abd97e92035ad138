import { OpenedLog } from '../../server/services/logs/log-access.ts';
import type { LogAccess } from '../../server/tools/input-access.ts';
import { fileOf, type MemoryLog, MemoryLogs } from './memory-logs.ts';

/** Opens a log that is nowhere, as a worker opens a file. */
export async function openMemoryLog(name: string, log: Uint8Array | MemoryLog): Promise<LogAccess> {
  const content = log instanceof Uint8Array ? fileOf(log) : log;
  return new OpenedLog(await new MemoryLogs({ [name]: content }).locate(name), {});
}
