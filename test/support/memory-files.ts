import { CtsError } from '#protocol';

/** A disk in memory: the bytes of files by path. Stores that share one see each other's files. */
export type MemoryFiles = Map<string, Uint8Array>;

/** Removes everything below a folder. */
export function removeFolder(files: MemoryFiles, folder: string): void {
  for (const path of files.keys()) if (path.startsWith(`${folder}/`)) files.delete(path);
}

/** What is wrong when an id could lead out of its folder. */
export function checkId(id: string, code: 'RUN_NOT_FOUND' | 'UPLOAD_NOT_FOUND'): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(id))
    throw new CtsError(code, `There is nothing with the id "${id}"`);
  return id;
}
