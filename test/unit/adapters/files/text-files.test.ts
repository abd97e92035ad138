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

describe('a file is recognized', () => {
  it.each([
    ['frames.csv', 'time,addr\r\n1,2\t\n'],
    ['größe.txt', '\uFEFFGröße,Länge\n1,2\n'],
    ['frames.csv.zst', zstdCompressSync('time,addr')],
  ])('as text: %s', async (name, content) => {
    expect(await textFiles.recognize(put(name, content), [])).toBe('text');
  });

  it('as empty', async () => {
    expect(await textFiles.recognize(put('nothing', ''), [])).toBe('empty');
  });

  it.each([
    ['rlog', makeSmallDrive()],
    ['rlog.zst', zstdCompressSync(makeSmallDrive())],
    ['bytes', new Uint8Array(100).fill(0xfe)],
    ['a.gz', Uint8Array.of(0x1f, 0x8b, 8, 0)],
  ])('as something else: %s', async (name, content) => {
    expect(await textFiles.recognize(put(name, content), [])).toBe('other');
  });

  it('as something else when it is no file, not there, or out of bounds', async () => {
    expect(await textFiles.recognize(folder.path, [])).toBe('other');
    expect(await textFiles.recognize('dongle/route', [])).toBe('other');
    expect(await textFiles.recognize(put('a.csv', 'a'), ['/nowhere'])).toBe('other');
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
