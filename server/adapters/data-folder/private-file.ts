import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../files/make-folder.ts';
import { readSystemCode } from './store-file-failure.ts';

/** Ending of files that are not whole yet; what is left of them after a crash may be removed. */
export const UNFINISHED = '.part';

/** Writes a file that only its owner may read: whoever opens it finds the old text or the new one. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const unfinished = `${path}.${randomBytes(6).toString('hex')}${UNFINISHED}`;
  try {
    const file = await open(unfinished, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Reads a small file of ours; undefined when there is none. Whoever else could read it no more can. */
export async function readPrivateFile(path: string): Promise<string | undefined> {
  try {
    const text = await readFile(path, { encoding: 'utf8', flag: constants.O_RDONLY | constants.O_NOFOLLOW });
    await chmod(path, 0o600);
    return text;
  } catch (error) {
    if (readSystemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes a folder for its owner alone, and those that it stands in, where they are missing. */
export async function makePrivateFolder(path: string): Promise<void> {
  if ((await makeFolder(path)).length > 0) await chmod(path, 0o700);
}

/** Makes renaming and removing in a folder outlive the machine. Windows has no way to say so. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
