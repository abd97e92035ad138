import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { SqliteRunStore } from '../../../../server/adapters/sqlite/sqlite-run-store.ts';
import {
  openStateDatabase,
  type StateDatabase,
  type StateDatabaseOptions,
} from '../../../../server/adapters/sqlite/state-database.ts';
import { MIGRATIONS } from '../../../../server/adapters/sqlite/state-schema.ts';
import { buildArtifact, buildRun } from '../../../support/store-records.ts';
import { failureOf } from '../../../support/failure.ts';
import { SQLITE_ENGINES } from '../../../support/sqlite-engines.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const databasePath = (): string => join(folder.path, 'state.db');

/** Two versions: a table, and a column more. */
const FIRST = { sql: 'CREATE TABLE things (name TEXT NOT NULL) STRICT' };
const SECOND = { sql: 'ALTER TABLE things ADD COLUMN size INTEGER' };

function hashDatabase(): string {
  return createHash('sha256').update(readFileSync(databasePath())).digest('hex');
}

/** Lets it grow by so many pages. */
function limitPages(database: StateDatabase, pages: number): void {
  const count = database.connection.prepareColumn<[], number>('PRAGMA page_count').get() ?? 0;
  database.connection.exec(`PRAGMA max_page_count = ${String(count + pages)}`);
}

it('is tried on every engine that there is', () => {
  expect(SQLITE_ENGINES.map(({ name }) => name)).toEqual(['better-sqlite3', 'node:sqlite']);
});

