/** A stretch of bytes: from `start` up to `end`, which does not belong to it. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Content that has been opened: it can be read to its end even when it is removed meanwhile. Close it. */
export interface OpenContent {
  readonly sizeBytes: number;
  /** Pieces of at most 64 KiB or so; each is the caller's. */
  read(range?: ByteRange): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** Names bytes by what they are. */
export interface ContentId {
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/**
 * Bytes that never change, named by their hash: the same bytes are kept once. Artifacts and uploads lie here.
 *
 * What was acknowledged is on disk, whole, under its name; nothing half-written ever stands under one.
 */
export interface ContentStore {
  /**
   * Takes over a finished file, which is gone from its place afterwards. The same content may be there already.
   *
   * @param path A plain file; symbolic links are refused.
   * @throws {CtsError} DISK_FULL, STORE_UNAVAILABLE.
   */
  adopt(path: string, content: ContentId): Promise<void>;
  /** @throws {CtsError} ARTIFACT_LOST when it is not there, or not of that size. */
  open(content: ContentId): Promise<OpenContent>;
  /**
   * Makes the content appear under a path too, for a program that wants a file; removing that file leaves the content.
   *
   * @throws {CtsError} ARTIFACT_LOST.
   */
  link(content: ContentId, path: string): Promise<void>;
  /** Whether the bytes are still those that the name says; reads all of them. */
  verify(content: ContentId): Promise<'intact' | 'damaged' | 'missing'>;
  /** Everything that is there, in no order. */
  list(): AsyncIterable<ContentId>;
  /** Removing what is not there is fine. */
  remove(sha256: string): Promise<void>;
}
