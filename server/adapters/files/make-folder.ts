import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those it stands in, where they are missing.
 *
 * Node's own recursive `mkdir` never ends on file systems that refuse folders with "no such file", as `/proc` does.
 *
 * @returns The folders that were made, the innermost first: to be removed again when they turn out not to be needed.
 * @throws The error of the file system, with its `code`.
 */
export async function makeFolder(path: string): Promise<readonly string[]> {
  try {
    return await makeInPlace(path);
  } catch (error) {
    const parent = dirname(path);
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT') || parent === path)
      throw error;
    const made = await makeFolder(parent);
    return [...(await makeInPlace(path)), ...made];
  }
}

/** A folder that is there is fine, and that of somebody who makes the same one at this moment, too. */
async function makeInPlace(path: string): Promise<readonly string[]> {
  try {
    await mkdir(path);
    return [path];
  } catch (error) {
    if (await isFolder(path)) return [];
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
