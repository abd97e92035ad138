import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those it stands in, where they are missing.
 *
 * Node's own recursive `mkdir` never ends on file systems that refuse folders with "no such file", as `/proc` does.
 *
 * @throws The error of the file system, with its `code`.
 */
export async function makeFolder(path: string): Promise<void> {
  const failure = await tryMakeFolder(path);
  if (failure === undefined) return;
  const parent = dirname(path);
  if (failure.code !== 'ENOENT' || parent === path) throw failure;
  await makeFolder(parent);
  const lastFailure = await tryMakeFolder(path);
  if (lastFailure !== undefined) throw lastFailure;
}

/** Returns why the folder is not there; undefined when it is. */
async function tryMakeFolder(path: string): Promise<NodeJS.ErrnoException | undefined> {
  try {
    await mkdir(path);
    return undefined;
  } catch (error) {
    const isThere = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    return isThere ? undefined : (error as NodeJS.ErrnoException);
  }
}
