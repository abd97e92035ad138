import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CtsError } from '#protocol';

/**
 * Lists the files that are meant: those named, and all `.dbc` below folders that are named, in order; hidden folders
 * and links to folders are passed over. What is not there stays in the list, for whoever reads it to tell.
 *
 * @throws {CtsError} FILE_NOT_FOUND where a folder holds none.
 */
export async function listDbcPaths(named: readonly string[]): Promise<readonly string[]> {
  const paths = new Set<string>();
  for (const path of named) {
    const found = (await isFolder(path)) ? await listBelow(path) : [path];
    for (const file of found) paths.add(file);
  }
  return [...paths];
}

async function listBelow(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const entries = await readFolder(next);
    found.push(...(await filterFiles(next, entries)));
    waiting.push(...entries.filter(isVisibleFolder).map(({ name }) => join(next, name)));
  }
  if (found.length > 0) return found.sort();
  throw new CtsError('FILE_NOT_FOUND', `No file that ends in .dbc lies below ${folder}`, {
    details: { path: folder },
    actions: ['Name a DBC file, or a folder that holds some.'],
  });
}

async function filterFiles(folder: string, entries: readonly Dirent[]): Promise<readonly string[]> {
  const named = entries.filter(({ name }) => name.toLowerCase().endsWith('.dbc'));
  const files: string[] = [];
  for (const entry of named) {
    const path = join(folder, entry.name);
    if (entry.isFile() || (entry.isSymbolicLink() && !(await isFolder(path)))) files.push(path);
  }
  return files;
}

function isVisibleFolder(entry: Dirent): boolean {
  return entry.isDirectory() && !entry.name.startsWith('.');
}

async function readFolder(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw new CtsError('FILE_UNREADABLE', `Cannot look into ${folder}: ${tellReason(error)}`, {
      cause: error,
    });
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() === true;
}

function tellReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  return error instanceof Error ? error.message : String(error);
}
