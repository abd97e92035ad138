/** What leads from one version of the database to the next. Those that were released never change. */
export interface Migration {
  readonly sql: string;
}

/**
 * The versions of the state database; the first migration makes version 1 of an empty file.
 *
 * `seq` is the order in which things were added. Times that are compared stand beside their text in milliseconds.
 */
export const MIGRATIONS: readonly Migration[] = [
  {
    sql: `
      CREATE TABLE runs (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'completed', 'failed', 'canceled')),
        attempt INTEGER NOT NULL,
        tool_id TEXT NOT NULL,
        created_ms INTEGER NOT NULL,
        ended_ms INTEGER,
        tool_version TEXT NOT NULL,
        name TEXT,
        input TEXT,
        input_name TEXT,
        parameters TEXT NOT NULL,
        created_at TEXT NOT NULL,
        started_at TEXT,
        completed_at TEXT,
        duration_seconds REAL,
        error TEXT,
        recovery_attempted INTEGER NOT NULL,
        rerun_of TEXT,
        timeout_seconds REAL,
        max_bytes INTEGER,
        idempotency_key TEXT UNIQUE,
        request_digest TEXT NOT NULL,
        report TEXT,
        manifest TEXT
      ) STRICT;

      -- Every index ends with seq, so that the newest of a kind are found without sorting.
      CREATE INDEX runs_by_state ON runs (state);
      CREATE INDEX runs_by_tool ON runs (tool_id);
      CREATE INDEX runs_by_state_and_tool ON runs (state, tool_id);
      -- Has all that counting needs.
      CREATE INDEX runs_by_time ON runs (created_ms, state, tool_id);
      -- Has all that the choice of old runs needs. Runs that have not ended stand before all others.
      CREATE INDEX runs_by_end ON runs (ended_ms, coalesce(completed_at, created_at), id);

      CREATE TABLE artifacts (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        rows INTEGER,
        created_at TEXT NOT NULL
      ) STRICT;
      CREATE INDEX artifacts_by_run ON artifacts (run_id);

      CREATE TABLE uploads (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        filename TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('pending', 'completed', 'failed')),
        size_bytes INTEGER,
        received_bytes INTEGER NOT NULL,
        sha256 TEXT,
        created_at TEXT NOT NULL,
        completed_at TEXT
      ) STRICT;

      CREATE TABLE downloads (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        document TEXT NOT NULL
      ) STRICT;
    `,
  },
];
