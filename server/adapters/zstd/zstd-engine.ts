/** A zstd decoder, or `auto` for the fastest one at hand. */
export type ZstdEngineChoice = 'zstd-napi' | 'node:zlib' | 'auto';

/**
 * Decompresses the pieces of zstd frames in order: header, blocks, checksum, and the next frame's header.
 *
 * Because it is fed piece by piece, a piece that fails takes nothing along with it, and the decoder never sees where
 * a frame or the file ends.
 */
export interface ZstdEngine {
  /** Hands over the next piece, once `drain` has used up the one before; it is borrowed until it is used up. */
  feed(piece: Uint8Array): void;
  /**
   * Writes decompressed bytes to the start of `target`, which is not empty.
   *
   * @returns How many; fewer than `target` holds when the piece is used up and all of its content written.
   * @throws {Error} When the piece is invalid; `reset` must be called before the next frame.
   */
  drain(target: Uint8Array): number | Promise<number>;
  /** Forgets the frame at hand. */
  reset(): void;
  /** Frees the decoder; a `drain` under way settles. */
  close(): void;
}
