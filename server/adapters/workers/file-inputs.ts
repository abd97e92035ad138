import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import type { InputFiles } from '../../services/execution/execution-ports.ts';

const PIECE_BYTES = 1 << 18;

/** The files that a run reads, on this machine's disks. */
export const fileInputs: InputFiles = {
  stamp: async (path) => {
    const stats = await stat(path).catch(() => undefined);
    return stats && { sizeBytes: stats.size, modifiedMs: stats.mtimeMs };
  },
  digest: async (path, signal) => {
    try {
      return { path, ...(await digestFile(path, signal)) };
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  },
};

/** One buffer for all pieces: as many as a log has would call for the garbage collector in the middle of a run. */
async function digestFile(path: string, signal: AbortSignal): Promise<{ sizeBytes: number; sha256: string }> {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  let sizeBytes = 0;
  const file = await open(path);
  try {
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES);
      signal.throwIfAborted();
      if (bytesRead === 0) break;
      hash.update(piece.subarray(0, bytesRead));
      sizeBytes += bytesRead;
    }
  } finally {
    await file.close();
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}
