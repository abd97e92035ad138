import { findSqliteEngine } from '../sqlite/sqlite-engine.ts';

/** Says which native modules are not there, a sentence each: what is used instead, and what that costs. */
export async function listMissingModules(): Promise<readonly string[]> {
  const sentences = await Promise.all([describeZstd(), describeSqlite()]);
  return sentences.filter((sentence) => sentence !== undefined);
}

async function describeZstd(): Promise<string | undefined> {
  try {
    await import('zstd-napi/binding.js');
    return undefined;
  } catch {
    return 'zstd-napi is not installed for this platform: Node decompresses logs, which takes longer.';
  }
}

async function describeSqlite(): Promise<string | undefined> {
  return findSqliteEngine().name === 'better-sqlite3'
    ? undefined
    : 'better-sqlite3 is not installed for this platform: the SQLite of Node keeps the runs.';
}
