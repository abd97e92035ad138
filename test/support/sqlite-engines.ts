import { findBetterSqlite } from '../../server/adapters/sqlite/better-sqlite-engine.ts';
import { findNodeSqlite } from '../../server/adapters/sqlite/node-sqlite-engine.ts';

/** Everything that databases may be opened with: stores are the same on all of them. */
export const SQLITE_ENGINES = [findBetterSqlite(), findNodeSqlite()].filter((engine) => engine !== undefined);
