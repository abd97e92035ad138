import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CtsError } from '#protocol';
import type { WorkFiles, WorkFolders } from '../../services/execution/execution-ports.ts';
import type { ProducedFile } from '../../services/runs/run-executor.ts';

/** Leads to no other folder, on any system, and can be shown. */
const PLAIN_NAME = /^(?!\.{1,2}$)[^/\\\p{Cc}]+$/u;

/** Leaves the files of a run in its work folder, hashed while they are written, synced when they are finished. */
export const artifactFolders: WorkFolders = {
  open: (folder, { artifactBytes }) => new ArtifactFolder(folder, artifactBytes),
};

class ArtifactFolder implements WorkFiles {
  readonly #folder: string;
  readonly #maxBytes: number;
  readonly #files: WorkFile[] = [];

  constructor(folder: string, maxBytes: number) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
  }

  async create(name: string, mediaType: string): Promise<WorkFile> {
    if (!PLAIN_NAME.test(name)) throw new Error(`"${name}" is no plain file name`);
    const file = await WorkFile.open({
      name,
      mediaType,
      path: join(this.#folder, name),
      maxBytes: this.#maxBytes,
    });
    this.#files.push(file);
    return file;
  }

  async collect(): Promise<readonly ProducedFile[]> {
    const produced: ProducedFile[] = [];
    for (const file of this.#files) {
      if (file.produced === undefined) await file.discard();
      else produced.push(file.produced);
    }
    return produced;
  }
}

interface FilePlan {
  readonly name: string;
  readonly path: string;
  readonly mediaType: string;
  readonly maxBytes: number;
}

class WorkFile {
  /** What it came to; undefined until it is finished. */
  produced: ProducedFile | undefined;
  readonly #plan: FilePlan;
  readonly #handle: FileHandle;
  readonly #hash: Hash = createHash('sha256');
  #sizeBytes = 0;

  private constructor(plan: FilePlan, handle: FileHandle) {
    this.#plan = plan;
    this.#handle = handle;
  }

  static async open(plan: FilePlan): Promise<WorkFile> {
    return new WorkFile(plan, await tryWriting(plan.path, () => open(plan.path, 'wx', 0o600)));
  }

  async write(bytes: Uint8Array): Promise<void> {
    const { path, name, maxBytes } = this.#plan;
    if (this.#sizeBytes + bytes.length > maxBytes) throw createTooLarge(name, maxBytes);
    await tryWriting(path, () => writeAll(this.#handle, bytes));
    this.#hash.update(bytes);
    this.#sizeBytes += bytes.length;
  }

  async finish({ rows = null }: { readonly rows?: number | null } = {}): Promise<void> {
    const { name, path, mediaType } = this.#plan;
    await tryWriting(path, async () => {
      await this.#handle.sync();
      await this.#handle.close();
    });
    const sha256 = this.#hash.digest('hex');
    this.produced = { name, path, mediaType, sizeBytes: this.#sizeBytes, sha256, rows };
  }

  async discard(): Promise<void> {
    // Closing may fail, on a full disk or because it is closed; what counts is that the file goes.
    await this.#handle.close().catch(() => undefined);
    await rm(this.#plan.path, { force: true });
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten;
  }
}

function createTooLarge(name: string, maxBytes: number): CtsError {
  return new CtsError(
    'ARTIFACT_TOO_LARGE',
    `Cannot write ${name}: it would exceed the limit of ${maxBytes} bytes for one file of a run`,
    {
      details: { name, maxBytes },
      actions: ['Have less written, with the parameters of the tool.', 'Raise the limit of the service.'],
    },
  );
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  EROFS: 'the file system is read-only',
  ENOENT: 'its folder is gone',
  EEXIST: 'the run has a file of that name already; choose another name',
  ENAMETOOLONG: 'the name is too long for this file system',
};

async function tryWriting<Result>(path: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    throw wrapWriteError(error, path);
  }
}

function wrapWriteError(error: unknown, path: string): CtsError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const options = { details: { path }, cause: error };
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const actions = ['Free some space on the disk of the service.', 'Remove old runs: cts runs clean.'];
    return new CtsError('DISK_FULL', `Cannot write ${path}: the disk is full`, { ...options, actions });
  }
  const reason = REASONS[code] ?? (error instanceof Error ? error.message : String(error));
  return new CtsError('OUTPUT_NOT_WRITABLE', `Cannot write ${path}: ${reason}`, options);
}
