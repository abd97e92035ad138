import { randomBytes } from 'node:crypto';
import { lstat, open, realpath, rename, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { CtsError } from '#protocol';
import type { DownloadFolder } from '../../services/downloads/download-folder.ts';
import { makeFolder } from '../files/make-folder.ts';
import { readSystemCode, toWriteError } from './write-error.ts';

const MOST_PATH_CHARACTERS = 4096;
const OUTSIDE = 'Destination must be under configured download directory';

/** The download folder on a disk: nothing is written outside of it, wherever links lead. */
export class FolderOfDownloads implements DownloadFolder {
  readonly #root: string;

  /** @param root Absolute; made when it is first needed. */
  constructor(root: string) {
    this.#root = resolve(root);
  }

  async resolve(destination: string | undefined): Promise<string> {
    if (destination === undefined) return this.#makeRoot();
    if (destination.trim() === '') throw createRefusal('Destination path must be a non-empty string');
    if (destination.length > MOST_PATH_CHARACTERS) throw createRefusal('Path too long');
    if (destination.includes('\0')) throw createRefusal('Path must not contain null bytes');
    const path = resolve(this.#root, destination);
    if (!isInside(this.#root, path)) await this.#refuseUnlessLinked(path);
    return this.#place(path);
  }

  /**
   * Makes the folder of a file, having made sure that no link leads out of the download folder.
   *
   * @returns Where the file goes, absolute.
   * @throws {CtsError} DESTINATION_REFUSED, DISK_FULL, OUTPUT_NOT_WRITABLE.
   */
  async prepare({ folder, path }: { readonly folder: string; readonly path: string }): Promise<string> {
    const target = join(folder, path);
    const parent = await this.#place(dirname(target));
    await makeFolder(parent).catch((error: unknown) => {
      throw toWriteError(error, parent);
    });
    // Once more: what was missing a moment ago may be a link now.
    if ((await realpath(parent)) !== parent) throw createRefusal(OUTSIDE);
    return join(parent, target.slice(dirname(target).length + 1));
  }

  async writeText(file: { readonly folder: string; readonly path: string }, text: string): Promise<void> {
    const path = await this.prepare(file);
    const hiddenPath = join(dirname(path), `.cts-${randomBytes(6).toString('hex')}.part`);
    try {
      await writeThrough(hiddenPath, text);
      await rename(hiddenPath, path);
    } catch (error) {
      await rm(hiddenPath, { force: true });
      throw toWriteError(error, path);
    }
  }

  async #makeRoot(): Promise<string> {
    try {
      await makeFolder(this.#root);
      return await realpath(this.#root);
    } catch (error) {
      throw toWriteError(error, this.#root);
    }
  }

  /** The download folder may itself be spelled with a link, and its destination without. */
  async #refuseUnlessLinked(path: string): Promise<void> {
    if (!isInside(await this.#makeRoot(), path)) throw createRefusal(OUTSIDE);
  }

  /** Resolves links in as much of a path as exists. */
  async #place(path: string): Promise<string> {
    const root = await this.#makeRoot();
    const place = await resolveLinks(path);
    if (!isInside(root, place)) throw createRefusal(OUTSIDE);
    return place;
  }
}

async function resolveLinks(path: string): Promise<string> {
  const missing: string[] = [];
  let existing = path;
  while (!(await isThere(existing))) {
    missing.unshift(existing.slice(dirname(existing).length).replace(/^[\\/]/, ''));
    existing = dirname(existing);
  }
  // A link that leads nowhere, or in circles, is there and cannot be resolved.
  const real = await realpath(existing).catch(() => {
    throw createRefusal(OUTSIDE);
  });
  return join(real, ...missing);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    const code = readSystemCode(error);
    if (code === 'ENOENT') return false;
    if (code === 'ENAMETOOLONG') throw createRefusal('Path too long');
    throw createRefusal(code === 'ENOTDIR' ? 'A part of the path is a file' : OUTSIDE);
  }
}

async function writeThrough(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** In the words of comma-tools, which its clients show. */
function createRefusal(text: string): CtsError {
  return new CtsError('DESTINATION_REFUSED', `Invalid destination path: ${text}`);
}
