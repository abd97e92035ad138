import { createHash } from 'node:crypto';
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { DiskContentStore } from '../../../../server/adapters/contents/disk-content-store.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const BYTES = Buffer.from('what a tool has made');
const CONTENT = { sha256: createHash('sha256').update(BYTES).digest('hex'), sizeBytes: BYTES.length };

const place = (name: string): string => join(folder.path, name);
const contentPath = (): string => join(folder.path, 'contents', CONTENT.sha256.slice(0, 2), CONTENT.sha256);

/** Another file system than that of temporary files, where there is one. */
const OTHER_DISK = ['/dev/shm', '/run/user/1000'].find(
  (path) => existsSync(path) && statSync(path).dev !== statSync('/tmp').dev,
);

describe('adoption', () => {
  let store: DiskContentStore;

  beforeEach(async () => {
    store = await DiskContentStore.open(place('contents'));
  });

  it('leaves a file that nobody changes, in a folder for its owner alone', async () => {
    writeFileSync(place('file'), BYTES);
    await store.adopt(place('file'), CONTENT);
    expect(statSync(contentPath()).mode & 0o777).toBe(process.platform === 'win32' ? 0o600 : 0o400);
    for (const path of [place('contents'), join(contentPath(), '..')])
      expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(readdirSync(place('contents/adopting'))).toEqual([]);
  });

  it.each([
    {
      what: 'a symbolic link',
      make: () => symlinkSync('/etc/hostname', place('file')),
      word: 'symbolic link',
    },
    {
      what: 'a link to nowhere',
      make: () => symlinkSync('/nowhere', place('file')),
      word: 'symbolic link',
    },
    {
      what: 'a file with a second name',
      make: () => {
        writeFileSync(place('other'), BYTES);
        linkSync(place('other'), place('file'));
      },
      word: '2 names',
    },
    { what: 'a folder', make: () => mkdirSync(place('file')), word: 'no plain file' },
    {
      what: 'a named pipe',
      make: () => spawnSync('mkfifo', [place('file')]),
      word: 'no plain file',
    },
    { what: 'a shorter file', make: () => writeFileSync(place('file'), 'short'), word: '5 bytes' },
  ])('refuses $what, and leaves it where it was', async ({ make, word }) => {
    make();
    const before = lstatSync(place('file')).ino;
    await expect(store.adopt(place('file'), CONTENT)).rejects.toMatchObject({
      code: 'TOOL_FAILED',
      message: expect.stringContaining(word) as unknown,
    });
    expect(lstatSync(place('file')).ino).toBe(before);
    expect(existsSync(contentPath())).toBe(false);
    expect(readdirSync(place('contents/adopting'))).toEqual([]);
  });

  it.each(['', '..', 'ab', '../../etc/passwd', 'AB'.repeat(32), `${'a'.repeat(63)}/`])(
    'takes %j for no name of a content',
    async (sha256) => {
      writeFileSync(place('file'), BYTES);
      await expect(store.adopt(place('file'), { sha256, sizeBytes: BYTES.length })).rejects.toThrow(
        /SHA-256/,
      );
      await expect(store.open({ sha256, sizeBytes: 1 })).rejects.toThrow(/SHA-256/);
      await expect(store.remove(sha256)).rejects.toThrow(/SHA-256/);
      expect(readFileSync(place('file'))).toEqual(BYTES);
    },
  );

  it.each([
    { what: 'of another size', damage: () => writeFileSync(contentPath(), 'cut') },
    { what: 'that is a link', damage: () => symlinkSync('/etc/hostname', contentPath()) },
  ])('replaces a content $what', async ({ damage }) => {
    mkdirSync(join(contentPath(), '..'));
    damage();
    writeFileSync(place('file'), BYTES);
    await store.adopt(place('file'), CONTENT);
    expect(readFileSync(contentPath())).toEqual(BYTES);
  });

  it('puts a file back when it cannot be kept', async () => {
    writeFileSync(join(contentPath(), '..'), 'a file in the way');
    writeFileSync(place('file'), BYTES);
    await expect(store.adopt(place('file'), CONTENT)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(readFileSync(place('file'))).toEqual(BYTES);
  });

  it('gives out nothing that is a link, or no file', async () => {
    mkdirSync(join(contentPath(), '..'));
    symlinkSync('/etc/hostname', contentPath());
    const lost = { code: 'ARTIFACT_LOST' };
    await expect(store.open(CONTENT)).rejects.toMatchObject(lost);
    await expect(store.link(CONTENT, place('link'))).rejects.toMatchObject(lost);
    expect(await store.verify(CONTENT)).toBe('damaged');
    rmSync(contentPath());
    mkdirSync(contentPath());
    await expect(store.open(CONTENT)).rejects.toMatchObject(lost);
    expect(await store.verify(CONTENT)).toBe('damaged');
  });

  it('finds damage that left the size as it was', async () => {
    mkdirSync(join(contentPath(), '..'));
    writeFileSync(contentPath(), BYTES.toString().toUpperCase());
    expect(await store.verify(CONTENT)).toBe('damaged');
  });

  it('says that content ended too early', async () => {
    writeFileSync(place('file'), BYTES);
    await store.adopt(place('file'), CONTENT);
    const content = await store.open(CONTENT);
    rmSync(contentPath());
    await expect(
      (async () => {
        for await (const piece of content.read({ start: 0, end: 10 })) expect(piece).toHaveLength(10);
        await content.close();
        for await (const piece of content.read()) expect(piece).toHaveLength(0);
      })(),
    ).rejects.toThrow();
  });

  describe.runIf(OTHER_DISK !== undefined)('from another disk', () => {
    it('takes files over and makes them appear there', async () => {
      const other = mkdtempSync(join(OTHER_DISK ?? '', 'cts-test-'));
      try {
        writeFileSync(join(other, 'file'), BYTES);
        await store.adopt(join(other, 'file'), CONTENT);
        expect(existsSync(join(other, 'file'))).toBe(false);
        expect(await store.verify(CONTENT)).toBe('intact');
        await store.link(CONTENT, join(other, 'link'));
        expect(readFileSync(join(other, 'link'))).toEqual(BYTES);
        symlinkSync('/etc/hostname', join(other, 'symlink'));
        await expect(store.adopt(join(other, 'symlink'), CONTENT)).rejects.toMatchObject({
          code: 'TOOL_FAILED',
        });
      } finally {
        rmSync(other, { recursive: true });
      }
    });
  });
});
