import { closeSync, openSync } from 'node:fs';
import { SqliteFailure } from '../sqlite/sql-connection.ts';
import { findSqliteEngine } from '../sqlite/sqlite-engine.ts';
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
export function takeOwnerLock(path: string, engine = findSqliteEngine()): OwnerLock | undefined {
  makeLockFile(path);
  const connection = engine.open(path);
  try {
    // Nothing is ever written, so nothing has to be undone.
    connection.exec('PRAGMA journal_mode = MEMORY');
    connection.exec('BEGIN EXCLUSIVE');
    return {
      release: () => {
        connection.close();
      },
    };
  } catch (error) {
    connection.close();
    if (error instanceof SqliteFailure && error.code.startsWith('SQLITE_BUSY')) return undefined;
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
