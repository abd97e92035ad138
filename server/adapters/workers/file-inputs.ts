import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { InputFiles } from '../../services/execution/execution-ports.ts';

const PIECE_BYTES = 1 << 20;

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

async function digestFile(path: string, signal: AbortSignal): Promise<{ sizeBytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const pieces = createReadStream(path, { highWaterMark: PIECE_BYTES, signal });
  for await (const piece of pieces as AsyncIterable<Buffer>) {
    hash.update(piece);
    sizeBytes += piece.length;
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}
