import type { Migration } from '../../../server/adapters/sqlite/state-schema.ts';

export const THING_COUNT = 8000;

const NUMBERS = `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${THING_COUNT})`;

/** Two versions; the second rewrites everything. */
export const SLOW_MIGRATIONS: readonly Migration[] = [
  {
    sql: `CREATE TABLE things (n INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
          ${NUMBERS} INSERT INTO things SELECT n, hex(randomblob(40)) FROM numbers;`,
  },
  {
    sql: `CREATE TABLE twins (n INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
          INSERT INTO twins SELECT n, text || n FROM things;
          UPDATE things SET text = lower(text);
          ALTER TABLE things ADD COLUMN size INTEGER;`,
  },
];
