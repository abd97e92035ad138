import { chmodSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { artifactFolders } from '../../../../server/adapters/artifacts/artifact-folder.ts';
import type { WorkFiles } from '../../../../server/services/execution/execution-ports.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';
import { mountTinyDisk } from '../../../support/tiny-disk.ts';

const folder = useTemporaryFolder();

function open(artifactBytes = 1_000_000): WorkFiles {
  return artifactFolders.open(folder.path, { artifactBytes });
}

function pathOf(name: string): string {
  return join(folder.path, name);
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

describe('a file', () => {
  it('is collected when it is finished, with its hash', async () => {
    const files = open();
    const file = await files.create('a.csv', 'text/csv');
    await file.write(encode('one,'));
    await file.write(encode(''));
    await file.write(encode('two'));
    await file.finish({ rows: 2 });
    const empty = await files.create('b', 'text/plain');
    await empty.finish();
    expect(await files.collect()).toEqual([
      {
        name: 'a.csv',
        path: pathOf('a.csv'),
        mediaType: 'text/csv',
        sizeBytes: 7,
        sha256: 'a173926d6f48095ddb000ec0740f1661d1ee39ed62a0fbe5110aef88eb14fb37',
        rows: 2,
      },
      {
        name: 'b',
        path: pathOf('b'),
        mediaType: 'text/plain',
        sizeBytes: 0,
        sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        rows: null,
      },
    ]);
    expect(readFileSync(pathOf('a.csv'), 'utf8')).toBe('one,two');
  });

  it('takes the bytes before the promise is settled', async () => {
    const files = open();
    const file = await files.create('a', 'text/plain');
    const bytes = encode('mine');
    await file.write(bytes);
    bytes.fill(0);
    await file.finish();
    const [collected] = await files.collect();
    expect(readFileSync(pathOf('a'), 'utf8')).toBe('mine');
    expect(collected?.sha256).toBe('3fd30542fe3f61b14bd4a4b2dc0b6fb30fa6f63ebce52dd1778aaa8c4dc02cff');
  });

  it('that was not finished is removed', async () => {
    const files = open();
    const half = await files.create('half', 'text/plain');
    await half.write(encode('x'));
    const whole = await files.create('whole', 'text/plain');
    await whole.finish();
    expect((await files.collect()).map(({ name }) => name)).toEqual(['whole']);
    expect(readdirSync(folder.path)).toEqual(['whole']);
  });

  it('is for its owner alone', async () => {
    const files = open();
    await files.create('a', 'text/plain');
    expect(statSync(pathOf('a')).mode & 0o777).toBe(0o600);
    await files.collect();
  });

  it.each(['../a', 'b/a', 'b\\a', '..', '.', '', 'a\0', 'a\nb'])('cannot be called %j', async (name) => {
    await expect(open().create(name, 'text/plain')).rejects.toThrow('is no plain file name');
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('is not made twice', async () => {
    writeFileSync(pathOf('a'), 'old');
    await expect(open().create('a', 'text/plain')).rejects.toMatchObject({
      code: 'OUTPUT_NOT_WRITABLE',
      message: `Cannot write ${pathOf('a')}: the run has a file of that name already; choose another name`,
      details: { path: pathOf('a') },
    });
    expect(readFileSync(pathOf('a'), 'utf8')).toBe('old');
  });

  it('has a name that the file system takes', async () => {
    await expect(open().create('a'.repeat(300), 'text/plain')).rejects.toMatchObject({
      code: 'OUTPUT_NOT_WRITABLE',
      message: expect.stringMatching(/the name is too long for this file system$/) as string,
    });
  });

  it('may be as large as the limit, and not a byte larger', async () => {
    const files = open(10);
    const file = await files.create('a', 'text/plain');
    await file.write(new Uint8Array(6));
    await file.write(new Uint8Array(4));
    await expect(file.write(new Uint8Array(1))).rejects.toMatchObject({
      code: 'ARTIFACT_TOO_LARGE',
      message: 'Cannot write a: it would exceed the limit of 10 bytes for one file of a run',
      details: { name: 'a', maxBytes: 10 },
    });
    expect(statSync(pathOf('a')).size).toBe(10);
    const other = await files.create('b', 'text/plain');
    await other.write(new Uint8Array(10));
    await files.collect();
  });
});

describe('a folder', () => {
  it('that is taken away', async () => {
    mkdirSync(pathOf('x'));
    const files = artifactFolders.open(pathOf('x'), { artifactBytes: 10 });
    rmdirSync(pathOf('x'));
    await expect(files.create('a', 'text/plain')).rejects.toMatchObject({
      code: 'OUTPUT_NOT_WRITABLE',
      message: `Cannot write ${join(pathOf('x'), 'a')}: its folder is gone`,
    });
  });

  it.skipIf(process.getuid?.() === 0)('that must not be written to', async () => {
    chmodSync(folder.path, 0o500);
    await expect(open().create('a', 'text/plain')).rejects.toMatchObject({
      code: 'OUTPUT_NOT_WRITABLE',
      message: `Cannot write ${pathOf('a')}: no permission to write there`,
    });
  });
});

describe('a disk', () => {
  const disk = mountTinyDisk();
  afterAll(() => disk?.remove());

  it.skipIf(disk === undefined)('that is full', async () => {
    const files = artifactFolders.open(disk?.path ?? '', { artifactBytes: 1e6 });
    const path = join(disk?.path ?? '', 'a');
    const file = await files.create('a', 'text/plain');
    await file.write(new Uint8Array(32 * 1024));
    await expect(file.write(new Uint8Array(64 * 1024))).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: `Cannot write ${path}: the disk is full`,
      details: { path },
    });
    expect(await files.collect()).toEqual([]);
    expect(readdirSync(disk?.path ?? '')).toEqual([]);
  });
});
