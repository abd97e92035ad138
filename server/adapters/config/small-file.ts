import { open } from 'node:fs/promises';
import { describeFileFailure, refuseConfigFile } from './config-error.ts';

/** A file of the configuration. */
export interface SmallFile {
  readonly text: string;
  /** Whether the group or everybody may read it; false where there are no such rights. */
  readonly isReadableByOthers: boolean;
}

/** No configuration and no secret is larger. */
const MOST_BYTES = 1_048_576;
const RIGHTS_OF_OTHERS = 0o077;

/**
 * Reads a file of the configuration whole.
 *
 * @param key Key, option or variable that names it.
 * @throws {CtsError} INVALID_CONFIGURATION when it cannot be read, or is too large to be one.
 */
export async function readSmallFile(path: string, key: string): Promise<SmallFile> {
  try {
    return await readFileUpTo(path, MOST_BYTES);
  } catch (error) {
    throw refuseConfigFile({ key, path, reason: describeFileFailure(error), cause: error });
  }
}

async function readFileUpTo(path: string, limit: number): Promise<SmallFile> {
  const file = await open(path, 'r');
  try {
    const { mode } = await file.stat();
    // A device or a pipe has no size to trust, so reading itself stops.
    const { buffer, bytesRead } = await file.read(Buffer.alloc(limit + 1), 0, limit + 1, 0);
    if (bytesRead > limit) throw new Error(`it is larger than ${limit} bytes`);
    const isReadableByOthers = process.platform !== 'win32' && (mode & RIGHTS_OF_OTHERS) !== 0;
    return { text: buffer.toString('utf8', 0, bytesRead).replace(/^\uFEFF/, ''), isReadableByOthers };
  } finally {
    await file.close();
  }
}
