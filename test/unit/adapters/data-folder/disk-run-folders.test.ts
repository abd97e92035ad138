import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DiskRunFolders } from '../../../../server/adapters/data-folder/disk-run-folders.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const folder = useTemporaryFolder();

describe('DiskRunFolders', () => {
  it('makes folders for their owner alone', async () => {
    const { work, input } = await new DiskRunFolders(folder.path).prepare('run-1');
    for (const path of [work, input, join(work, '..')]) expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  it('removes links, never what they lead to', async () => {
    const folders = new DiskRunFolders(join(folder.path, 'runs'));
    const { work } = await folders.prepare('run-1');
    const precious = join(folder.path, 'precious');
    mkdirSync(precious);
    writeFileSync(join(precious, 'file'), '');
    symlinkSync(precious, join(work, 'link'));
    await folders.clear('run-1');
    expect(readdirSync(precious)).toEqual(['file']);
    // Even where a link stands in for a folder of ours.
    symlinkSync(precious, work);
    const again = await folders.prepare('run-1');
    expect(again.work).toBe(work);
    expect(readdirSync(work)).toEqual([]);
    symlinkSync(precious, join(folder.path, 'runs', 'run-2'));
    await folders.remove(['run-2']);
    expect(readdirSync(precious)).toEqual(['file']);
  });

  it('removes what a tool has locked', async () => {
    const folders = new DiskRunFolders(folder.path);
    const { work } = await folders.prepare('run-1');
    const locked = join(work, 'a', 'b');
    mkdirSync(locked, { recursive: true });
    writeFileSync(join(locked, 'file'), '');
    chmodSync(locked, 0o000);
    chmodSync(join(work, 'a'), 0o500);
    await folders.clear('run-1');
    expect(existsSync(work)).toBe(false);
  });

  it('lists nothing that cannot be a run', async () => {
    mkdirSync(join(folder.path, '.hidden'));
    await new DiskRunFolders(folder.path).prepare('run-1');
    expect(await new DiskRunFolders(folder.path).list()).toEqual(['run-1']);
  });
});
