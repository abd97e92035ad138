import type { Upload } from '#protocol';
import type { ContentId } from '../artifacts/content-store.ts';

/** The members of an upload that change. */
export type UploadChange = Partial<
  Pick<Upload, 'state' | 'sizeBytes' | 'receivedBytes' | 'sha256' | 'completedAt'>
>;

/** Keeps what is known of uploads; what a promise acknowledged is on disk. Failures as in `RunStore`. */
export interface UploadStore {
  add(upload: Upload): Promise<void>;
  get(id: string): Promise<Upload | undefined>;
  /** Newest first. */
  list(): Promise<readonly Upload[]>;
  change(id: string, change: UploadChange): Promise<Upload | undefined>;
  remove(id: string): Promise<void>;
}

/** Keeps the bytes of uploads while they come. */
export interface IncomingFiles {
  /** How many bytes are there, on disk; 0 when none came yet. */
  measure(uploadId: string): Promise<number>;
  /**
   * Writes bytes from `offset` on, which must be what `measure` tells; what came before a failure of the sender stays.
   * Settled when they are on disk.
   *
   * @param limitBytes The file may not grow beyond it.
   * @returns The size then.
   * @throws {CtsError} UPLOAD_TOO_LARGE, DISK_FULL.
   */
  append(
    uploadId: string,
    bytes: AsyncIterable<Uint8Array>,
    options: { readonly offset: number; readonly limitBytes: number; readonly signal: AbortSignal },
  ): Promise<number>;
  /** Hashes what is there. */
  digest(uploadId: string): Promise<ContentId>;
  /** Where it lies, to be adopted. */
  pathOf(uploadId: string): string;
  remove(uploadId: string): Promise<void>;
  /** Uploads of which bytes are there. */
  list(): Promise<readonly string[]>;
}
