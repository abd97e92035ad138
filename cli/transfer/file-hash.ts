import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Hashes a file without holding it. @returns SHA-256, hexadecimal. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const pieces = createReadStream(path, { highWaterMark: 1 << 20, ...(signal !== undefined && { signal }) });
  for await (const piece of pieces as AsyncIterable<Buffer>) hash.update(piece);
  return hash.digest('hex');
}
