import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir, rm } from 'node:fs/promises';
import { CtsError } from '#protocol';
import type { ContentId } from '../../services/artifacts/content-store.ts';
import type { IncomingFiles } from '../../services/uploads/upload-store.ts';
import { hashFile, openWithoutFollowing, useFile } from '../contents/plain-file.ts';
import { iterateUntilAborted } from './abortable-iteration.ts';
import { explainFailures, readSystemCode } from './store-file-failure.ts';
import { incomingFilePath, isPlainId } from './store-path.ts';
import { TaskLines } from './task-lines.ts';

type AppendOptions = Parameters<IncomingFiles['append']>[2];

/** Keeps the bytes of uploads in a folder while they come. */
export class DiskIncomingFiles implements IncomingFiles {
  readonly #folder: string;
  /** One writer at a time for each upload. */
  readonly #writers = new TaskLines();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async measure(uploadId: string): Promise<number> {
    return explainFailures(this.pathOf(uploadId), async () => {
      try {
        return (await lstat(this.pathOf(uploadId))).size;
      } catch (error) {
        if (readSystemCode(error) === 'ENOENT') return 0;
        throw error;
      }
    });
  }

  async append(uploadId: string, bytes: AsyncIterable<Uint8Array>, options: AppendOptions): Promise<number> {
    const path = this.pathOf(uploadId);
    return this.#writers.add(uploadId, () =>
      explainFailures(path, async () => {
        const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW;
        return useFile(await open(path, flags, 0o600), (file) => appendTo(file, bytes, options));
      }),
    );
  }

  async digest(uploadId: string): Promise<ContentId> {
    const path = this.pathOf(uploadId);
    return explainFailures(path, async () =>
      // Nothing at all is an empty file.
      useFile(await openWithoutFollowing(path, constants.O_RDONLY | constants.O_CREAT), async (file) => ({
        sha256: await hashFile(file),
        sizeBytes: (await file.stat()).size,
      })),
    );
  }

  pathOf(uploadId: string): string {
    return incomingFilePath(this.#folder, uploadId);
  }

  async remove(uploadId: string): Promise<void> {
    const path = this.pathOf(uploadId);
    await explainFailures(path, () => rm(path, { force: true }));
  }

  async list(): Promise<readonly string[]> {
    const names = await explainFailures(this.#folder, () => readdir(this.#folder));
    return names.filter(isPlainId);
  }
}

async function appendTo(
  file: FileHandle,
  bytes: AsyncIterable<Uint8Array>,
  { offset, limitBytes, signal }: AppendOptions,
): Promise<number> {
  const { size } = await file.stat();
  if (size !== offset) throw refuseOffset(offset, size);
  let end = offset;
  try {
    for await (const piece of iterateUntilAborted(bytes, signal)) {
      if (end + piece.length > limitBytes) throw refuseSize(limitBytes);
      end = await writePiece(file, piece, end);
    }
  } finally {
    // What came before a failure counts too.
    await keepOnDisk(file, offset);
  }
  return end;
}

async function writePiece(file: FileHandle, piece: Uint8Array, start: number): Promise<number> {
  for (let at = 0; at < piece.length;)
    at += (await file.write(piece, at, piece.length - at, start + at)).bytesWritten;
  return start + piece.length;
}

/** After a failed sync nobody knows what is on disk: then only what was acknowledged before stays. */
async function keepOnDisk(file: FileHandle, acknowledged: number): Promise<void> {
  try {
    await file.sync();
  } catch (error) {
    await file.truncate(acknowledged);
    throw error;
  }
}

function refuseOffset(offset: number, size: number): CtsError {
  return new CtsError(
    'UPLOAD_MISMATCH',
    `Cannot go on at byte ${offset} of the upload: it has ${size} bytes`,
    {
      details: { offset, received_bytes: size },
      actions: ['Ask how many bytes are there, and go on with the next one.'],
    },
  );
}

function refuseSize(limitBytes: number): CtsError {
  return new CtsError('UPLOAD_TOO_LARGE', `The upload is larger than ${limitBytes} bytes`, {
    details: { limit_bytes: limitBytes },
    actions: ['Send less, or raise the limit of the service.'],
  });
}
