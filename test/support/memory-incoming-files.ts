import { createHash } from 'node:crypto';
import { CtsError } from '#protocol';
import type { ContentId } from '../../server/services/artifacts/content-store.ts';
import type { IncomingFiles } from '../../server/services/uploads/upload-store.ts';
import { checkId, type MemoryFiles } from './memory-files.ts';

const FOLDER = '/incoming';

/** Keeps the bytes of uploads in a disk in memory. */
export class MemoryIncomingFiles implements IncomingFiles {
  /** While it is set, nothing more is written, and this is thrown. */
  failure: Error | undefined;
  readonly #files: MemoryFiles;
  /** What is being written, by upload. */
  readonly #writing = new Map<string, Promise<unknown>>();

  constructor(files: MemoryFiles = new Map()) {
    this.#files = files;
  }

  async measure(uploadId: string): Promise<number> {
    return this.#read(uploadId).length;
  }

  async append(
    uploadId: string,
    bytes: AsyncIterable<Uint8Array>,
    options: { readonly offset: number; readonly limitBytes: number; readonly signal: AbortSignal },
  ): Promise<number> {
    const before = this.#writing.get(uploadId) ?? Promise.resolve();
    const writing = before.then(() => this.#append(uploadId, bytes, options));
    this.#writing.set(
      uploadId,
      writing.catch(() => undefined),
    );
    return writing;
  }

  async digest(uploadId: string): Promise<ContentId> {
    const bytes = this.#read(uploadId);
    return { sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length };
  }

  pathOf(uploadId: string): string {
    return `${FOLDER}/${checkId(uploadId, 'UPLOAD_NOT_FOUND')}`;
  }

  async remove(uploadId: string): Promise<void> {
    this.#files.delete(this.pathOf(uploadId));
  }

  async list(): Promise<readonly string[]> {
    const paths = [...this.#files.keys()].filter((path) => path.startsWith(`${FOLDER}/`));
    return paths.map((path) => path.slice(FOLDER.length + 1));
  }

  #read(uploadId: string): Uint8Array {
    return this.#files.get(this.pathOf(uploadId)) ?? new Uint8Array(0);
  }

  async #append(
    uploadId: string,
    bytes: AsyncIterable<Uint8Array>,
    { offset, limitBytes, signal }: { offset: number; limitBytes: number; signal: AbortSignal },
  ): Promise<number> {
    const there = this.#read(uploadId).length;
    if (there !== offset)
      throw new CtsError('UPLOAD_MISMATCH', `Cannot go on at byte ${offset}: ${there} bytes are there`);
    this.#files.set(this.pathOf(uploadId), this.#read(uploadId));
    const iterator = bytes[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await nextUnlessAborted(iterator, signal);
        if (next.done === true) return this.#read(uploadId).length;
        this.#write(uploadId, next.value, limitBytes);
      }
    } catch (error) {
      void iterator.return?.().catch(() => undefined);
      throw error;
    }
  }

  #write(uploadId: string, piece: Uint8Array, limitBytes: number): void {
    if (this.failure !== undefined) throw this.failure;
    const there = this.#read(uploadId);
    if (there.length + piece.length > limitBytes)
      throw new CtsError('UPLOAD_TOO_LARGE', `More than ${limitBytes} bytes`, { details: { limitBytes } });
    this.#files.set(this.pathOf(uploadId), Buffer.concat([there, piece]));
  }
}

async function nextUnlessAborted(
  iterator: AsyncIterator<Uint8Array>,
  signal: AbortSignal,
): Promise<IteratorResult<Uint8Array>> {
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([iterator.next(), aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
