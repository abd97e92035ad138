import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DiskRunFolders } from '../../server/adapters/data-folder/disk-run-folders.ts';
import { DiskRunLogStore } from '../../server/adapters/data-folder/disk-run-log-store.ts';
import type { MemoryFiles } from '../support/memory-files.ts';
import { MemoryRunFolders, MemoryRunLogStore } from '../support/memory-run-logs.ts';
import { buildLogEntries } from '../support/store-records.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();

const STORES = [
  {
    name: 'disk',
    open: () => ({
      folders: new DiskRunFolders(folder.path),
      logs: new DiskRunLogStore(folder.path),
      leave: (path: string) => {
        mkdirSync(join(path, '..'), { recursive: true });
        writeFileSync(path, 'left');
      },
      look: (path: string) => readdirSync(path),
    }),
  },
  {
    name: 'memory',
    open: () => {
      const files: MemoryFiles = new Map();
      const logs = new MemoryRunLogStore();
      return {
        folders: new MemoryRunFolders(files, logs),
        logs,
        leave: (path: string) => void files.set(path, new Uint8Array(4)),
        look: (path: string) => [...files.keys()].filter((file) => file.startsWith(`${path}/`)),
      };
    },
  },
];

describe.each(STORES)('run folders: $name', ({ open }) => {
  it('prepares two empty folders, of which none is in the other', async () => {
    const { folders, look } = open();
    const { work, input } = await folders.prepare('run-1');
    expect([look(work), look(input)]).toEqual([[], []]);
    expect(`${work}/`.startsWith(`${input}/`) || `${input}/`.startsWith(`${work}/`)).toBe(false);
  });

  it('removes what an earlier attempt left', async () => {
    const { folders, leave, look } = open();
    const { work, input } = await folders.prepare('run-1');
    for (const path of [`${work}/out.csv`, `${work}/deep/er/out.csv`, `${input}/rlog`]) leave(path);
    expect(await folders.prepare('run-1')).toEqual({ work, input });
    expect([look(work), look(input)]).toEqual([[], []]);
  });

  it('clears what a run worked with; its log stays', async () => {
    const { folders, logs, leave } = open();
    const { work } = await folders.prepare('run-1');
    leave(`${work}/out.csv`);
    await logs.append('run-1', buildLogEntries(1, 3));
    await folders.clear('run-1');
    await folders.clear('run-1');
    expect(await logs.read('run-1', 0, 10)).toHaveLength(3);
    expect(await folders.list()).toEqual(['run-1']);
  });

  it('removes runs with everything', async () => {
    const { folders, logs } = open();
    await folders.prepare('run-1');
    await logs.append('run-1', buildLogEntries(1, 3));
    await logs.append('run-2', buildLogEntries(1, 3));
    await folders.prepare('run-3');
    await folders.remove(['run-1', 'run-2', 'unknown']);
    expect(await folders.list()).toEqual(['run-3']);
    expect(await logs.read('run-1', 0, 10)).toEqual([]);
  });

  it.each(['', '..', '../escape', 'a/b', 'a\0b'])('knows no run %j', async (id) => {
    const { folders } = open();
    await expect(folders.prepare(id)).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
    await expect(folders.clear(id)).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
    await expect(folders.remove([id])).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  });
});
