import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';
import type BetterSqlite from 'better-sqlite3';
import {
  type SqlConnection,
  type SqliteEngine,
  SqliteFailure,
  type SqlOpenOptions,
  type SqlStatement,
  type SqlValues,
} from './sql-connection.ts';

type Database = BetterSqlite.Database;
type Constructor = typeof BetterSqlite;

/** better-sqlite3; undefined where it is not installed, or its native part does not load. */
export function findBetterSqlite(): SqliteEngine | undefined {
  try {
    // Looked for from the program, as `import` would: but it may be absent.
    const load = createRequire(realpathSync(process.argv[1] ?? '.'));
    const Database = load('better-sqlite3') as Constructor;
    // Its native part is loaded with the first database.
    new Database(':memory:').close();
    return { name: 'better-sqlite3', open: (path, options) => open(Database, path, options) };
  } catch {
    return undefined;
  }
}

function open(
  Database: Constructor,
  path: string,
  { isReadOnly = false, busyMs = 0 }: SqlOpenOptions = {},
): SqlConnection {
  const attempt: Attempt = (work) => explain(Database, work);
  const database = attempt(
    () => new Database(path, { readonly: isReadOnly, fileMustExist: true, timeout: busyMs }),
  );
  return new BetterConnection(database, attempt);
}

/** Does something; failures of SQLite come out as ours. */
type Attempt = <Result>(work: () => Result) => Result;

function explain<Result>({ SqliteError }: Constructor, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof SqliteError ? new SqliteFailure(error.code, error) : error;
  }
}

class BetterConnection implements SqlConnection {
  readonly #database: Database;
  readonly #attempt: Attempt;

  constructor(database: Database, attempt: Attempt) {
    this.#database = database;
    this.#attempt = attempt;
  }

  prepare<Values extends SqlValues, Row>(sql: string): SqlStatement<Values, Row> {
    return this.#wrap(this.#attempt(() => this.#database.prepare<unknown[], Row>(sql)));
  }

  prepareColumn<Values extends SqlValues, Value>(sql: string): SqlStatement<Values, Value> {
    return this.#wrap(this.#attempt(() => this.#database.prepare<unknown[], Value>(sql).pluck()));
  }

  exec(sql: string): void {
    this.#attempt(() => this.#database.exec(sql));
  }

  async backup(path: string): Promise<void> {
    const copied = await this.#database.backup(path).catch((error: unknown) => ({ error }));
    if ('error' in copied)
      this.#attempt(() => {
        throw copied.error;
      });
  }

  close(): void {
    this.#database.close();
  }

  #wrap<Values extends SqlValues, Row>(
    statement: BetterSqlite.Statement<unknown[], Row>,
  ): SqlStatement<Values, Row> {
    const attempt = this.#attempt;
    return {
      get: (...values) => attempt(() => statement.get(...values)),
      all: (...values) => attempt(() => statement.all(...values)),
      run: (...values) => attempt(() => statement.run(...values).changes),
    };
  }
}
