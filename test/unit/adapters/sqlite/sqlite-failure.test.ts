import { describe, expect, it } from 'vitest';
import { SqliteFailure } from '../../../../server/adapters/sqlite/sql-connection.ts';
import { isDiskFull, toStoreFailure } from '../../../../server/adapters/sqlite/sqlite-failure.ts';

const PATH = '/data/state.db';

describe('toStoreFailure', () => {
  it.each([
    ['SQLITE_FULL', 'DISK_FULL'],
    ['SQLITE_CORRUPT', 'STORE_DAMAGED'],
    ['SQLITE_CORRUPT_INDEX', 'STORE_DAMAGED'],
    ['SQLITE_NOTADB', 'STORE_DAMAGED'],
    ['SQLITE_BUSY', 'STORE_UNAVAILABLE'],
    ['SQLITE_READONLY_DBMOVED', 'STORE_UNAVAILABLE'],
    ['SQLITE_CANTOPEN', 'STORE_UNAVAILABLE'],
    ['SQLITE_IOERR_WRITE', 'STORE_UNAVAILABLE'],
    ['SQLITE_NOMEM', 'STORE_UNAVAILABLE'],
  ])('says what %s means: %s', (sqliteCode, code) => {
    const cause = new SqliteFailure(sqliteCode, new Error('told by SQLite'));
    const failure = toStoreFailure(cause, PATH);
    expect(failure).toHaveProperty('actions.0');
    expect(failure).toMatchObject({
      code,
      message: expect.stringContaining(PATH) as unknown,
      details: { path: PATH, sqliteCode },
      cause,
    });
  });

  it.each([
    new SqliteFailure('SQLITE_CONSTRAINT_UNIQUE', new Error('UNIQUE constraint failed')),
    new SqliteFailure('SQLITE_ERROR', new Error('no such table')),
    new TypeError('a mistake'),
  ])('hands back what is our mistake: %s', (error) => {
    expect(toStoreFailure(error, PATH)).toBe(error);
    expect(isDiskFull(error, PATH)).toBe(false);
  });
});
