import { CtsError } from '#protocol';
import { findBetterSqlite } from './better-sqlite-engine.ts';
import { findNodeSqlite } from './node-sqlite-engine.ts';
import type { SqliteEngine } from './sql-connection.ts';

let found: SqliteEngine | undefined;

/**
 * Finds what databases are opened with: better-sqlite3, or the SQLite of Node where that is not there.
 *
 * @throws {CtsError} STORE_UNAVAILABLE where neither is.
 */
export function findSqliteEngine(): SqliteEngine {
  found ??= findBetterSqlite() ?? findNodeSqlite();
  if (found !== undefined) return found;
  throw new CtsError(
    'STORE_UNAVAILABLE',
    'Cannot open databases: better-sqlite3 is not installed for this platform, and this Node has no SQLite of its own',
    { actions: ['Use Node 22.15 or later, or the package of CTS for this platform.'] },
  );
}
