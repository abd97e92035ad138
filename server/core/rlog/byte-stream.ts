import type { Problem } from '#protocol';

/** How a log file is packed, as its first bytes tell. */
export type ContainerFormat = 'zstd' | 'bzip2' | 'plain';

/**
 * The decompressed bytes of one log file, pulled in order.
 *
 * Damage never throws: it ends the stream early and is told by `problems`. What a file holds before the damage
 * is delivered.
 */
export interface ByteStream {
  readonly format: ContainerFormat;
  /** Size of the file in bytes, as stored. */
  readonly fileBytes: number;
  /** Bytes of the file that have been consumed; for progress. */
  readonly fileBytesRead: number;
  /** Damage found so far; complete once `read` has resolved to 0. */
  readonly problems: readonly Problem[];
  /**
   * Fills `target` from its start; the bytes are the caller's.
   *
   * @returns How many bytes were written: at least 1, or 0 at the end. A short count is not the end.
   * @throws {CtsError} FILE_UNREADABLE when the file itself fails under the reader.
   */
  read(target: Uint8Array): Promise<number>;
  /** Frees file handle and decoder; may be called at any time and more than once. */
  close(): Promise<void>;
}
