import type { BigIntStats, Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CtsError } from '#protocol';
import type { DbcFile, DbcFiles } from '../../services/dbc/dbc-files.ts';
import type { InputGate } from '../../services/runs/run-inputs.ts';
import type { ByteSource } from './byte-source.ts';
import { toFileError } from './file-error.ts';
import { openFileSource } from './file-source.ts';

/** No DBC file comes near: the largest of opendbc has half a megabyte. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;
const READ_BYTES = 4 * 1024 * 1024;
const MAX_DEPTH = 8;
/** Files and folders that are looked at for one list. */
const MAX_ENTRIES = 100_000;
const MAX_LISTED = 10_000;

/** How much is read and listed. */
export interface DbcFileLimits {
  /** Largest file that is read. */
  readonly maxFileBytes?: number;
  /** Most files of one list. */
  readonly maxListed?: number;
}

/**
 * DBC files on this machine's disks.
 *
 * @param gate Lets in what lies in the folders that may be read; folders of settings belong among them.
 */
export function createDbcFiles(gate: InputGate, limits: DbcFileLimits = {}): DbcFiles {
  const { maxFileBytes = MAX_FILE_BYTES, maxListed = MAX_LISTED } = limits;
  return {
    read: (path, signal) => readWhole(path, { gate, maxFileBytes, signal }),
    version: async (path) => describeVersion(await lookAt(await gate.admit(path))),
    list: (folder, suffix) => new FolderWalk(gate, suffix, maxListed).walk(folder),
    look: (path) => lookWhatIs(path, gate),
    resolve,
  };
}

interface Reading {
  readonly gate: InputGate;
  readonly maxFileBytes: number;
  readonly signal: AbortSignal;
}

async function readWhole(path: string, { gate, maxFileBytes, signal }: Reading): Promise<DbcFile> {
  signal.throwIfAborted();
  const real = await gate.admit(path);
  const source = await openFileSource(real, gate.roots).catch((error: unknown) => {
    throw rewordDirectory(path, error);
  });
  try {
    if (source.sizeBytes > maxFileBytes) throw createTooLarge(path, source.sizeBytes, maxFileBytes);
    return { path: real, bytes: await readBytes(source, signal) };
  } finally {
    await source.close();
  }
}

/** A file that shrinks meanwhile gives what is left of it. */
async function readBytes(source: ByteSource, signal: AbortSignal): Promise<Uint8Array> {
  const bytes = new Uint8Array(source.sizeBytes);
  let filled = 0;
  while (filled < bytes.length) {
    signal.throwIfAborted();
    const count = await source.readAt(bytes.subarray(filled, filled + READ_BYTES), filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

function createTooLarge(path: string, sizeBytes: number, maxFileBytes: number): CtsError {
  return new CtsError(
    'FILE_TOO_LARGE',
    `Cannot read ${path} as a DBC file: it has ${String(sizeBytes)} bytes, at most ${String(maxFileBytes)} are read`,
    {
      details: { path, sizeBytes, limitBytes: maxFileBytes },
      actions: ['Check that it is a DBC file, not a log.'],
    },
  );
}

function rewordDirectory(path: string, error: unknown): unknown {
  if (!(error instanceof CtsError) || error.code !== 'FILE_IS_DIRECTORY') return error;
  return new CtsError('FILE_IS_DIRECTORY', `Cannot read ${path}: it is a directory. Name a DBC file in it.`, {
    details: { path },
    cause: error,
  });
}

async function lookAt(path: string): Promise<BigIntStats> {
  return stat(path, { bigint: true }).catch((error: unknown) => {
    throw toFileError(path, error);
  });
}

/** The inode tells files apart that were exchanged within the resolution of the clock. */
function describeVersion({ mtimeNs, ctimeNs, size, ino }: BigIntStats): string {
  return [mtimeNs, ctimeNs, size, ino].join(' ');
}

async function lookWhatIs(path: string, gate: InputGate): Promise<'file' | 'folder' | undefined> {
  try {
    const stats = await stat(await gate.admit(path));
    return stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : undefined;
  } catch {
    // Not there, not allowed or not reachable: in no case is there something to open.
    return undefined;
  }
}

/** One walk through a folder; links are followed, each folder once. */
class FolderWalk {
  readonly #gate: InputGate;
  readonly #suffix: string;
  readonly #maxListed: number;
  readonly #found: string[] = [];
  readonly #visited = new Set<string>();
  #entries = 0;

  constructor(gate: InputGate, suffix: string, maxListed: number) {
    this.#gate = gate;
    this.#suffix = suffix.toLowerCase();
    this.#maxListed = maxListed;
  }

  /** @throws {CtsError} FILE_NOT_FOUND, FILE_UNREADABLE or INPUT_FORBIDDEN for the folder itself; others are passed over. */
  async walk(folder: string): Promise<readonly string[]> {
    await this.#enter(resolve(folder), 0, (error) => {
      throw toFileError(folder, error);
    });
    return this.#found.sort();
  }

  async #enter(folder: string, depth: number, onFailure: (error: unknown) => void): Promise<void> {
    let entries: readonly Dirent[];
    try {
      const real = await this.#gate.admit(folder);
      if (this.#visited.has(real)) return;
      this.#visited.add(real);
      entries = await readdir(real, { withFileTypes: true });
    } catch (error) {
      onFailure(error);
      return;
    }
    for (const entry of entries) {
      if (this.#isFull() || entry.name.startsWith('.')) continue;
      this.#entries++;
      await this.#take(entry, join(folder, entry.name), depth);
    }
  }

  async #take(entry: Dirent, path: string, depth: number): Promise<void> {
    const kind = await this.#kindOf(entry, path);
    if (kind === 'file' && path.toLowerCase().endsWith(this.#suffix)) this.#found.push(path);
    if (kind === 'folder' && depth < MAX_DEPTH) await this.#enter(path, depth + 1, () => undefined);
  }

  async #kindOf(entry: Dirent, path: string): Promise<'file' | 'folder' | undefined> {
    if (entry.isFile()) return 'file';
    if (entry.isDirectory()) return 'folder';
    return entry.isSymbolicLink()
      ? lookWhatIs(await realpath(path).catch(() => path), this.#gate)
      : undefined;
  }

  #isFull(): boolean {
    return this.#found.length >= this.#maxListed || this.#entries >= MAX_ENTRIES;
  }
}
