import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ByteSource } from '../../../../server/adapters/files/byte-source.ts';
import { openFileSource } from '../../../../server/adapters/files/file-source.ts';
import { openLogBytes, openLogFile } from '../../../../server/adapters/files/log-file.ts';
import { threeBlocks } from '../../../support/bzip2-files.ts';
import { randomBytes } from '../../../support/random.ts';
import { readToEnd } from '../../../support/stream-reading.ts';
import { packFrame } from '../../../support/zstd-files.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cts-log-file-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function save(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

describe('openLogFile', () => {
  const content = randomBytes(900_000);

  it.each([
    { format: 'zstd', file: packFrame(content), expected: content },
    { format: 'bzip2', file: threeBlocks.file, expected: threeBlocks.content },
    { format: 'plain', file: content, expected: content },
  ])('reads $format whatever the name says', async ({ format, file, expected }) => {
    const stream = await openLogFile(await save('log.txt', file));
    expect([stream.format, stream.fileBytes]).toEqual([format, file.length]);
    const { bytes, problems } = await readToEnd(stream);
    expect(Buffer.compare(bytes, expected)).toBe(0);
    expect(problems).toEqual([]);
  });

  it('refuses a file that is not there', async () => {
    const path = join(folder, 'none.rlog');
    await expect(openLogFile(path)).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
      message: `Cannot read ${path}: there is no such file. Check the path.`,
      cause: { code: 'ENOENT' },
    });
  });

  it('refuses a directory', async () => {
    await expect(openLogFile(folder)).rejects.toMatchObject({ code: 'FILE_IS_DIRECTORY' });
  });

  it('refuses an empty file, and no bytes at all', async () => {
    await expect(openLogFile(await save('empty.rlog', new Uint8Array(0)))).rejects.toMatchObject({
      code: 'FILE_EMPTY',
    });
    await expect(openLogBytes(new Uint8Array(0))).rejects.toMatchObject({ code: 'FILE_EMPTY' });
  });

  it('refuses gzip and closes the file', async () => {
    const path = await save('log.gz', Uint8Array.of(0x1f, 0x8b, 8, 0));
    await expect(openLogFile(path)).rejects.toMatchObject({ code: 'UNSUPPORTED_CONTAINER' });
  });

  it.runIf(process.platform !== 'win32')('refuses a named pipe without waiting for its writer', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    await expect(openLogFile(path)).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: `Cannot read ${path}: it is a named pipe, not a regular file. Copy its content to a file first.`,
    });
  });

  it.runIf(process.platform !== 'win32')('refuses a device', async () => {
    await expect(openLogFile('/dev/zero')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  it.runIf(process.platform !== 'win32')('refuses a socket', async () => {
    const path = join(folder, 'socket');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    await expect(openLogFile(path)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    server.close();
  });

  it('takes a file that shrinks meanwhile for a cut one', async () => {
    const path = await save('shrinking.zst', packFrame(content));
    const stream = await openLogFile(path);
    await truncate(path, 300_000);
    const { bytes, problems } = await readToEnd(stream);
    expect(Buffer.compare(bytes, content.subarray(0, bytes.length))).toBe(0);
    expect(problems.map(({ code }) => code)).toEqual(['CONTAINER_CUT']);
  });
});

describe('openFileSource', () => {
  it('wraps a failure while reading', async () => {
    const path = await save('closed.rlog', randomBytes(10));
    const source: ByteSource = await openFileSource(path);
    await source.close();
    await source.close();
    await expect(source.readAt(new Uint8Array(5), 0)).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      details: { path },
    });
  });
});
