import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a service on this machine says that it listens. */
export interface PublishedService {
  readonly url: URL;
  readonly pid: number;
}

/** Reads where the service of a data folder listens; undefined where none says so. It may be long gone. */
export async function readPublishedService(dataFolder: string): Promise<PublishedService | undefined> {
  try {
    const told: unknown = JSON.parse(await readFile(join(dataFolder, 'service.json'), 'utf8'));
    return interpret(told);
  } catch {
    return undefined;
  }
}

function interpret(told: unknown): PublishedService | undefined {
  if (typeof told !== 'object' || told === null || !('url' in told) || !('pid' in told)) return undefined;
  const url = typeof told.url === 'string' ? URL.parse(told.url) : null;
  return url?.protocol === 'http:' && typeof told.pid === 'number' ? { url, pid: told.pid } : undefined;
}

/** Reads the secret that the service of a data folder wants; undefined where there is none for us. */
export async function readToken(dataFolder: string): Promise<string | undefined> {
  try {
    const token = (await readFile(join(dataFolder, 'token'), 'utf8')).trim();
    return /^[\x21-\x7e]+$/.test(token) ? token : undefined;
  } catch {
    return undefined;
  }
}
