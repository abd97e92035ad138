import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openStateDatabase } from '../../server/adapters/sqlite/state-database.ts';
import { startFaultProgram, useFastFolder } from '../support/fault-program.ts';
import { SLOW_MIGRATIONS, THING_COUNT } from './programs/slow-migrations.ts';

const folder = useFastFolder();
const LOOPS = 50;

/** What a database holds: its version, and how many rows of each table. */
function describeDatabase(path: string): object {
  const connection = new Database(path);
  const tables = connection.prepare('SELECT name FROM sqlite_schema WHERE type = ?').pluck().all('table');
  const countRows = (table: unknown): unknown =>
    connection
      .prepare(`SELECT count(*) FROM ${String(table)}`)
      .pluck()
      .get();
  const description = {
    integrity: connection.pragma('integrity_check', { simple: true }),
    version: connection.pragma('user_version', { simple: true }),
    rows: Object.fromEntries(tables.map((table) => [String(table), countRows(table)])),
  };
  connection.close();
  return description;
}

const OLD = { integrity: 'ok', version: 1, rows: { things: THING_COUNT } };
const NEW = { integrity: 'ok', version: 2, rows: { things: THING_COUNT, twins: THING_COUNT } };

async function killDuring(place: string, delayMs: number): Promise<void> {
  const program = startFaultProgram('migrate', place);
  await program.waitForLines(1);
  // The moment of the fault, not a wait for anything.
  await wait(delayMs);
  await program.kill();
}

describe('kill -9 while the database is led to the next version', () => {
  it(`F31: leaves the old one or the new one, and a backup, in ${LOOPS} loops`, async () => {
    const template = join(folder.path, 'template');
    mkdirSync(template);
    openStateDatabase(template, { migrations: SLOW_MIGRATIONS.slice(0, 1) }).close();
    const prepare = (name: string): string => {
      const place = join(folder.path, name);
      mkdirSync(place);
      copyFileSync(join(template, 'state.db'), join(place, 'state.db'));
      return place;
    };

    const undisturbed = prepare('undisturbed');
    const program = startFaultProgram('migrate', undisturbed);
    await program.waitForLines(1);
    const start = performance.now();
    await program.waitForLines(2);
    const spanMs = performance.now() - start;
    await program.kill();
    expect(describeDatabase(join(undisturbed, 'state.db'))).toEqual(NEW);

    let oldCount = 0;
    for (let loop = 0; loop < LOOPS; loop++) {
      const place = prepare(`loop-${loop}`);
      await killDuring(place, (spanMs * loop) / LOOPS);
      const found = describeDatabase(join(place, 'state.db'));
      expect([OLD, NEW]).toContainEqual(found);
      const isOld = 'version' in found && found.version === 1;
      if (isOld) oldCount++;
      const backups = readdirSync(place).includes('backups') ? readdirSync(join(place, 'backups')) : [];
      const finished = backups.filter((backup) => backup.endsWith('.db'));
      if (!isOld) expect(finished).toHaveLength(1);
      for (const backup of finished) expect(describeDatabase(join(place, 'backups', backup))).toEqual(OLD);

      openStateDatabase(place, { migrations: SLOW_MIGRATIONS }).close();
      expect(describeDatabase(join(place, 'state.db'))).toEqual(NEW);
    }
    expect(oldCount).toBeGreaterThan(0);
  });
});
