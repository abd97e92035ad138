import { randomBytes } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { CtsError, type Artifact } from '#protocol';
import type { ArtifactFolders, RunArtifacts } from '../../services/runs/run-service.ts';
import { makeFolder } from '../files/make-folder.ts';

/** Leads to no other folder, on any system. */
const PLAIN_NAME = /^(?!\.{1,2}$)[^/\\]+$/;

/**
 * Leaves artifacts in a folder that a person chose. A file appears under its name when it is whole, and replaces one
 * that was there; until then it is a hidden file beside it, which goes when the run fails.
 */
export const artifactFolders: ArtifactFolders = {
  async open(folder) {
    await makeFolder(folder).catch((error: unknown) => {
      throw wrapWriteError(error, folder);
    });
    return new ArtifactFolder(folder);
  },
};

class ArtifactFolder implements RunArtifacts {
  readonly finished: Artifact[] = [];
  readonly #folder: string;
  readonly #unfinished = new Set<PartialFile>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async create(name: string, mediaType: string): ReturnType<RunArtifacts['create']> {
    if (!PLAIN_NAME.test(name)) throw new Error(`"${name}" is no plain file name`);
    const path = join(this.#folder, name);
    const file = await PartialFile.open(path);
    this.#unfinished.add(file);
    return {
      write: (bytes) => file.write(bytes),
      finish: async ({ rows } = {}) => {
        const sizeBytes = await file.publish();
        this.#unfinished.delete(file);
        this.finished.push({ name, path: resolve(path), mediaType, sizeBytes, rows: rows ?? null });
      },
    };
  }

  async discard(): Promise<void> {
    await Promise.all([...this.#unfinished].map((file) => file.discard()));
    await Promise.all(this.finished.map(({ path }) => rm(path, { force: true })));
    this.finished.length = 0;
  }
}

/** A file that is not yet there under its name. */
class PartialFile {
  readonly #path: string;
  readonly #partialPath: string;
  readonly #handle: FileHandle;
  #sizeBytes = 0;

  private constructor(path: string, partialPath: string, handle: FileHandle) {
    this.#path = path;
    this.#partialPath = partialPath;
    this.#handle = handle;
  }

  static async open(path: string): Promise<PartialFile> {
    const partialPath = join(dirname(path), `.cts-${randomBytes(6).toString('hex')}.part`);
    try {
      return new PartialFile(path, partialPath, await open(partialPath, 'wx'));
    } catch (error) {
      throw wrapWriteError(error, path);
    }
  }

  async write(bytes: Uint8Array): Promise<void> {
    try {
      for (let at = 0; at < bytes.length;) {
        at += (await this.#handle.write(bytes, at, bytes.length - at)).bytesWritten;
      }
    } catch (error) {
      throw wrapWriteError(error, this.#path);
    }
    this.#sizeBytes += bytes.length;
  }

  /** Returns the file's size in bytes. */
  async publish(): Promise<number> {
    try {
      await this.#handle.close();
      await rename(this.#partialPath, this.#path);
    } catch (error) {
      throw wrapWriteError(error, this.#path);
    }
    return this.#sizeBytes;
  }

  async discard(): Promise<void> {
    // Closing may fail on a full disk; what counts is that the file goes.
    await this.#handle.close().catch(() => undefined);
    await rm(this.#partialPath, { force: true });
  }
}

const ADVICE: Readonly<Record<string, string>> = {
  EACCES: 'no permission to write there; choose another folder with --out-dir',
  EPERM: 'no permission to write there; choose another folder with --out-dir',
  EROFS: 'the file system is read-only; choose another folder with --out-dir',
  ENOTDIR: 'a part of the path is a file, not a folder; choose another folder with --out-dir',
  ENOENT: 'the folder is not there and cannot be made; choose another one with --out-dir',
  EEXIST: 'a file stands where the folder should be; choose another folder with --out-dir',
  EISDIR: 'a folder of that name is in the way; choose another name',
  ENAMETOOLONG: 'the name is too long for this file system',
  EDQUOT: 'the disk quota is used up; free some space or choose another folder with --out-dir',
};

function wrapWriteError(error: unknown, path: string): CtsError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const details = { path };
  if (code === 'ENOSPC') {
    const advice = 'the disk is full; free some space or choose another folder with --out-dir';
    return new CtsError('DISK_FULL', `Cannot write ${path}: ${advice}`, { details, cause: error });
  }
  const reason = ADVICE[code] ?? (error instanceof Error ? error.message : String(error));
  return new CtsError('OUTPUT_NOT_WRITABLE', `Cannot write ${path}: ${reason}`, { details, cause: error });
}
