import { readdirSync } from 'node:fs';

/** How much of the system this process holds open. */
export interface OpenResources {
  readonly handles: number;
  /** File descriptors; -1 where the system does not list them. */
  readonly files: number;
}

/** Counts what must not grow with clients that come and go. */
export function countResources(): OpenResources {
  return { handles: process.getActiveResourcesInfo().length, files: countFiles() };
}

function countFiles(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return -1;
  }
}
