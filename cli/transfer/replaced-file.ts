import { access, constants, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { CtsError } from '#protocol';
import { nameUnfinished } from './whole-file.ts';
import { toWriteFailure } from './write-failure.ts';

const ADVICE = 'make it writable, or work on a copy';

/** A file as it was when somebody read it: where it lies, and what tells that it changed. */
export interface FileState {
  /** As the user names it. */
  readonly path: string;
  /** Links resolved. */
  readonly place: string;
  readonly version: string;
  /** Permissions. */
  readonly mode: number;
}

/** Looks at a file that is to be replaced later; undefined where there is none. */
export async function lookAtFile(path: string): Promise<FileState | undefined> {
  try {
    const place = await realpath(path);
    const { size, mtimeNs, mode } = await stat(place, { bigint: true });
    return { path, place, version: `${String(size)} ${String(mtimeNs)}`, mode: Number(mode) & 0o7777 };
  } catch {
    return undefined;
  }
}

/**
 * Puts other bytes in a file's place at once: readers find the old file or the new one. Permissions stay, and links keep
 * pointing to it. A file that changed since `state` was taken, or that may not be written, is left alone.
 *
 * @throws {CtsError} OUTPUT_NOT_WRITABLE, DISK_FULL
 */
export async function replaceFile(state: FileState, bytes: Uint8Array): Promise<void> {
  const { path, place, mode } = state;
  const unfinished = nameUnfinished(place);
  try {
    await refuseIfReadOnly(state);
    const file = await open(unfinished, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
    await refuseIfChanged(state);
    await rename(unfinished, place);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw toWriteFailure(path, error, ADVICE);
  }
}

/** A file can be replaced in a folder that can be written, whatever its own permissions say: nobody expects that. */
async function refuseIfReadOnly({ path, place, mode }: FileState): Promise<void> {
  await access(place, constants.W_OK);
  if ((mode & 0o222) !== 0) return;
  throw new CtsError('OUTPUT_NOT_WRITABLE', `Cannot write ${path}: it is read-only; ${ADVICE}`, {
    details: { path },
  });
}

async function refuseIfChanged({ path, version }: FileState): Promise<void> {
  const now = await lookAtFile(path);
  if (now?.version === version) return;
  throw new CtsError('OUTPUT_NOT_WRITABLE', `${path} changed while it was looked at, and was left alone`, {
    details: { path },
    actions: ['Give the command again.'],
  });
}
