/** Bytes at rest, read by position: a file, or a block of memory. */
export interface ByteSource {
  /** What to call it in messages. */
  readonly name: string;
  /** As it was when the source was opened; what a growing file gained since then is not read. */
  readonly sizeBytes: number;
  /**
   * Copies bytes from `position` on into `target`.
   *
   * @returns How many bytes were copied; fewer than asked for only at the end.
   * @throws {CtsError} FILE_UNREADABLE when the file fails under the reader.
   */
  readAt(target: Uint8Array, position: number): Promise<number>;
  /** May be called more than once. */
  close(): Promise<void>;
}

/** Reads from `bytes`, which stay the caller's and must not change meanwhile. */
export function viewAsSource(bytes: Uint8Array, name: string): ByteSource {
  return {
    name,
    sizeBytes: bytes.length,
    async readAt(target, position) {
      const piece = bytes.subarray(position, position + target.length);
      target.set(piece);
      return piece.length;
    },
    async close() {
      // Memory is freed by whoever owns it.
    },
  };
}
