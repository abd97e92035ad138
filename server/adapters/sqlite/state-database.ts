import { chmodSync, closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { makeDatabaseCopy } from './database-copy.ts';
import { checkVersion, migrateDatabase } from './database-migration.ts';
import { isDiskFull, toStoreFailure } from './sqlite-failure.ts';
import { type Migration, MIGRATIONS } from './state-schema.ts';

/** How a state database is opened. */
export interface StateDatabaseOptions {
  readonly migrations?: readonly Migration[];
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
  const { migrations = MIGRATIONS, releaseSpace = () => undefined } = options;
  const open = (): StateDatabase => {
    makePrivateFile(path);
    checkVersion(path, migrations.length);
    return new StateDatabase(openConnection(path, migrations, join(folder, 'backups')), path, releaseSpace);
  };
  try {
    return repeatWhenFull(open, path, releaseSpace);
  } catch (error) {
    throw toStoreFailure(error, path);
  }
}

/** One connection to the state database. All of its failures are said in words of ours. */
export class StateDatabase {
  readonly connection: Database.Database;
  readonly #path: string;
  readonly #releaseSpace: () => void;

  constructor(connection: Database.Database, path: string, releaseSpace: () => void) {
    this.connection = connection;
    this.#path = path;
    this.#releaseSpace = releaseSpace;
  }

  read<Result>(work: () => Result): Result {
    return this.#explainFailures(work);
  }

  /** Does all of `work` or nothing; when it returns, it is on disk. */
  write<Result>(purpose: WritePurpose, work: () => Result): Result {
    const transaction = this.connection.transaction(work);
    const makeRoom = (): void => {
      this.#shrinkLog();
      if (purpose === 'going-on') this.#releaseSpace();
    };
    return this.#explainFailures(() => repeatWhenFull(() => transaction.immediate(), this.#path, makeRoom));
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
    const findings = this.connection.pragma('integrity_check(10)') as { integrity_check: string }[];
    const strays = this.connection.pragma('foreign_key_check') as unknown[];
    const text = findings.map((finding) => finding.integrity_check).join('; ');
    return strays.length === 0 ? text : `${text}; ${strays.length} rows refer to rows that are not there`;
  }

  close(): void {
    this.connection.close();
  }

  /** Works the write-ahead log into the database: it may be what fills the disk. */
  #shrinkLog(): void {
    try {
      this.connection.pragma('wal_checkpoint(TRUNCATE)');
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
  path: string,
  migrations: readonly Migration[],
  backupFolder: string,
): Database.Database {
  const connection = new Database(path, { fileMustExist: true, timeout: BUSY_MS });
  try {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    connection.pragma('trusted_schema = OFF');
    connection.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
    connection.pragma(`journal_size_limit = ${LOG_PAGES * 4096}`);
    migrateDatabase(connection, migrations, { path, backupFolder });
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
