import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { toWriteFailure } from './write-failure.ts';

/** A name for a file that is not whole yet, in the folder where it will stand. */
export function nameUnfinished(path: string): string {
  return join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(4).toString('hex')}.part`);
}

/** Writes a small private file, which appears when it is whole. @throws {CtsError} OUTPUT_NOT_WRITABLE, DISK_FULL */
export async function writeWholeFile(path: string, text: string): Promise<void> {
  const unfinished = nameUnfinished(path);
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(unfinished, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw toWriteFailure(path, error);
  }
}
