import { chmodSync, closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { makeDatabaseCopy } from './database-copy.ts';
import { checkVersion, type DatabasePlace, migrateDatabase } from './database-migration.ts';
import { inTransaction, type SqlConnection, type SqliteEngine } from './sql-connection.ts';
import { findSqliteEngine } from './sqlite-engine.ts';
import { isDiskFull, toStoreFailure } from './sqlite-failure.ts';
import { type Migration, MIGRATIONS } from './state-schema.ts';

/** How a state database is opened. */
export interface StateDatabaseOptions {
  readonly migrations?: readonly Migration[];
  /** The best of this installation when left out. */
  readonly engine?: SqliteEngine;
  /** Gives back space that was kept for a full disk. */
  readonly releaseSpace?: () => void;
}

/**
 * What a write is for. On a full disk new work is refused, while what is going on can still end and old work can
 * still be removed, with the space that is kept for it.
 */
export type WritePurpose = 'new-work' | 'going-on';

/** How long to wait for a program that looks into the database from outside. */
const BUSY_MS = 1000;
/** Pages of the write-ahead log after which it is worked in; the file is cut to as many bytes. */
const LOG_PAGES = 1000;

/**
 * Opens `state.db` in a folder, makes it if there is none, and leads it to the newest version.
 *
 * @throws {CtsError} STORE_TOO_NEW, STORE_DAMAGED, STORE_UNAVAILABLE, DISK_FULL.
 */
export function openStateDatabase(folder: string, options: StateDatabaseOptions = {}): StateDatabase {
  const path = join(folder, 'state.db');
  const { migrations = MIGRATIONS, engine = findSqliteEngine(), releaseSpace = () => undefined } = options;
  const open = (): StateDatabase => {
    makePrivateFile(path);
    checkVersion(engine, path, migrations.length);
    const place = { path, backupFolder: join(folder, 'backups') };
    return new StateDatabase(openConnection(engine, migrations, place), path, releaseSpace);
  };
  try {
    return repeatWhenFull(open, path, releaseSpace);
  } catch (error) {
    throw toStoreFailure(error, path);
  }
}

/** One connection to the state database. All of its failures are said in words of ours. */
export class StateDatabase {
  readonly connection: SqlConnection;
  readonly #path: string;
  readonly #releaseSpace: () => void;

  constructor(connection: SqlConnection, path: string, releaseSpace: () => void) {
    this.connection = connection;
    this.#path = path;
    this.#releaseSpace = releaseSpace;
  }

  read<Result>(work: () => Result): Result {
    return this.#explainFailures(work);
  }

  /** Does all of `work` or nothing; when it returns, it is on disk. */
  write<Result>(purpose: WritePurpose, work: () => Result): Result {
    const makeRoom = (): void => {
      this.#shrinkLog();
      if (purpose === 'going-on') this.#releaseSpace();
    };
    return this.#explainFailures(() =>
      repeatWhenFull(() => inTransaction(this.connection, work), this.#path, makeRoom),
    );
  }

  /** Writes a copy as of one moment while others go on writing; it is there whole, or not at all. */
  async backup(path: string): Promise<void> {
    try {
      await makeDatabaseCopy(path, (unfinished) => this.connection.backup(unfinished));
    } catch (error) {
      throw toStoreFailure(error, path);
    }
  }

  /** "ok", or the first things that are wrong. */
  check(): string {
    const findings = this.connection.prepareColumn<[], string>('PRAGMA integrity_check(10)').all();
    const strays = this.connection.prepare('PRAGMA foreign_key_check').all();
    const text = findings.join('; ');
    return strays.length === 0 ? text : `${text}; ${strays.length} rows refer to rows that are not there`;
  }

  close(): void {
    this.connection.close();
  }

  /** Works the write-ahead log into the database: it may be what fills the disk. */
  #shrinkLog(): void {
    try {
      this.connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // There is no room for that either; what failed before is tried again all the same.
    }
  }

  #explainFailures<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw toStoreFailure(error, this.#path);
    }
  }
}

function openConnection(
  engine: SqliteEngine,
  migrations: readonly Migration[],
  place: DatabasePlace,
): SqlConnection {
  const connection = engine.open(place.path, { busyMs: BUSY_MS });
  try {
    connection.exec('PRAGMA journal_mode = WAL');
    connection.exec('PRAGMA synchronous = FULL');
    connection.exec('PRAGMA foreign_keys = ON');
    connection.exec('PRAGMA trusted_schema = OFF');
    connection.exec(`PRAGMA wal_autocheckpoint = ${LOG_PAGES}`);
    connection.exec(`PRAGMA journal_size_limit = ${LOG_PAGES * 4096}`);
    migrateDatabase(connection, migrations, place);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** SQLite gives its log the rights of the database. */
function makePrivateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}

function repeatWhenFull<Result>(work: () => Result, path: string, makeRoom: () => void): Result {
  try {
    return work();
  } catch (error) {
    if (!isDiskFull(error, path)) throw error;
  }
  makeRoom();
  return work();
}
