import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openStores, type Stores } from '../../../../server/adapters/data-folder/stores.ts';
import { buildArtifact, buildLogEntries, buildRun, buildUpload } from '../../../support/store-records.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const opened: Stores[] = [];
const inFolder = (...names: readonly string[]): string => join(folder.path, ...names);
const { signal } = new AbortController();

async function open(): Promise<Stores> {
  const stores = await openStores(folder.path, { ballastBytes: 100_000 });
  opened.push(stores);
  return stores;
}

async function close(): Promise<void> {
  for (const stores of opened.splice(0)) await stores.close();
}

async function* send(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

afterEach(close);

describe('openStores', () => {
  it('opens everything, empty, in a new folder', async () => {
    const stores = await open();
    expect(stores.swept).toEqual({
      ...{ unfinishedFiles: 0, adoptions: 0, incomingFiles: 0, workFolders: 0, runFolders: 0 },
    });
    expect(await stores.runs.list({ limit: 10 })).toEqual({ runs: [], total: 0 });
    expect(await stores.uploads.list()).toEqual([]);
    expect(await stores.downloads.list()).toEqual([]);
    expect(await stores.runFolders.list()).toEqual([]);
    expect(await stores.runLogs.read('run-1', 0, 1)).toEqual([]);
    expect(await stores.incoming.list()).toEqual([]);
    expect(await stores.keeper.checkDatabase()).toBe('ok');
    expect(stores.token).toHaveLength(64);
  });

  it('lets go of the folder when it is closed, and when it fails', async () => {
    await open();
    await expect(openStores(folder.path)).rejects.toMatchObject({ code: 'STORE_IN_USE' });
    await close();
    const broken = { migrations: [{ sql: 'no SQL' }] };
    await expect(openStores(inFolder('other'), broken)).rejects.toThrow();
    opened.push(await openStores(inFolder('other')));
    await open();
  });

  it('sweeps what nobody needs, keeps all else, and tells', async () => {
    const first = await open();
    for (const id of ['active', 'ended'])
      await first.runs.add(buildRun({ id, state: id === 'active' ? 'running' : 'failed' }));
    for (const id of ['active', 'ended', 'unknown']) {
      writeFileSync(join((await first.runFolders.prepare(id)).work, 'out.csv'), 'x');
      await first.runLogs.append(id, buildLogEntries(1, 2));
    }
    await first.uploads.add(buildUpload({ id: 'pending' }));
    await first.uploads.add(buildUpload({ id: 'failed', state: 'failed' }));
    for (const id of ['pending', 'failed', 'unknown'])
      await first.incoming.append(id, send('abc'), { offset: 0, limitBytes: 9, signal });
    await close();
    writeFileSync(inFolder('service.json.abc.part'), '');
    mkdirSync(inFolder('backups'));
    writeFileSync(inFolder('backups', 'state-v1.db.part'), '');

    const { swept, runFolders, runLogs, incoming } = await open();
    expect(swept).toEqual({
      ...{ unfinishedFiles: 2, adoptions: 0, incomingFiles: 2, workFolders: 1, runFolders: 1 },
    });
    expect([...(await runFolders.list())].sort()).toEqual(['active', 'ended']);
    expect(existsSync(inFolder('runs', 'active', 'work', 'out.csv'))).toBe(true);
    expect(readdirSync(inFolder('runs', 'ended'))).toEqual(['log.jsonl']);
    expect(await runLogs.read('ended', 0, 9)).toHaveLength(2);
    expect(await incoming.list()).toEqual(['pending']);
    expect(readdirSync(inFolder('backups'))).toEqual([]);
  });

  it('ends adoptions that a crash broke off', async () => {
    await (await open()).close();
    opened.length = 0;
    const bytes = Buffer.from('whole');
    const content = { sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length };
    mkdirSync(inFolder('contents', 'adopting'));
    writeFileSync(inFolder('contents', 'adopting', `${content.sha256}-5-0123456789ab`), bytes);
    writeFileSync(inFolder('contents', 'adopting', `${content.sha256}-5-ba9876543210`), 'wrong');
    writeFileSync(inFolder('contents', 'adopting', `${content.sha256}-5-aaaaaaaaaaaa.part`), 'wh');
    const { swept, contents } = await open();
    expect(swept.adoptions).toBe(3);
    expect(await contents.verify(content)).toBe('intact');
    expect(readdirSync(inFolder('contents', 'adopting'))).toEqual([]);
  });

  it('has a ballast, and makes it again when there is room', async () => {
    await open();
    await close();
    expect(existsSync(inFolder('ballast'))).toBe(true);
    const { keeper } = await open();
    await keeper.probeWritable();
    expect(existsSync(inFolder('ballast'))).toBe(true);
    expect(existsSync(inFolder('probe'))).toBe(false);
  });

  it('knows which contents are used', async () => {
    const { runs, uploads, keeper } = await open();
    await runs.add(buildRun({ state: 'running' }));
    const artifacts = [
      buildArtifact(1),
      buildArtifact(2),
      buildArtifact(3, { sha256: buildArtifact(1).sha256 }),
    ];
    await runs.complete(
      'run-1',
      { state: 'running', attempt: 1 },
      { change: { state: 'completed' }, artifacts },
    );
    await uploads.add(buildUpload({ id: 'declared', sha256: 'AB'.repeat(32) }));
    await uploads.add(buildUpload({ id: 'open' }));
    const used = [buildArtifact(1).sha256, buildArtifact(2).sha256, 'ab'.repeat(32)];
    expect(await keeper.listUsedContents()).toEqual(new Set(used));
    await runs.remove(['run-1']);
    expect(await keeper.listUsedContents()).toEqual(new Set(['ab'.repeat(32)]));
  });

  it('measures its disk, and backs its database up', async () => {
    const stores = await open();
    const { freeBytes, totalBytes } = await stores.keeper.measureDisk();
    expect(freeBytes).toBeGreaterThan(0);
    expect(totalBytes).toBeGreaterThan(freeBytes);
    await stores.backup(inFolder('copy.db'));
    expect(existsSync(inFolder('copy.db'))).toBe(true);
  });
});
