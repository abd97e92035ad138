import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CtsError, type Artifact } from '#protocol';
import type { ArtifactFolders, RunArtifacts } from '../../services/runs/run-service.ts';
import { makeFolder } from '../files/make-folder.ts';

/** Leads to no other folder, on any system. */
const PLAIN_NAME = /^(?!\.{1,2}$)[^/\\]+$/;

/**
 * Leaves artifacts in a folder that a person chose. Until they are published, the files of a run are hidden ones beside
 * their places; published, they replace what was there.
 */
export const artifactFolders: ArtifactFolders = {
  async open(folder) {
    const made = await makeFolder(folder).catch((error: unknown) => {
      throw wrapWriteError(error, folder);
    });
    return new ArtifactFolder(folder, made);
  },
};

class ArtifactFolder implements RunArtifacts {
  readonly #folder: string;
  /** Folders that were made for this run, the innermost first. */
  readonly #madeFolders: readonly string[];
  readonly #files: HiddenFile[] = [];

  constructor(folder: string, madeFolders: readonly string[]) {
    this.#folder = folder;
    this.#madeFolders = madeFolders;
  }

  async create(name: string, mediaType: string): ReturnType<RunArtifacts['create']> {
    if (!PLAIN_NAME.test(name)) throw new Error(`"${name}" is no plain file name`);
    const file = await HiddenFile.open(join(this.#folder, name), mediaType);
    this.#files.push(file);
    return file;
  }

  async publish(): Promise<readonly Artifact[]> {
    const artifacts: Artifact[] = [];
    for (const file of this.#files) {
      if (file.isFinished) artifacts.push(await file.publish());
      else await file.discard();
    }
    return artifacts;
  }

  async discard(): Promise<void> {
    for (const file of this.#files) await file.discard();
    // A folder that holds anything else by now stays.
    for (const folder of this.#madeFolders) await rmdir(folder).catch(() => undefined);
  }
}

/** A file that does not yet stand under its name. */
class HiddenFile {
  isFinished = false;
  readonly #path: string;
  readonly #hiddenPath: string;
  readonly #mediaType: string;
  readonly #handle: FileHandle;
  #sizeBytes = 0;
  #rows: number | null = null;

  private constructor(
    paths: { readonly path: string; readonly hiddenPath: string },
    mediaType: string,
    handle: FileHandle,
  ) {
    this.#path = paths.path;
    this.#hiddenPath = paths.hiddenPath;
    this.#mediaType = mediaType;
    this.#handle = handle;
  }

  static async open(path: string, mediaType: string): Promise<HiddenFile> {
    const hiddenPath = join(dirname(path), `.cts-${randomBytes(6).toString('hex')}.part`);
    try {
      return new HiddenFile({ path, hiddenPath }, mediaType, await open(hiddenPath, 'wx'));
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

  async finish({ rows }: { readonly rows?: number } = {}): Promise<void> {
    try {
      await this.#handle.close();
    } catch (error) {
      throw wrapWriteError(error, this.#path);
    }
    this.#rows = rows ?? null;
    this.isFinished = true;
  }

  async publish(): Promise<Artifact> {
    try {
      await rename(this.#hiddenPath, this.#path);
    } catch (error) {
      throw wrapWriteError(error, this.#path);
    }
    return {
      name: basename(this.#path),
      path: resolve(this.#path),
      mediaType: this.#mediaType,
      sizeBytes: this.#sizeBytes,
      rows: this.#rows,
    };
  }

  async discard(): Promise<void> {
    // Closing may fail, on a full disk or because it is closed; what counts is that the file goes.
    await this.#handle.close().catch(() => undefined);
    await rm(this.#hiddenPath, { force: true });
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
