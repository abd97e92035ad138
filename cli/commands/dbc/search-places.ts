import { resolve } from 'node:path';
import type { ListDbcParams, LogReading } from '#protocol';

/** Where databases are looked for, as options say it. */
export interface SearchOptions {
  readonly opendbc?: readonly string[];
  readonly projectFolder?: string;
}

/** How a log is read, as options say it. */
export interface LogReadingOptions {
  readonly schema?: string;
  readonly maxBytes?: number;
  readonly resync?: boolean;
}

/** The places as requests have them; the project is looked for from the current folder upwards. */
export function namePlaces({ opendbc, projectFolder = '.' }: SearchOptions): ListDbcParams {
  return {
    ...(opendbc !== undefined && { searchPaths: opendbc.map((folder) => resolve(folder)) }),
    projectFolder: resolve(projectFolder),
  };
}

/** A log as requests have it. */
export function nameLog(path: string, { schema, maxBytes, resync }: LogReadingOptions): LogReading {
  return {
    path,
    ...(schema !== undefined && { schema }),
    ...(maxBytes !== undefined && { maxBytes }),
    ...(resync !== undefined && { resync }),
  };
}
