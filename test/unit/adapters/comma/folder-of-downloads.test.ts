import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { FolderOfDownloads } from '../../../../server/adapters/comma/folder-of-downloads.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const OUTSIDE = 'Invalid destination path: Destination must be under configured download directory';

describe('FolderOfDownloads', () => {
  const temporary = useTemporaryFolder();
  let root: string;
  let elsewhere: string;
  let folder: FolderOfDownloads;

  beforeEach(() => {
    const base = realpathSync(temporary.path);
    root = join(base, 'downloads');
    elsewhere = join(base, 'elsewhere');
    mkdirSync(elsewhere);
    folder = new FolderOfDownloads(root);
  });

  describe('resolve', () => {
    it('is the download folder itself where nothing is asked for, and makes it', async () => {
      expect(await folder.resolve(undefined)).toBe(root);
      expect(existsSync(root)).toBe(true);
    });

    it.each(['tests', 'a/b/c', './a', 'a/../b', '..a', 'ä'])(
      'takes %s below it, and makes nothing there',
      async (text) => {
        expect(await folder.resolve(text)).toBe(join(root, text));
        expect(readdirSync(root)).toEqual([]);
      },
    );

    it('takes absolute folders in it', async () => {
      expect(await folder.resolve(root)).toBe(root);
      expect(await folder.resolve(`${root}/x/`)).toBe(join(root, 'x'));
    });

    it.each([
      ['', 'Destination path must be a non-empty string'],
      ['  ', 'Destination path must be a non-empty string'],
      ['a\0b', 'Path must not contain null bytes'],
      ['a'.repeat(4097), 'Path too long'],
      ['a'.repeat(300), 'Path too long'],
    ])('refuses %j', async (text, reason) => {
      const refusal = { code: 'DESTINATION_REFUSED', message: `Invalid destination path: ${reason}` };
      await expect(folder.resolve(text)).rejects.toMatchObject(refusal);
    });

    it.each(['..', '../../x', 'a/../../x', '/etc', '/'])('refuses %s, which is outside', async (text) => {
      await expect(folder.resolve(text)).rejects.toMatchObject({
        code: 'DESTINATION_REFUSED',
        message: OUTSIDE,
      });
    });

    it('refuses a folder beside it whose name begins alike', async () => {
      await expect(folder.resolve(`${root}x`)).rejects.toThrow(OUTSIDE);
      await expect(folder.resolve(`${root}/../downloadsx`)).rejects.toThrow(OUTSIDE);
    });

    it('refuses links that lead out, nowhere or in circles, and takes those that stay', async () => {
      await folder.resolve(undefined);
      symlinkSync(elsewhere, join(root, 'out'));
      symlinkSync(join(elsewhere, 'missing'), join(root, 'nowhere'));
      symlinkSync(join(root, 'circle'), join(root, 'circle'));
      mkdirSync(join(root, 'real'));
      symlinkSync('real', join(root, 'alias'));
      for (const text of [
        'out',
        'out/deeper',
        'nowhere',
        'nowhere/deeper',
        'circle',
        'circle/deeper',
        'alias/../../x',
      ])
        await expect(folder.resolve(text), text).rejects.toMatchObject({ code: 'DESTINATION_REFUSED' });
      expect(await folder.resolve('alias/new')).toBe(join(root, 'real/new'));
    });

    it('refuses a path through a file', async () => {
      await folder.resolve(undefined);
      writeFileSync(join(root, 'file'), '');
      await expect(folder.resolve('file/x')).rejects.toThrow('A part of the path is a file');
    });

    it('may itself be named through a link', async () => {
      mkdirSync(root);
      const alias = join(elsewhere, 'alias');
      symlinkSync(root, alias);
      const linked = new FolderOfDownloads(alias);
      expect(await linked.resolve('x')).toBe(join(root, 'x'));
      expect(await linked.resolve(join(root, 'x'))).toBe(join(root, 'x'));
      expect(await linked.resolve(join(alias, 'x'))).toBe(join(root, 'x'));
    });

    it('tells that the download folder cannot be made', async () => {
      writeFileSync(root, '');
      await expect(folder.resolve('x')).rejects.toMatchObject({ code: 'OUTPUT_NOT_WRITABLE' });
    });
  });

  describe('prepare', () => {
    it('makes the folders of a file', async () => {
      expect(await folder.prepare({ folder: root, path: 'd/l/0/rlog.zst' })).toBe(
        join(root, 'd/l/0/rlog.zst'),
      );
      expect(readdirSync(join(root, 'd/l'))).toEqual(['0']);
    });

    it('makes the same folders for many files at once', async () => {
      const paths = Array.from({ length: 60 }, (_, segment) => `d/l/${segment % 3}/deep/er/${segment}.zst`);
      const prepared = await Promise.all(paths.map((path) => folder.prepare({ folder: root, path })));
      expect(prepared).toEqual(paths.map((path) => join(root, path)));
    });

    it('writes through no link that somebody put in the way', async () => {
      await folder.resolve(undefined);
      symlinkSync(elsewhere, join(root, 'd'));
      await expect(folder.prepare({ folder: root, path: 'd/l/0/rlog.zst' })).rejects.toThrow(OUTSIDE);
      expect(readdirSync(elsewhere)).toEqual([]);
    });
  });

  describe('writeText', () => {
    it('replaces a file, and leaves nothing else', async () => {
      await folder.writeText({ folder: root, path: 'd/index.json' }, 'old');
      await folder.writeText({ folder: root, path: 'd/index.json' }, 'new');
      expect(readdirSync(join(root, 'd'))).toEqual(['index.json']);
      expect(readFileSync(join(root, 'd/index.json'), 'utf8')).toBe('new');
    });

    it('leaves nothing when it fails', async () => {
      mkdirSync(join(root, 'd/index.json/x'), { recursive: true });
      const written = folder.writeText({ folder: root, path: 'd/index.json' }, 'text');
      await expect(written).rejects.toMatchObject({ code: 'OUTPUT_NOT_WRITABLE' });
      expect(readdirSync(join(root, 'd'))).toEqual(['index.json']);
    });
  });
});
