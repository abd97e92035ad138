import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqliteDownloadStore } from '../../server/adapters/sqlite/sqlite-download-store.ts';
import { openStateDatabase } from '../../server/adapters/sqlite/state-database.ts';
import type { DownloadStore } from '../../server/services/downloads/download-store.ts';
import { MemoryDownloadStore } from '../support/memory-download-store.ts';
import { buildDownload } from '../support/store-records.ts';
import { SQLITE_ENGINES } from '../support/sqlite-engines.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();

const STORES = [
  ...SQLITE_ENGINES.map((engine) => ({
    name: engine.name,
    open: () => {
      const database = openStateDatabase(folder.path, { engine });
      return { store: new SqliteDownloadStore(database), close: () => database.close() };
    },
  })),
  { name: 'memory', open: () => ({ store: new MemoryDownloadStore(), close: () => undefined }) },
];

describe.each(STORES)('download store: $name', ({ open }) => {
  let store: DownloadStore;
  let close: () => void;

  beforeEach(() => {
    ({ store, close } = open());
  });
  afterEach(() => close());

  it('gives a download back as it was put', async () => {
    const download = buildDownload({
      failures: [{ file: '3/rlog.zst', message: 'gone' }],
      error: { code: 'DOWNLOAD_FAILED', message: 'Ü' },
      totalBytes: 2 ** 40,
    });
    await store.put(download);
    expect(await store.get('download-1')).toEqual(download);
  });

  it('knows no download that was not put', async () => {
    expect(await store.get('download-1')).toBeUndefined();
    expect(await store.list()).toEqual([]);
  });

  it('lists the newest first; putting one again replaces it in its place', async () => {
    for (const id of ['b', 'a', 'c']) await store.put(buildDownload({ id }));
    await store.put(buildDownload({ id: 'b', state: 'completed' }));
    expect((await store.list()).map(({ id, state }) => `${id} ${state}`)).toEqual([
      'c queued',
      'a queued',
      'b completed',
    ]);
  });
});
