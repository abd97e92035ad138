import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readSystemCode, toWriteError } from './write-error.ts';

/** Through no link, and without waiting for the other end of a pipe. */
const SAFE_WRITING = constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Bytes of a file as received so far, beside its place: `rlog.zst.part`, with the ETag in `rlog.zst.part.etag`. */
export class PartFile {
  readonly #path: string;
  readonly #file: FileHandle;
  #sizeBytes: number;
  #etag: string | undefined;

  private constructor(
    path: string,
    file: FileHandle,
    found: { readonly size: number; readonly etag: string | undefined },
  ) {
    this.#path = path;
    this.#file = file;
    this.#sizeBytes = found.size;
    this.#etag = found.etag;
  }

  /**
   * Opens what is there of a file, or begins.
   *
   * @throws {CtsError} DISK_FULL, OUTPUT_NOT_WRITABLE, as all methods do.
   */
  static async open(path: string, start: 'go on' | 'anew'): Promise<PartFile> {
    return explainFailure(path, async () => {
      const fresh = start === 'anew' ? constants.O_TRUNC : 0;
      const file = await open(partOf(path), SAFE_WRITING | fresh, 0o600);
      const { size } = await file.stat();
      return new PartFile(path, file, { size, etag: size === 0 ? undefined : await readEtag(path) });
    });
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Of the version that the bytes are from, where the server named one. */
  get etag(): string | undefined {
    return this.#etag;
  }

  /** Forgets all bytes; those that follow are of the version with this tag. */
  async restart(etag: string | undefined): Promise<void> {
    await explainFailure(this.#path, async () => {
      await this.#file.truncate(0);
      this.#sizeBytes = 0;
      this.#etag = etag;
      await rm(etagOf(this.#path), { force: true });
      if (etag !== undefined) await writeFile(etagOf(this.#path), etag, { mode: 0o600, flag: 'wx' });
    });
  }

  async append(bytes: Uint8Array): Promise<void> {
    await explainFailure(this.#path, async () => {
      for (let at = 0; at < bytes.length;) {
        const { bytesWritten } = await this.#file.write(bytes, at, bytes.length - at, this.#sizeBytes);
        at += bytesWritten;
        this.#sizeBytes += bytesWritten;
      }
    });
  }

  /** Puts the file, which is whole, in its place. */
  async finish(): Promise<void> {
    await explainFailure(this.#path, async () => {
      await this.#file.sync();
      await rename(partOf(this.#path), this.#path);
      await rm(etagOf(this.#path), { force: true });
      await syncFolder(dirname(this.#path));
    });
  }

  /** Ends the work on it; an empty one is removed, others stay for the next attempt. */
  async close(): Promise<void> {
    await this.#file.close();
    const left = await lstat(partOf(this.#path)).catch(() => undefined);
    if (left?.size !== 0) return;
    await rm(partOf(this.#path), { force: true });
    await rm(etagOf(this.#path), { force: true });
  }
}

/** Size of the file that stands in a place; undefined where none does. */
export async function measureFile(path: string): Promise<number | undefined> {
  const found: Stats | undefined = await lstat(path).catch(() => undefined);
  return found?.isFile() === true ? found.size : undefined;
}

async function readEtag(path: string): Promise<string | undefined> {
  if ((await measureFile(etagOf(path))) === undefined) return undefined;
  return readStrongEtag(await readFile(etagOf(path), 'latin1'));
}

/** Only a strong tag promises the same bytes (RFC 9110, 8.8.3). */
export function readStrongEtag(text: string | undefined): string | undefined {
  return text !== undefined && /^"[\x21\x23-\x7e]{1,256}"$/.test(text) ? text : undefined;
}

/** Makes a new name last; file systems that cannot sync folders keep names their own way. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().catch((error: unknown) => {
    if (readSystemCode(error) === 'EIO') throw error;
  });
  await folder.close();
}

async function explainFailure<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw toWriteError(error, path);
  }
}

function partOf(path: string): string {
  return `${path}.part`;
}

function etagOf(path: string): string {
  return `${path}.part.etag`;
}
