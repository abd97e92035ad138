import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DiskIncomingFiles } from '../../../../server/adapters/data-folder/disk-incoming-files.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const { signal } = new AbortController();

async function* send(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe('DiskIncomingFiles', () => {
  it('keeps files for their owner alone', async () => {
    const incoming = new DiskIncomingFiles(folder.path);
    await incoming.append('upload-1', send('abc'), { offset: 0, limitBytes: 9, signal });
    expect(statSync(incoming.pathOf('upload-1')).mode & 0o777).toBe(0o600);
  });

  it('follows no link', async () => {
    const outside = join(folder.path, 'outside');
    writeFileSync(outside, 'abc');
    const incoming = new DiskIncomingFiles(folder.path);
    symlinkSync(outside, incoming.pathOf('upload-1'));
    const options = { offset: 3, limitBytes: 9, signal };
    await expect(incoming.append('upload-1', send('def'), options)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    await expect(incoming.digest('upload-1')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(readFileSync(outside, 'utf8')).toBe('abc');
  });

  it('says that the folder is gone', async () => {
    const incoming = new DiskIncomingFiles(join(folder.path, 'missing'));
    const options = { offset: 0, limitBytes: 9, signal };
    await expect(incoming.append('upload-1', send('abc'), options)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      details: { systemCode: 'ENOENT' },
    });
    await expect(incoming.list()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
});
