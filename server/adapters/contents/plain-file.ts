import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Bytes that are read at once. */
const PIECE_BYTES = 65_536;

/** Opens a file, which must not be a symbolic link; waits for nobody on the other end of a pipe. */
export async function openWithoutFollowing(path: string, flags = constants.O_RDONLY): Promise<FileHandle> {
  return open(path, flags | constants.O_NOFOLLOW | constants.O_NONBLOCK, 0o600);
}

/** Reads the next bytes from `start` on, but none from `end` on; none at the end of the file. They are the caller's. */
export async function readPiece(file: FileHandle, start: number, end: number): Promise<Uint8Array> {
  const piece = new Uint8Array(Math.max(0, Math.min(PIECE_BYTES, end - start)));
  if (piece.length === 0) return piece;
  const { bytesRead } = await file.read(piece, 0, piece.length, start);
  return piece.subarray(0, bytesRead);
}

/** Reads an open file from its first byte to its last. */
async function* readWholeFile(file: FileHandle): AsyncGenerator<Uint8Array> {
  for (let at = 0; ;) {
    const piece = await readPiece(file, at, Infinity);
    if (piece.length === 0) return;
    yield piece;
    at += piece.length;
  }
}

/** Hashes an open file from its first byte to its last. */
export async function hashFile(file: FileHandle): Promise<string> {
  const hash: Hash = createHash('sha256');
  for await (const piece of readWholeFile(file)) hash.update(piece);
  return hash.digest('hex');
}

/** Writes what an open file holds into a new one, and onto the disk. */
export async function copyOpenFile(file: FileHandle, path: string): Promise<void> {
  await useFile(await open(path, 'wx', 0o600), async (copy) => {
    await copy.writeFile(readWholeFile(file));
    await copy.sync();
  });
}

/** Does something with an open file and closes it, whatever happens. */
export async function useFile<Result>(
  file: FileHandle,
  work: (file: FileHandle) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}
