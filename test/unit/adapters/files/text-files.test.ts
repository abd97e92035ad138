import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { textFiles } from '../../../../server/adapters/files/text-files.ts';
import { makeSmallDrive } from '../../../support/small-drive.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const folder = useTemporaryFolder();

function put(name: string, content: string | Uint8Array): string {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
}

async function readText(path: string): Promise<string> {
  const stream = await textFiles.open(path, { roots: [] });
  const bytes = new Uint8Array(1000);
  const count = await stream.read(bytes);
  await stream.close();
  return Buffer.from(bytes.subarray(0, count)).toString();
}

describe('a file is text', () => {
  it.each([
    ['frames.csv', 'time,addr\r\n1,2\t\n'],
    ['größe.txt', '\uFEFFgröße'],
    ['frames.csv.zst', zstdCompressSync('time,addr')],
    ['nothing', ''],
  ])('%s', async (name, content) => {
    expect(await textFiles.isText(put(name, content), [])).toBe(true);
  });

  it.each([
    ['rlog', makeSmallDrive()],
    ['rlog.zst', zstdCompressSync(makeSmallDrive())],
    ['empty.rlog', ''],
    ['a.gz', Uint8Array.of(0x1f, 0x8b, 8, 0)],
  ])('but not %s', async (name, content) => {
    expect(await textFiles.isText(put(name, content), [])).toBe(false);
  });

  it('but not what is no file, not there, or out of bounds', async () => {
    expect(await textFiles.isText(folder.path, [])).toBe(false);
    expect(await textFiles.isText('dongle/route', [])).toBe(false);
    expect(await textFiles.isText(put('a.csv', 'a'), ['/nowhere'])).toBe(false);
  });
});

describe('a text file is opened', () => {
  it('as it is, unpacked, and empty', async () => {
    expect(await readText(put('a.csv', 'a,b'))).toBe('a,b');
    expect(await readText(put('b.csv.zst', zstdCompressSync('c,d')))).toBe('c,d');
    expect(await readText(put('c.csv', ''))).toBe('');
  });

  it('only within its folders', async () => {
    const opening = textFiles.open(put('a.csv', 'a'), { roots: ['/nowhere'] });
    await expect(opening).rejects.toMatchObject({ code: 'INPUT_FORBIDDEN' });
  });
});
