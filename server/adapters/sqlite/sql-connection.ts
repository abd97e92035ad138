/** Values that stand for `?` or `@name` in a statement. */
export type SqlValues = readonly (string | number | null)[] | readonly [object];

/** A statement that was prepared once. `Values` are what it is given, `Row` what it yields. */
export interface SqlStatement<Values extends SqlValues = [], Row = unknown> {
  get(...values: Values): Row | undefined;
  all(...values: Values): Row[];
  /** @returns How many rows were changed. */
  run(...values: Values): number;
}

/** One connection to a database. Failures are `SqliteFailure`; anything else is a bug. */
export interface SqlConnection {
  /** Rows as objects by the names of their columns. Values that a statement does not name are passed over. */
  prepare<Values extends SqlValues = [], Row = unknown>(sql: string): SqlStatement<Values, Row>;
  /** The same, with the first column of each row alone. */
  prepareColumn<Values extends SqlValues = [], Value = unknown>(sql: string): SqlStatement<Values, Value>;
  exec(sql: string): void;
  /** Writes a copy as of one moment. */
  backup(path: string): Promise<void>;
  close(): void;
}

/** How a database is opened. It must be there. */
export interface SqlOpenOptions {
  readonly isReadOnly?: boolean;
  /** How long to wait for somebody else who has it locked. */
  readonly busyMs?: number;
}

/** What databases are opened with. */
export interface SqliteEngine {
  readonly name: 'better-sqlite3' | 'node:sqlite';
  /** @throws {SqliteFailure} */
  open(path: string, options?: SqlOpenOptions): SqlConnection;
}

/** SQLite could not do what it was told. */
export class SqliteFailure extends Error {
  override readonly name = 'SqliteFailure';
  /** SQLite's name of the result, e.g. `SQLITE_BUSY`. */
  readonly code: string;

  constructor(code: string, cause: Error) {
    super(cause.message, { cause });
    this.code = code;
  }
}

/** Does all of `work` or nothing, as the only writer. */
export function inTransaction<Result>(connection: SqlConnection, work: () => Result): Result {
  connection.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    rollBack(connection);
    throw error;
  }
}

/** SQLite has rolled back by itself after some failures, such as a full disk. */
function rollBack(connection: SqlConnection): void {
  try {
    connection.exec('ROLLBACK');
  } catch {
    // There is no transaction any more, which is what was wanted.
  }
}
