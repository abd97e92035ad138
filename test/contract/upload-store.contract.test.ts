import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqliteUploadStore } from '../../server/adapters/sqlite/sqlite-upload-store.ts';
import { openStateDatabase } from '../../server/adapters/sqlite/state-database.ts';
import type { UploadStore } from '../../server/services/uploads/upload-store.ts';
import { MemoryUploadStore } from '../support/memory-upload-store.ts';
import { buildUpload } from '../support/store-records.ts';
import { SQLITE_ENGINES } from '../support/sqlite-engines.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();

const STORES = [
  ...SQLITE_ENGINES.map((engine) => ({
    name: engine.name,
    open: () => {
      const database = openStateDatabase(folder.path, { engine });
      return { store: new SqliteUploadStore(database), close: () => database.close() };
    },
  })),
  { name: 'memory', open: () => ({ store: new MemoryUploadStore(), close: () => undefined }) },
];

const COMPLETED = {
  state: 'completed',
  sizeBytes: 2 ** 40,
  receivedBytes: 2 ** 40,
  sha256: 'ab'.repeat(32),
  completedAt: '2026-01-02T03:05:00.000Z',
} as const;

describe.each(STORES)('upload store: $name', ({ open }) => {
  let store: UploadStore;
  let close: () => void;

  beforeEach(() => {
    ({ store, close } = open());
  });
  afterEach(() => close());

  it.each([buildUpload(), buildUpload({ filename: "Ü'; DROP TABLE uploads; --", ...COMPLETED })])(
    'gives an upload back as it was added',
    async (upload) => {
      await store.add(upload);
      expect(await store.get(upload.id)).toEqual(upload);
    },
  );

  it('knows no upload that was not added', async () => {
    expect(await store.get('upload-1')).toBeUndefined();
    expect(await store.change('upload-1', { receivedBytes: 1 })).toBeUndefined();
    expect(await store.list()).toEqual([]);
  });

  it('refuses a second upload with the same id', async () => {
    await store.add(buildUpload());
    await expect(store.add(buildUpload({ filename: 'other' }))).rejects.toThrow();
    expect(await store.list()).toEqual([buildUpload()]);
  });

  it('changes what may change, and nothing else', async () => {
    await store.add(buildUpload());
    const changed = buildUpload(COMPLETED);
    expect(await store.change('upload-1', COMPLETED)).toEqual(changed);
    expect(await store.get('upload-1')).toEqual(changed);
    expect(await store.change('upload-1', { receivedBytes: 3 })).toEqual({ ...changed, receivedBytes: 3 });
  });

  it('lists the newest first; a change does not make new', async () => {
    for (const id of ['b', 'a', 'c']) await store.add(buildUpload({ id }));
    await store.change('b', { receivedBytes: 7 });
    expect((await store.list()).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });

  it('removes an upload, once or twice', async () => {
    await store.add(buildUpload());
    await store.remove('upload-1');
    await store.remove('upload-1');
    expect(await store.get('upload-1')).toBeUndefined();
  });
});
