import { chmodSync, mkdirSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDbcFiles } from '../../../../server/adapters/files/dbc-files.ts';
import { createInputGate } from '../../../../server/adapters/files/input-roots.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const files = createDbcFiles(createInputGate('anywhere'));
const { signal } = new AbortController();

function write(path: string, text = 'VERSION ""\n'): string {
  const full = join(folder.path, path);
  mkdirSync(join(full, '..'), { recursive: true });
  writeFileSync(full, text);
  return full;
}

function shorten(paths: readonly string[]): readonly string[] {
  return paths.map((path) => path.slice(folder.path.length + 1));
}

describe('reading a DBC file', () => {
  it('gives its bytes, and its path with links resolved', async () => {
    const path = write('a/car.dbc', 'BO_ 1 A: 8 X\n');
    symlinkSync(path, join(folder.path, 'link.dbc'));
    const read = await files.read(join(folder.path, 'link.dbc'), signal);
    expect([read.path, new TextDecoder().decode(read.bytes)]).toEqual([path, 'BO_ 1 A: 8 X\n']);
  });

  it('takes an empty file for what it is', async () => {
    expect((await files.read(write('empty.dbc', ''), signal)).bytes).toHaveLength(0);
  });

  it('refuses a file beyond the limit without reading it', async () => {
    const path = write('huge.dbc');
    truncateSync(path, 256 * 1024 * 1024 + 1);
    await expect(files.read(path, signal)).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
      details: { path, sizeBytes: 268_435_457, limitBytes: 268_435_456 },
    });
  });

  it('reads a file of several pieces', async () => {
    const path = write('large.dbc', 'x'.repeat(9 * 1024 * 1024));
    const small = createDbcFiles(createInputGate('anywhere'), { maxFileBytes: 9 * 1024 * 1024 });
    expect((await small.read(path, signal)).bytes).toHaveLength(9 * 1024 * 1024);
  });

  it('says what else may be there', async () => {
    mkdirSync(join(folder.path, 'sub'));
    await expect(files.read(join(folder.path, 'sub'), signal)).rejects.toMatchObject({
      code: 'FILE_IS_DIRECTORY',
      message: expect.stringContaining('Name a DBC file in it') as string,
    });
    await expect(files.read(join(folder.path, 'gone.dbc'), signal)).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
  });

  it.skipIf(process.platform === 'win32')('does not wait for a pipe', async () => {
    const path = join(folder.path, 'pipe.dbc');
    execFileSync('mkfifo', [path]);
    await expect(files.read(path, signal)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    expect(await files.look(path)).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('says that it may not', async () => {
    const path = write('closed.dbc');
    chmodSync(path, 0);
    await expect(files.read(path, signal)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  it('stops when it is told to', async () => {
    await expect(files.read(write('car.dbc'), AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

describe('folders that may be read', () => {
  it('hold everything that is read, wherever links lead', async () => {
    const outside = write('outside/secret.dbc');
    const inside = write('inside/car.dbc');
    symlinkSync(outside, join(folder.path, 'inside/way-out.dbc'));
    symlinkSync(join(folder.path, 'outside'), join(folder.path, 'inside/folder-out'));
    const confined = createDbcFiles(createInputGate([join(folder.path, 'inside')]));
    expect((await confined.read(inside, signal)).path).toBe(inside);
    for (const path of [outside, join(folder.path, 'inside/way-out.dbc')]) {
      await expect(confined.read(path, signal)).rejects.toMatchObject({ code: 'INPUT_FORBIDDEN' });
      await expect(confined.version(path)).rejects.toMatchObject({ code: 'INPUT_FORBIDDEN' });
      expect(await confined.look(path)).toBeUndefined();
    }
    expect(await confined.list(join(folder.path, 'inside'), '.dbc')).toEqual([inside]);
    await expect(confined.list(join(folder.path, 'outside'), '.dbc')).rejects.toMatchObject({
      code: 'INPUT_FORBIDDEN',
    });
  });

  it('may be none: then nothing is read', async () => {
    const path = write('car.dbc');
    await expect(createDbcFiles(createInputGate([])).read(path, signal)).rejects.toMatchObject({
      code: 'INPUT_FORBIDDEN',
    });
  });
});

describe('the version of a file', () => {
  it('changes with its time and its size, and not by itself', async () => {
    const path = write('car.dbc', 'one');
    const first = await files.version(path);
    expect(await files.version(path)).toBe(first);
    write('car.dbc', 'other');
    const second = await files.version(path);
    utimesSync(path, 1, 1);
    expect(new Set([first, second, await files.version(path)]).size).toBe(3);
  });

  it('is none where there is no file', async () => {
    await expect(files.version(join(folder.path, 'gone.dbc'))).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
  });
});

describe('a list of files', () => {
  it('goes through folders in order, past hidden ones and other endings', async () => {
    for (const path of ['b.dbc', 'a/c.DBC', 'a/d/e.dbc', '.git/x.dbc', 'a/.hidden.dbc', 'notes.txt'])
      write(path);
    expect(shorten(await files.list(folder.path, '.dbc'))).toEqual(['a/c.DBC', 'a/d/e.dbc', 'b.dbc']);
  });

  it('follows links, and goes into each folder once', async () => {
    write('real/car.dbc');
    symlinkSync(join(folder.path, 'real'), join(folder.path, 'real/again'));
    symlinkSync(join(folder.path, 'real/car.dbc'), join(folder.path, 'link.dbc'));
    symlinkSync(join(folder.path, 'gone'), join(folder.path, 'broken.dbc'));
    expect(shorten(await files.list(folder.path, '.dbc'))).toEqual(['link.dbc', 'real/car.dbc']);
  });

  it('is bounded in depth and number', async () => {
    write(`${'d/'.repeat(12)}deep.dbc`);
    for (let i = 0; i < 5; i++) write(`${String(i)}.dbc`);
    const few = createDbcFiles(createInputGate('anywhere'), { maxListed: 3 });
    expect(await few.list(folder.path, '.dbc')).toHaveLength(3);
    expect(shorten(await files.list(folder.path, '.dbc'))).toEqual([
      '0.dbc',
      '1.dbc',
      '2.dbc',
      '3.dbc',
      '4.dbc',
    ]);
  });

  it('fails only for the folder that was asked for', async () => {
    await expect(files.list(join(folder.path, 'gone'), '.dbc')).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
  });
});

describe('what is at a path', () => {
  it('is a file, a folder, or nothing', async () => {
    const path = write('car.dbc');
    expect([await files.look(path), await files.look(folder.path), await files.look(`${path}/x`)]).toEqual([
      'file',
      'folder',
      undefined,
    ]);
  });

  it('is joined and cleaned as the machine writes paths', () => {
    expect(files.resolve('/a/b', '../c.dbc')).toBe('/a/c.dbc');
    expect(files.resolve('/a/b', '/c.dbc')).toBe('/c.dbc');
  });
});
