import { existsSync } from 'node:fs';
import process from 'node:process';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  type SqlConnection,
  type SqliteEngine,
  SqliteFailure,
  type SqlOpenOptions,
  type SqlStatement,
  type SqlValues,
} from './sql-connection.ts';

/** Names of SQLite's primary results, where somebody asks for them. */
const CODES: ReadonlyMap<number, string> = new Map([
  [3, 'SQLITE_PERM'],
  [5, 'SQLITE_BUSY'],
  [6, 'SQLITE_LOCKED'],
  [7, 'SQLITE_NOMEM'],
  [8, 'SQLITE_READONLY'],
  [10, 'SQLITE_IOERR'],
  [11, 'SQLITE_CORRUPT'],
  [13, 'SQLITE_FULL'],
  [14, 'SQLITE_CANTOPEN'],
  [15, 'SQLITE_PROTOCOL'],
  [19, 'SQLITE_CONSTRAINT'],
  [22, 'SQLITE_NOLFS'],
  [26, 'SQLITE_NOTADB'],
]);

/** The SQLite of Node; undefined where it has none. */
export function findNodeSqlite(): SqliteEngine | undefined {
  const sqlite = loadQuietly();
  if (sqlite === undefined) return undefined;
  const { DatabaseSync } = sqlite;
  return {
    name: 'node:sqlite',
    open: (path, options) => open(DatabaseSync, path, options),
  };
}

/** Some Nodes lack it, and some warn on stderr that it may change: CTS uses what has not changed. */
function loadQuietly(): typeof import('node:sqlite') | undefined {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule('node:sqlite');
  } catch {
    return undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}

function open(
  Database: typeof DatabaseSync,
  path: string,
  { isReadOnly = false, busyMs = 0 }: SqlOpenOptions = {},
): SqlConnection {
  if (!existsSync(path)) throw new SqliteFailure('SQLITE_CANTOPEN', new Error(`There is no file ${path}`));
  const database = attempt(() => new Database(path, { readOnly: isReadOnly }));
  const connection = new NodeConnection(database);
  connection.exec(`PRAGMA busy_timeout = ${String(busyMs)}`);
  return connection;
}

/** Does something; failures of SQLite come out as ours. */
function attempt<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const result = error instanceof Error && 'errcode' in error ? Number(error.errcode) : undefined;
    if (result === undefined) throw error;
    throw new SqliteFailure(CODES.get(result & 0xff) ?? 'SQLITE_ERROR', error as Error);
  }
}

class NodeConnection implements SqlConnection {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  prepare<Values extends SqlValues, Row>(sql: string): SqlStatement<Values, Row> {
    const statement = this.#prepare(sql);
    return {
      get: (...values) => attempt(() => statement.get(...toInput(values)) as Row | undefined),
      all: (...values) => attempt(() => statement.all(...toInput(values)) as Row[]),
      run: (...values) => attempt(() => Number(statement.run(...toInput(values)).changes)),
    };
  }

  prepareColumn<Values extends SqlValues, Value>(sql: string): SqlStatement<Values, Value> {
    const statement = this.prepare<Values, Readonly<Record<string, Value>>>(sql);
    return {
      run: (...values) => statement.run(...values),
      get: (...values) => takeColumn(statement.get(...values)),
      all: (...values) => statement.all(...values).map((row) => takeColumn(row) as Value),
    };
  }

  exec(sql: string): void {
    attempt(() => {
      this.#database.exec(sql);
    });
  }

  async backup(path: string): Promise<void> {
    this.prepare<[string], never>('VACUUM INTO ?').run(path);
  }

  close(): void {
    this.#database.close();
  }

  #prepare(sql: string): StatementSync {
    const statement = attempt(() => this.#database.prepare(sql));
    statement.setAllowUnknownNamedParameters(true);
    return statement;
  }
}

function takeColumn<Value>(row: Readonly<Record<string, Value>> | undefined): Value | undefined {
  return row === undefined ? undefined : Object.values(row)[0];
}

/** Our values are among those that SQLite takes. */
function toInput(values: SqlValues): SQLInputValue[] {
  return values as unknown as SQLInputValue[];
}
