import { statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CtsError, type ErrorCode } from '#protocol';
import { toStoreFileFailure } from '../data-folder/store-file-failure.ts';
import { SqliteFailure } from './sql-connection.ts';

interface Explanation {
  readonly code: ErrorCode;
  readonly cause: string;
  readonly actions: (path: string) => readonly string[];
}

const DISK_FULL: Explanation = {
  code: 'DISK_FULL',
  cause: 'the disk is full',
  actions: (path) => [
    `Make room on the disk of ${dirname(path)}.`,
    'Remove old runs: cts runs clean --older-than 7d',
  ],
};

const DAMAGED: Explanation = {
  code: 'STORE_DAMAGED',
  cause: 'it is damaged, or no database at all',
  actions: (path) => [
    `Stop the service, move ${path} away, and put the newest file of ${join(dirname(path), 'backups')} in its place.`,
    'Without a backup the service starts empty; the contents of artifacts stay in the folder "contents".',
  ],
};

const BUSY = explainUnavailable('another program keeps it locked', 'Close the program that has it open.');
const READ_ONLY = explainUnavailable(
  'it cannot be opened for writing',
  'Check who owns the folder and its files, and whether the disk is mounted read-only.',
);
const IO_ERROR = explainUnavailable(
  'the disk reported an error',
  'Check the disk, and the log of the system.',
);

/** By SQLite's primary result code. All others are mistakes of ours. */
const EXPLANATIONS: Readonly<Partial<Record<string, Explanation>>> = {
  SQLITE_FULL: DISK_FULL,
  SQLITE_CORRUPT: DAMAGED,
  SQLITE_NOTADB: DAMAGED,
  SQLITE_BUSY: BUSY,
  SQLITE_LOCKED: BUSY,
  SQLITE_READONLY: READ_ONLY,
  SQLITE_CANTOPEN: READ_ONLY,
  SQLITE_PERM: READ_ONLY,
  SQLITE_IOERR: IO_ERROR,
  SQLITE_PROTOCOL: IO_ERROR,
  SQLITE_NOLFS: IO_ERROR,
  SQLITE_NOMEM: explainUnavailable('there is not enough memory', 'Close other programs.'),
};

/** With less than this, SQLite cannot even make its index of the write-ahead log. */
const LEAST_FREE_BYTES = 65_536;

/** Says what a failure of SQLite or of the file system means; a mistake of ours is handed back as it is. */
export function toStoreFailure(error: unknown, path: string): unknown {
  const explanation = explain(error, path);
  if (explanation === undefined) return toStoreFileFailure(error, path);
  const { code, cause, actions } = explanation;
  return new CtsError(code, `Cannot use the database ${path}: ${cause}`, {
    details: { path, sqliteCode: readCode(error) },
    actions: actions(path),
    cause: error,
  });
}

/** Whether a write failed because there is no room. */
export function isDiskFull(error: unknown, path: string): boolean {
  return explain(error, path) === DISK_FULL;
}

function explain(error: unknown, path: string): Explanation | undefined {
  const explanation = EXPLANATIONS[/^SQLITE_[A-Z]+/.exec(readCode(error))?.[0] ?? ''];
  // Where a file is to grow that is mapped into memory, a full disk is told as an error of the disk.
  return explanation === IO_ERROR && measureFree(path) < LEAST_FREE_BYTES ? DISK_FULL : explanation;
}

function readCode(error: unknown): string {
  return error instanceof SqliteFailure ? error.code : '';
}

function measureFree(path: string): number {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize;
  } catch {
    return Infinity;
  }
}

function explainUnavailable(cause: string, action: string): Explanation {
  return { code: 'STORE_UNAVAILABLE', cause, actions: () => [action] };
}
