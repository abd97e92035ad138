import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CtsError } from '#protocol';
import { UNFINISHED } from '../data-folder/private-file.ts';
import { publishFile } from './database-copy.ts';
import { inTransaction, type SqlConnection, type SqliteEngine } from './sql-connection.ts';
import type { Migration } from './state-schema.ts';

/** Where a database lies, and where copies of it go. */
export interface DatabasePlace {
  readonly path: string;
  readonly backupFolder: string;
}

/**
 * Makes sure that the code may work with the database, without changing a byte of it.
 *
 * @returns The version of what is there; 0 for nothing.
 * @throws {CtsError} STORE_TOO_NEW, STORE_DAMAGED when it is the database of another program.
 */
export function checkVersion(engine: SqliteEngine, path: string, newest: number): number {
  const connection = engine.open(path, { isReadOnly: true });
  try {
    const version = readVersion(connection);
    if (version > newest) throw refuseNewer(path, version, newest);
    if (version === 0 && hasTables(connection)) throw refuseForeign(path);
    return version;
  } finally {
    connection.close();
  }
}

/** Leads a database to the newest version, one transaction a step; one that is not empty is copied before. */
export function migrateDatabase(
  connection: SqlConnection,
  migrations: readonly Migration[],
  place: DatabasePlace,
): void {
  const version = readVersion(connection);
  if (version === migrations.length) return;
  if (version > 0) backUpBefore(connection, version, place);
  for (const [index, migration] of migrations.entries())
    if (index >= version) applyMigration(connection, migration, index + 1);
}

function applyMigration(connection: SqlConnection, { sql }: Migration, version: number): void {
  inTransaction(connection, () => {
    connection.exec(sql);
    connection.exec(`PRAGMA user_version = ${version}`);
  });
}

function backUpBefore(connection: SqlConnection, version: number, { backupFolder }: DatabasePlace): void {
  mkdirSync(backupFolder, { recursive: true, mode: 0o700 });
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const path = join(backupFolder, `state-v${version}-${time}.db`);
  const unfinished = path + UNFINISHED;
  try {
    connection.prepare<[string]>('VACUUM INTO ?').run(unfinished);
    publishFile(unfinished, path);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function readVersion(connection: SqlConnection): number {
  return connection.prepareColumn<[], number>('PRAGMA user_version').get() ?? 0;
}

function hasTables(connection: SqlConnection): boolean {
  return connection.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined;
}

function refuseNewer(path: string, version: number, newest: number): CtsError {
  return new CtsError(
    'STORE_TOO_NEW',
    `Cannot use the database ${path}: it has version ${version}, and this program knows versions up to ${newest}`,
    {
      details: { path, version, newestKnown: newest },
      actions: [
        'Use the version of CTS that wrote it, or a later one.',
        'Or choose another data folder with --data-dir; nothing was changed.',
      ],
    },
  );
}

function refuseForeign(path: string): CtsError {
  return new CtsError('STORE_DAMAGED', `Cannot use the database ${path}: it belongs to another program`, {
    details: { path },
    actions: ['Move the file away, or choose another data folder with --data-dir.'],
  });
}
