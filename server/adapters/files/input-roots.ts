import { constants, realpathSync } from 'node:fs';
import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { CtsError } from '#protocol';
import { isMeantAsRoute, readRouteName } from '../../core/rlog/route-name.ts';
import type { InputGate } from '../../services/runs/run-inputs.ts';
import { toFileError } from './file-error.ts';

const MAX_PATH = 4096;

/**
 * Lets inputs in that lie in one of the folders, wherever links lead; without a folder, none.
 *
 * What is let in now may be exchanged before it is read: `openWithinRoots` looks again when the file is open.
 */
export function createInputGate(folders: readonly string[] | 'anywhere'): InputGate {
  if (folders === 'anywhere') return { roots: [], admit: (path) => findRealPath(path) };
  const roots = folders.map(resolveRoot);
  return { roots, admit: (path) => admitPath(path, roots) };
}

/**
 * Opens a file for reading and makes sure that what has been opened lies in one of the folders, even when somebody
 * exchanges folders for links at the same time.
 *
 * @param roots Resolved; empty: anywhere.
 * @throws {CtsError} INPUT_FORBIDDEN; FILE_NOT_FOUND, FILE_UNREADABLE.
 */
export async function openWithinRoots(path: string, roots: readonly string[]): Promise<FileHandle> {
  // A pipe that nobody writes to would hold the opener for ever.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (roots.length > 0) await checkOpened(file, path, roots);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function admitPath(path: string, roots: readonly string[]): Promise<string> {
  const real = roots.length === 0 ? undefined : await findRealPath(path);
  if (real === undefined || (isAbsolute(real) && !isWithin(real, roots))) throw createForbidden(path);
  return real;
}

/** Routes are looked up when the run reads them: their names are handed back. */
async function findRealPath(path: string): Promise<string> {
  if (path.includes('\0') || path.length > MAX_PATH) throw createForbidden(path);
  return realpath(path).catch((error: unknown) => {
    if (namesRoute(path)) return path;
    throw toFileError(path, error);
  });
}

function namesRoute(path: string): boolean {
  return (
    !isAbsolute(path) && !path.split(/[\\/]/).includes('..') && (isMeantAsRoute(path) || isRouteName(path))
  );
}

function isRouteName(path: string): boolean {
  return readRouteName(path) !== undefined;
}

/** The open file must be the one that stands, this very moment, at a place in the folders. */
async function checkOpened(file: FileHandle, path: string, roots: readonly string[]): Promise<void> {
  const real = await realpath(path).catch((error: unknown) => {
    throw toFileError(path, error);
  });
  if (!isWithin(real, roots)) throw createForbidden(path);
  const [opened, standing] = await Promise.all([file.stat({ bigint: true }), stat(real, { bigint: true })]);
  if (opened.dev !== standing.dev || opened.ino !== standing.ino) throw createForbidden(path);
}

function isWithin(path: string, roots: readonly string[]): boolean {
  return roots.some((root) => {
    const way = relative(root, path);
    return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
  });
}

/** A folder that is not there yet is taken at its word. */
function resolveRoot(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return resolve(folder);
  }
}

function createForbidden(path: string): CtsError {
  const shown = path.replaceAll('\0', '?').slice(0, 400);
  return new CtsError(
    'INPUT_FORBIDDEN',
    `Cannot read ${shown}: it lies outside of the folders that inputs may come from`,
    {
      details: { path: shown },
      actions: ['Upload the file (cts upload FILE), or add its folder to input_roots.'],
    },
  );
}
