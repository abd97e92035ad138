import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openStores } from '../../server/adapters/data-folder/stores.ts';
import { buildArtifact, buildLogEntries, buildRun } from '../support/store-records.ts';
import { mountTinyDisk } from '../support/tiny-disk.ts';

const disk = mountTinyDisk(3072);
const FULL = { code: 'DISK_FULL' };
const BALLAST_BYTES = 256 * 1024;
const BYTES = Buffer.alloc(100_000, 'content');
const CONTENT = { sha256: createHash('sha256').update(BYTES).digest('hex'), sizeBytes: BYTES.length };

afterAll(() => disk?.remove());

/** Writes until nothing more can be written. */
function fillDisk(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (const size of [65_536, 4096, 1]) fillWith(file, new Uint8Array(size));
  } finally {
    closeSync(file);
  }
}

function fillWith(file: number, piece: Uint8Array): void {
  try {
    while (writeSync(file, piece) > 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}

async function* sendZeros(): AsyncGenerator<Uint8Array> {
  for (;;) yield new Uint8Array(10_000);
}

describe.runIf(disk !== undefined)('F05: a full disk', () => {
  const dataFolder = join(disk?.path ?? '', 'data');
  const filler = join(disk?.path ?? '', 'filler');
  const ballast = join(dataFolder, 'ballast');
  const open = () => openStores(dataFolder, { ballastBytes: BALLAST_BYTES });

  it('is told, harms nothing, lets runs end and be removed, and is over when there is room', async () => {
    const stores = await open();
    const { runs, contents, incoming, runLogs, runFolders, keeper } = stores;
    await keeper.probeWritable();
    expect(existsSync(ballast)).toBe(true);
    for (const id of ['old', 'active', 'later'])
      await runs.add(buildRun({ id, state: id === 'old' ? 'failed' : 'running' }));
    await runLogs.append('active', buildLogEntries(1, 10));
    const { work } = await runFolders.prepare('active');
    writeFileSync(join(work, 'one'), BYTES);
    await contents.adopt(join(work, 'one'), CONTENT);

    fillDisk(filler);

    // New work is refused.
    const addMany = async (): Promise<void> => {
      for (let number = 0; ; number++)
        await runs.add(buildRun({ id: `new-${number}`, name: 'x'.repeat(9000) }));
    };
    await expect(addMany()).rejects.toMatchObject(FULL);
    fillDisk(join(disk?.path ?? '', 'more'));
    await expect(keeper.probeWritable()).rejects.toMatchObject(FULL);
    const options = { offset: 0, limitBytes: 1e9, signal: new AbortController().signal };
    await expect(incoming.append('upload-1', sendZeros(), options)).rejects.toMatchObject(FULL);
    await expect(runLogs.append('active', buildLogEntries(11, 2000))).rejects.toMatchObject(FULL);
    await expect(stores.backup(join(dataFolder, 'copy.db'))).rejects.toMatchObject(FULL);
    expect(existsSync(ballast)).toBe(true);

    // Everything can be read.
    expect((await runs.list({ limit: 1000 })).runs.map(({ id }) => id)).toContain('active');
    expect(await contents.verify(CONTENT)).toBe('intact');
    expect(await runLogs.read('active', 0, 5000)).toEqual(buildLogEntries(1, 10));
    const logText = readFileSync(join(dataFolder, 'runs/active/log.jsonl'), 'utf8');
    expect(logText.endsWith('\n')).toBe(true);

    // What is going on ends, and old work goes, with the space that was kept.
    const change = { state: 'completed', completedAt: '2026-01-02T03:05:00.000Z' } as const;
    const artifacts = Array.from({ length: 50 }, (_, n) => buildArtifact(n, { runId: 'active' }));
    const expected = { state: 'running', attempt: 1 } as const;
    expect(await runs.complete('active', expected, { change, artifacts })).toMatchObject(change);
    expect(await runs.change('later', expected, { ...change, state: 'failed' })).toBeDefined();
    expect(await runs.remove(['old'])).toEqual(['old']);
    await runFolders.remove(['old']);
    await contents.remove(CONTENT.sha256);

    // There is room again.
    for (const name of ['filler', 'more']) rmSync(join(disk?.path ?? '', name));
    expect(await runs.add(buildRun({ id: 'again' }))).toMatchObject({ isNew: true });
    await runLogs.append('active', buildLogEntries(11, 12));
    expect(await runLogs.read('active', 0, 100)).toEqual(buildLogEntries(1, 12));
    await incoming.remove('upload-1');
    await keeper.probeWritable();
    expect(existsSync(ballast)).toBe(true);
    expect(await keeper.checkDatabase()).toBe('ok');
    await stores.close();
  });

  it('does not keep the service from starting', async () => {
    await (await open()).close();
    fillDisk(filler);
    const stores = await open();
    expect((await stores.runs.list({ limit: 10 })).total).toBeGreaterThan(0);
    expect(await stores.runs.remove(['active'])).toEqual(['active']);
    await stores.close();
    rmSync(filler);
  });
});
