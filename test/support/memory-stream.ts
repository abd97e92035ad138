import type { ByteStream } from '../../server/core/rlog/byte-stream.ts';

/** A stream over bytes in memory that counts what is asked of it. */
export interface MemoryStream extends ByteStream {
  readonly counts: { reads: number; bytes: number };
}

/**
 * Opens bytes in memory as a stream.
 *
 * @param chunkBytes Most bytes that one read gives; of several, each read takes the next, over and over.
 */
export function openMemoryStream(log: Uint8Array, chunkBytes: readonly number[] = [1 << 20]): MemoryStream {
  const counts = { reads: 0, bytes: 0 };
  return {
    format: 'plain',
    fileBytes: log.length,
    problems: [],
    counts,
    get fileBytesRead() {
      return counts.bytes;
    },
    async read(target) {
      const most = chunkBytes[counts.reads % chunkBytes.length] ?? target.length;
      const piece = log.subarray(counts.bytes, counts.bytes + Math.min(most, target.length));
      target.set(piece);
      counts.reads++;
      counts.bytes += piece.length;
      return piece.length;
    },
    async close() {
      // Nothing is held.
    },
  };
}