describe.each(SQLITE_ENGINES)('on $name', (engine) => {
  const open = (place: string, options: StateDatabaseOptions = {}): StateDatabase =>
    openStateDatabase(place, { engine, ...options });

  describe('openStateDatabase', () => {
    it('makes a database that loses nothing, and that others cannot read', () => {
      const database = open(folder.path);
      const pragma = (name: string): unknown => database.connection.prepareColumn(`PRAGMA ${name}`).get();
      expect(['journal_mode', 'synchronous', 'foreign_keys', 'user_version'].map(pragma)).toEqual([
        'wal',
        2,
        1,
        MIGRATIONS.length,
      ]);
      expect(database.check()).toBe('ok');
      for (const file of readdirSync(folder.path))
        expect([file, statSync(join(folder.path, file)).mode & 0o777]).toEqual([file, 0o600]);
      database.close();
    });

    it('finds what was there, and makes no backup without need', async () => {
      const first = open(folder.path);
      await new SqliteRunStore(first).add(buildRun());
      first.close();
      const second = open(folder.path);
      expect(await new SqliteRunStore(second).get('run-1')).toEqual(buildRun());
      expect(readdirSync(folder.path)).not.toContain('backups');
      second.close();
    });

    it('refuses a newer version and changes nothing', () => {
      const newer = new Database(databasePath());
      newer.exec('CREATE TABLE future (x)');
      newer.pragma('user_version = 99');
      newer.close();
      const before = hashDatabase();
      const { code, message } = failureOf(() => open(folder.path));
      expect(code).toBe('STORE_TOO_NEW');
      for (const part of [databasePath(), 'version 99', `up to ${MIGRATIONS.length}`])
        expect(message).toContain(part);
      expect(hashDatabase()).toBe(before);
      expect(readdirSync(folder.path)).toEqual(['state.db']);
    });

    it.each([
      { what: 'garbage', damage: () => writeFileSync(databasePath(), 'garbage '.repeat(1000)) },
      { what: 'a cut file', damage: () => truncateSync(databasePath(), 5000) },
      {
        what: 'a schema in pieces',
        damage: () => {
          const bytes = readFileSync(databasePath());
          writeFileSync(databasePath(), bytes.fill(0xff, 100, 4096));
        },
      },
    ])('refuses $what with advice', ({ damage }) => {
      open(folder.path).close();
      damage();
      const { code, message } = failureOf(() => {
        const database = open(folder.path);
        // What lies deeper than the start is noticed when it is read.
        database.read(() => database.connection.prepare('SELECT * FROM runs').all());
        database.read(() => database.connection.prepare('SELECT * FROM downloads').all());
      });
      expect({ code, message }).toEqual({
        code: 'STORE_DAMAGED',
        message: expect.stringContaining(databasePath()) as unknown,
      });
    });

    it('refuses the database of another program', () => {
      const foreign = new Database(databasePath());
      foreign.exec('CREATE TABLE bookmarks (url)');
      foreign.close();
      const before = hashDatabase();
      expect(failureOf(() => open(folder.path)).code).toBe('STORE_DAMAGED');
      expect(hashDatabase()).toBe(before);
    });

    it('says which file it cannot open', () => {
      const missing = join(folder.path, 'missing');
      expect(failureOf(() => open(missing))).toMatchObject({
        code: 'STORE_UNAVAILABLE',
        details: { path: join(missing, 'state.db'), systemCode: 'ENOENT' },
      });
    });
  });

  describe('migration', () => {
    it('copies the old version, then goes step by step', () => {
      const old = open(folder.path, { migrations: [FIRST] });
      old.connection.exec("INSERT INTO things VALUES ('old')");
      old.close();
      const database = open(folder.path, { migrations: [FIRST, SECOND] });
      expect(database.connection.prepare('SELECT * FROM things').all()).toEqual([
        { name: 'old', size: null },
      ]);
      expect(database.connection.prepareColumn('PRAGMA user_version').get()).toBe(2);
      database.close();

      const [backup = '', ...others] = readdirSync(join(folder.path, 'backups'));
      expect(others).toEqual([]);
      expect(backup).toMatch(/^state-v1-[\dTZ-]+\.db$/);
      const copy = new Database(join(folder.path, 'backups', backup), { readonly: true });
      expect(copy.prepare('SELECT * FROM things').all()).toEqual([{ name: 'old' }]);
      expect(copy.pragma('user_version', { simple: true })).toBe(1);
      copy.close();
    });

    it('leaves the version before a step that fails', () => {
      open(folder.path, { migrations: [FIRST] }).close();
      const broken = { sql: 'CREATE TABLE half (x); INSERT INTO nowhere VALUES (1)' };
      expect(() => open(folder.path, { migrations: [FIRST, SECOND, broken] })).toThrow(/nowhere/);
      const database = open(folder.path, { migrations: [FIRST, SECOND] });
      expect(database.connection.prepareColumn('PRAGMA user_version').get()).toBe(2);
      expect(database.connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'half'").all()).toEqual(
        [],
      );
      database.close();
    });
  });

  describe('a full disk', () => {
    it('refuses new work, and lets what is going on end with the space that was kept', async () => {
      let releases = 0;
      const database: StateDatabase = open(folder.path, {
        releaseSpace: () => {
          releases++;
          limitPages(database, 100);
        },
      });
      const runs = new SqliteRunStore(database);
      limitPages(database, 10);
      const fill = async (): Promise<void> => {
        for (let number = 1; ; number++)
          await runs.add(buildRun({ id: `run-${number}`, name: 'x'.repeat(3000) }));
      };
      await expect(fill()).rejects.toMatchObject({
        code: 'DISK_FULL',
        actions: expect.any(Array) as unknown,
      });
      expect(releases).toBe(0);

      const artifacts = [buildArtifact(1, { name: 'y'.repeat(20_000) })];
      const change = { state: 'completed', completedAt: '2026-01-02T03:04:05Z' } as const;
      const run = await runs.complete('run-1', { state: 'queued', attempt: 1 }, { change, artifacts });
      expect(run?.state).toBe('completed');
      expect(releases).toBe(1);
      expect(await runs.listArtifacts('run-1')).toEqual(artifacts);
      database.close();
    });

    it('fails when no space was kept, and changes nothing', async () => {
      const database = open(folder.path);
      const runs = new SqliteRunStore(database);
      await runs.add(buildRun());
      limitPages(database, 0);
      const artifacts = [buildArtifact(1, { name: 'y'.repeat(20_000) })];
      const completing = runs.complete(
        'run-1',
        { state: 'queued', attempt: 1 },
        { change: { state: 'completed' }, artifacts },
      );
      await expect(completing).rejects.toMatchObject({ code: 'DISK_FULL' });
      expect(await runs.get('run-1')).toEqual(buildRun());
      expect(await runs.listArtifacts('run-1')).toEqual([]);
      database.close();
    });
  });

  describe('backup', () => {
    it('is of one moment while others write', async () => {
      const database = open(folder.path);
      const runs = new SqliteRunStore(database);
      for (let number = 0; number < 200; number++)
        await runs.add(buildRun({ id: `run-${number}`, name: 'x'.repeat(4000) }));
      const path = join(folder.path, 'copy.db');
      const progress = { isDone: false, written: 200 };
      const backup = database.backup(path).finally(() => {
        progress.isDone = true;
      });
      while (!progress.isDone) {
        await runs.add(buildRun({ id: `run-${progress.written++}` }));
        await new Promise(setImmediate);
      }
      await backup;
      database.close();

      const copy = new Database(path, { readonly: true });
      expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
      const { count } = copy.prepare('SELECT count(*) AS count FROM runs').get() as { count: number };
      expect(count).toBeGreaterThanOrEqual(200);
      expect(count).toBeLessThanOrEqual(progress.written);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      copy.close();
    });

    it('leaves nothing when it fails', async () => {
      const database = open(folder.path);
      const path = join(folder.path, 'missing', 'copy.db');
      await expect(database.backup(path)).rejects.toThrow();
      await expect(database.backup(folder.path)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      expect(readdirSync(folder.path).filter((name) => name.includes('copy'))).toEqual([]);
      database.close();
    });
  });
});
