import { OpenedLog } from '../../server/services/logs/log-access.ts';
import type { LogAccess } from '../../server/tools/input-access.ts';
import { fileOf, MemoryLogs } from './memory-logs.ts';

/** Opens a log that is nowhere, as a worker opens a file. */
export async function openMemoryLog(name: string, log: Uint8Array): Promise<LogAccess> {
  return new OpenedLog(await new MemoryLogs({ [name]: fileOf(log) }).locate(name), {});
}
