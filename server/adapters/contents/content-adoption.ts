import { randomBytes } from 'node:crypto';
import { type FileHandle, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CtsError } from '#protocol';
import type { ContentId } from '../../services/artifacts/content-store.ts';
import { makePrivateFolder, syncFolder, UNFINISHED } from '../data-folder/private-file.ts';
import { readSystemCode } from '../data-folder/store-file-failure.ts';
import { type ContentPaths, isContentName } from './content-paths.ts';
import { copyOpenFile, hashFile, openWithoutFollowing, useFile } from './plain-file.ts';

/** Windows does not remove what cannot be written to. */
const CONTENT_MODE = process.platform === 'win32' ? 0o600 : 0o400;

/**
 * Makes a finished file a content. It is moved out of the reach of whoever made it first, and looked at only then: so
 * nobody can exchange it between the look and the name. When that fails, it is put back.
 */
export async function adoptFile(paths: ContentPaths, path: string, content: ContentId): Promise<void> {
  const folder = paths.folderOf(content.sha256);
  await makePrivateFolder(paths.adoptionFolder);
  const waiting = await moveIntoAdoption(paths, path, content);
  try {
    await useFile(await openPlainFile(waiting, path, content), async (file) => {
      await file.sync();
      await makeContentFolder(paths, folder);
      await file.chmod(CONTENT_MODE);
    });
    await nameContent(paths, waiting, content);
  } catch (error) {
    await rename(waiting, path).catch(() => undefined);
    throw error;
  }
}

/**
 * Ends what a crash left unfinished: files that are whole become contents, all others are removed.
 *
 * @returns How many were left.
 */
export async function finishAdoptions(paths: ContentPaths): Promise<number> {
  const names = await readdir(paths.adoptionFolder).catch(() => []);
  for (const name of names) {
    const waiting = join(paths.adoptionFolder, name);
    const content = parseAdoption(name);
    if (content !== undefined && (await isWhole(waiting, content))) await adoptFile(paths, waiting, content);
    await rm(waiting, { recursive: true, force: true });
  }
  return names.length;
}

async function moveIntoAdoption(paths: ContentPaths, path: string, content: ContentId): Promise<string> {
  const { sha256, sizeBytes } = content;
  const waiting = join(paths.adoptionFolder, `${sha256}-${sizeBytes}-${randomBytes(6).toString('hex')}`);
  try {
    await rename(path, waiting);
  } catch (error) {
    if (readSystemCode(error) !== 'EXDEV') throw error;
    await fetchFromOtherDisk(path, waiting, content);
  }
  return waiting;
}

/** Copies under a name that says nothing until the copy is whole. */
async function fetchFromOtherDisk(path: string, waiting: string, content: ContentId): Promise<void> {
  const unfinished = `${waiting}${UNFINISHED}`;
  try {
    await useFile(await openPlainFile(path, path, content), (file) => copyOpenFile(file, unfinished));
    await rename(unfinished, waiting);
  } finally {
    await rm(unfinished, { force: true });
  }
  await rm(path);
}

/** @param origin What to call it in messages. */
async function openPlainFile(path: string, origin: string, content: ContentId): Promise<FileHandle> {
  const file = await openWithoutFollowing(path).catch((error: unknown) => {
    throw readSystemCode(error) === 'ELOOP' ? refuse(origin, 'it is a symbolic link') : error;
  });
  try {
    const found = await file.stat();
    if (!found.isFile()) throw refuse(origin, 'it is no plain file');
    if (found.nlink !== 1)
      throw refuse(origin, `it has ${found.nlink} names, and could be changed by another`);
    if (found.size !== content.sizeBytes)
      throw refuse(origin, `it has ${found.size} bytes, and ${content.sizeBytes} were announced`);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function makeContentFolder(paths: ContentPaths, folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (readSystemCode(error) === 'EEXIST') return;
    throw error;
  }
  await syncFolder(paths.folder);
}

/** What is there already and looks right stays: it may be open. */
async function nameContent(
  paths: ContentPaths,
  waiting: string,
  { sha256, sizeBytes }: ContentId,
): Promise<void> {
  const path = paths.pathOf(sha256);
  if (await isThere(path, sizeBytes)) await rm(waiting);
  else await rename(waiting, path);
  await syncFolder(paths.folderOf(sha256));
}

async function isThere(path: string, sizeBytes: number): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isFile() && found.size === sizeBytes,
    () => false,
  );
}

function parseAdoption(name: string): ContentId | undefined {
  const [sha256 = '', size = ''] = name.split('-');
  return isContentName(sha256) && /^\d+$/.test(size) && !name.includes('.')
    ? { sha256, sizeBytes: Number(size) }
    : undefined;
}

async function isWhole(path: string, content: ContentId): Promise<boolean> {
  try {
    const file = await openPlainFile(path, path, content);
    return (await useFile(file, hashFile)) === content.sha256;
  } catch {
    return false;
  }
}

function refuse(path: string, cause: string): CtsError {
  return new CtsError('TOOL_FAILED', `Cannot keep ${path}: ${cause}`, {
    details: { path },
    actions: ['A tool leaves plain files of its own in its work folder, and nothing else.'],
  });
}
