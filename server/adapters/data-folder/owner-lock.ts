import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { readSystemCode } from './store-file-failure.ts';

/** Held as long as this process lives; it must not be lost to the garbage collector. */
export interface OwnerLock {
  release(): void;
}

/**
 * Takes a lock that the operating system drops when its holder dies, in whatever way: nothing stale can block it.
 *
 * The file must not be opened by other means: closing it would drop the lock.
 *
 * @returns Undefined when somebody else holds it.
 */
export function takeOwnerLock(path: string): OwnerLock | undefined {
  makeLockFile(path);
  const connection = new Database(path, { timeout: 0, fileMustExist: true });
  try {
    // Nothing is ever written, so nothing has to be undone.
    connection.pragma('journal_mode = MEMORY');
    connection.exec('BEGIN EXCLUSIVE');
    return { release: () => void connection.close() };
  } catch (error) {
    connection.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined;
    throw error;
  }
}

/** Never opens one that is there. */
function makeLockFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (readSystemCode(error) !== 'EEXIST') throw error;
  }
}
