import type { Stats } from 'node:fs';
import { type FileHandle, stat } from 'node:fs/promises';

import { CtsError } from '#protocol';

import type { ByteSource } from './byte-source.ts';
import { describeFileKind, toFileError } from './file-error.ts';
import { openWithinRoots } from './input-roots.ts';

/**
 * Opens a regular file for reading.
 *
 * @param roots Folders that it must lie in, whatever links lead to it; none: anywhere.
 * @throws {CtsError} INPUT_FORBIDDEN; FILE_NOT_FOUND, FILE_IS_DIRECTORY or FILE_UNREADABLE. Named pipes and devices are
 *   refused before they are opened, because opening one may block for ever.
 */
export async function openFileSource(path: string, roots: readonly string[] = []): Promise<ByteSource> {
  try {
    const stats = await stat(path);
    checkKind(path, stats);
    return new FileSource(path, await openWithinRoots(path, roots), stats.size);
  } catch (error) {
    throw toFileError(path, error);
  }
}

function checkKind(path: string, stats: Stats): void {
  const details = { path };
  if (stats.isDirectory()) {
    throw new CtsError(
      'FILE_IS_DIRECTORY',
      `Cannot read ${path}: it is a directory. Name a log file in it, or open it as a route.`,
      { details },
    );
  }
  if (!stats.isFile()) {
    throw new CtsError(
      'FILE_UNREADABLE',
      `Cannot read ${path}: it is ${describeFileKind(stats)}, not a regular file. Copy its content to a file first.`,
      { details },
    );
  }
}

class FileSource implements ByteSource {
  readonly name: string;
  readonly sizeBytes: number;
  readonly #handle: FileHandle;
  #closing: Promise<void> | undefined;

  constructor(path: string, handle: FileHandle, sizeBytes: number) {
    this.name = path;
    this.sizeBytes = sizeBytes;
    this.#handle = handle;
  }

  async readAt(target: Uint8Array, position: number): Promise<number> {
    const wanted = Math.min(target.length, this.sizeBytes - position);
    let filled = 0;
    try {
      while (filled < wanted) {
        const { bytesRead } = await this.#handle.read(target, filled, wanted - filled, position + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
    } catch (error) {
      throw toFileError(this.name, error);
    }
    return filled;
  }

  close(): Promise<void> {
    this.#closing ??= this.#handle.close();
    return this.#closing;
  }
}
