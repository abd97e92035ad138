import { chmodSync, closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { UNFINISHED } from '../data-folder/private-file.ts';

/** Gives a finished file its name: afterwards it stands there whole and private, whatever happens to the machine. */
export function publishFile(unfinishedPath: string, path: string): void {
  chmodSync(unfinishedPath, 0o600);
  syncPath(unfinishedPath, 'r+');
  renameSync(unfinishedPath, path);
  // Windows has no way to sync a folder.
  if (process.platform !== 'win32') syncPath(dirname(path), 'r');
}

/** Makes a whole copy of a database while `copy` writes it, or none. */
export async function makeDatabaseCopy(
  path: string,
  copy: (unfinishedPath: string) => Promise<unknown>,
): Promise<void> {
  const unfinished = path + UNFINISHED;
  rmSync(unfinished, { force: true });
  try {
    await copy(unfinished);
    publishFile(unfinished, path);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function syncPath(path: string, flags: 'r' | 'r+'): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
