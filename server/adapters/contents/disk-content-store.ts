import { type FileHandle, link, lstat, opendir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CtsError } from '#protocol';
import type {
  ByteRange,
  ContentId,
  ContentStore,
  OpenContent,
} from '../../services/artifacts/content-store.ts';
import { makePrivateFolder } from '../data-folder/private-file.ts';
import { explainFailures, readSystemCode, toStoreFileFailure } from '../data-folder/store-file-failure.ts';
import { adoptFile, finishAdoptions } from './content-adoption.ts';
import { ContentPaths, isContentName } from './content-paths.ts';
import { copyOpenFile, hashFile, openWithoutFollowing, readPiece, useFile } from './plain-file.ts';

/** Systems and disks say in these words that a file cannot have a second name. */
const CANNOT_LINK = new Set(['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EACCES']);

/** No file, a symbolic link, a socket. */
const NOT_THERE = new Set(['ENOENT', 'ELOOP', 'ENXIO']);

/** Keeps contents in a folder. */
export class DiskContentStore implements ContentStore {
  readonly #paths: ContentPaths;

  private constructor(paths: ContentPaths) {
    this.#paths = paths;
  }

  /** Makes the folder if there is none. */
  static async open(folder: string): Promise<DiskContentStore> {
    const paths = new ContentPaths(folder);
    await explainFailures(folder, () => makePrivateFolder(folder));
    return new DiskContentStore(paths);
  }

  async adopt(path: string, content: ContentId): Promise<void> {
    await explainFailures(path, () => adoptFile(this.#paths, path, content));
  }

  /** Ends adoptions that a crash broke off; tells how many there were. */
  async finishAdoptions(): Promise<number> {
    return explainFailures(this.#paths.adoptionFolder, () => finishAdoptions(this.#paths));
  }

  async open(content: ContentId): Promise<OpenContent> {
    const path = this.#paths.pathOf(content.sha256);
    return new OpenedFile(await explainFailures(path, () => openContentFile(path, content)), content);
  }

  async link(content: ContentId, path: string): Promise<void> {
    const source = this.#paths.pathOf(content.sha256);
    await explainFailures(path, async () =>
      useFile(await openContentFile(source, content), async (file) => {
        try {
          await link(source, path);
        } catch (error) {
          if (!CANNOT_LINK.has(readSystemCode(error))) throw error;
          await copyOpenFile(file, path);
        }
      }),
    );
  }

  async verify(content: ContentId): Promise<'intact' | 'damaged' | 'missing'> {
    const path = this.#paths.pathOf(content.sha256);
    const found = await lstat(path).catch(() => undefined);
    if (found === undefined) return 'missing';
    if (!found.isFile() || found.size !== content.sizeBytes) return 'damaged';
    const file = await openWithoutFollowing(path).catch(() => undefined);
    if (file === undefined) return 'damaged';
    // A disk that cannot read them has lost them.
    const sha256 = await useFile(file, hashFile).catch(() => undefined);
    return sha256 === content.sha256 ? 'intact' : 'damaged';
  }

  async *list(): AsyncGenerator<ContentId> {
    try {
      yield* this.#walk();
    } catch (error) {
      throw toStoreFileFailure(error, this.#paths.folder);
    }
  }

  async *#walk(): AsyncGenerator<ContentId> {
    for await (const folder of await opendir(this.#paths.folder)) {
      if (!folder.isDirectory() || !/^[0-9a-f]{2}$/.test(folder.name)) continue;
      for await (const { name } of await opendir(join(this.#paths.folder, folder.name))) {
        const content = isContentName(name) ? await this.#describe(name) : undefined;
        if (content !== undefined) yield content;
      }
    }
  }

  async remove(sha256: string): Promise<void> {
    const path = this.#paths.pathOf(sha256);
    await explainFailures(path, () => rm(path, { force: true }));
  }

  /** Undefined when it has just been removed. */
  async #describe(sha256: string): Promise<ContentId | undefined> {
    const found = await lstat(this.#paths.pathOf(sha256)).catch(() => undefined);
    return found && { sha256, sizeBytes: found.size };
  }
}

async function openContentFile(path: string, content: ContentId): Promise<FileHandle> {
  const file = await openWithoutFollowing(path).catch((error: unknown) => {
    throw NOT_THERE.has(readSystemCode(error)) ? reportLost(content, error) : error;
  });
  const found = await file.stat();
  if (found.isFile() && found.size === content.sizeBytes) return file;
  await file.close();
  throw reportLost(content);
}

/** Stays readable when its name is removed. */
class OpenedFile implements OpenContent {
  readonly sizeBytes: number;
  readonly #file: FileHandle;
  readonly #content: ContentId;
  #closing: Promise<void> | undefined;

  constructor(file: FileHandle, content: ContentId) {
    this.sizeBytes = content.sizeBytes;
    this.#file = file;
    this.#content = content;
  }

  async *read({ start, end }: ByteRange = { start: 0, end: this.sizeBytes }): AsyncGenerator<Uint8Array> {
    const last = Math.min(end, this.sizeBytes);
    let at = start;
    for (;;) {
      const piece = await explainFailures(this.#content.sha256, () => readPiece(this.#file, at, last));
      if (piece.length === 0) break;
      at += piece.length;
      yield piece;
    }
    if (at < last) throw reportLost(this.#content);
  }

  async close(): Promise<void> {
    this.#closing ??= this.#file.close();
    await this.#closing;
  }
}

function reportLost({ sha256, sizeBytes }: ContentId, cause?: unknown): CtsError {
  return new CtsError('ARTIFACT_LOST', `Content ${sha256} of ${sizeBytes} bytes is no more in the store`, {
    details: { sha256, size_bytes: sizeBytes },
    actions: ['Run the tool again: cts rerun RUN', 'Check the store: cts doctor'],
    ...(cause !== undefined && { cause }),
  });
}
