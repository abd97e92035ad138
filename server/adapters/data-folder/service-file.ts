import { join } from 'node:path';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

/** How the service on a data folder is reached: what `service.json` says. */
export interface ServiceInfo {
  readonly url: string;
  readonly pid: number;
  readonly startedAt: string;
  readonly version: string;
}

export function serviceFilePath(dataFolder: string): string {
  return join(dataFolder, 'service.json');
}

export async function writeServiceFile(dataFolder: string, info: ServiceInfo): Promise<void> {
  await writePrivateFile(serviceFilePath(dataFolder), `${JSON.stringify(info, undefined, 2)}\n`);
}

/** Undefined when there is none, or none that can be understood. */
export async function readServiceFile(
  dataFolder: string,
): Promise<Pick<ServiceInfo, 'url' | 'pid'> | undefined> {
  try {
    const text = await readPrivateFile(serviceFilePath(dataFolder));
    const info: unknown = JSON.parse(text ?? 'null');
    return isReachable(info) ? { url: info.url, pid: info.pid } : undefined;
  } catch {
    return undefined;
  }
}

function isReachable(info: unknown): info is Pick<ServiceInfo, 'url' | 'pid'> {
  if (typeof info !== 'object' || info === null || !('url' in info) || !('pid' in info)) return false;
  return typeof info.url === 'string' && typeof info.pid === 'number';
}
