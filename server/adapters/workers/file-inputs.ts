import { createHash, webcrypto } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import type { InputFiles } from '../../services/execution/execution-ports.ts';
import type { InputFile } from '../../services/runs/run-executor.ts';

const PIECE_BYTES = 1 << 18;
/** Up to this size a file is hashed beside the work of the run, on another thread; it lies in memory meanwhile. */
const WHOLE_BYTES = 1 << 26;

type Digest = Pick<InputFile, 'sizeBytes' | 'sha256'>;

/** The files that a run reads, on this machine's disks. */
export const fileInputs: InputFiles = {
  stamp: async (path) => {
    const stats = await stat(path).catch(() => undefined);
    return stats && { sizeBytes: stats.size, modifiedMs: stats.mtimeMs };
  },
  digest: async (path, signal) => {
    try {
      const isSmall = (await stat(path)).size <= WHOLE_BYTES;
      return { path, ...(await (isSmall ? digestWhole(path, signal) : digestPieces(path, signal))) };
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  },
};

/** One buffer for all pieces: as many as a log has would call for the garbage collector in the middle of a run. */
async function digestPieces(path: string, signal: AbortSignal): Promise<Digest> {
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

async function digestWhole(path: string, signal: AbortSignal): Promise<Digest> {
  const bytes = await readFile(path, { signal });
  const hash = await webcrypto.subtle.digest('SHA-256', bytes);
  return { sizeBytes: bytes.length, sha256: Buffer.from(hash).toString('hex') };
}
