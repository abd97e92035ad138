import { mkdirSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createInputGate, openWithinRoots } from '../../../../server/adapters/files/input-roots.ts';
import { FileLogLocator } from '../../../../server/adapters/files/log-locator.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const folder = useTemporaryFolder();
let inside = '';
let outside = '';

beforeEach(() => {
  inside = join(folder.path, 'inside');
  outside = join(folder.path, 'inside-not');
  for (const path of [inside, outside, join(inside, 'sub')]) mkdirSync(path);
  writeFileSync(join(inside, 'sub/rlog'), 'in');
  writeFileSync(join(outside, 'rlog'), 'out');
});

async function readOpened(path: string): Promise<string> {
  const file = await openWithinRoots(path, [inside]);
  try {
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

describe('inputs', () => {
  it.each(['sub/rlog', 'sub/../sub/rlog', 'sub', '.', 'sub/./rlog'])(
    'inside of a folder are let in: %s',
    async (path) => {
      const real = await createInputGate([inside]).admit(join(inside, '.', path));
      expect(real.startsWith(inside)).toBe(true);
      expect(real).not.toContain('..');
    },
  );

  it('may be names of routes, which are looked up later', async () => {
    const name = '0123456789abcdef/2025-01-02--03-04-05';
    expect(await createInputGate([inside]).admit(name)).toBe(name);
  });

  it.each([
    '../inside-not/rlog',
    '../inside-not',
    'sub/../../inside-not/rlog',
    '..',
    '/etc/passwd',
    'link-to-file',
    'link-to-folder/rlog',
    'link-to-link',
  ])('that lead outside are refused: %s', async (path) => {
    symlinkSync(join(outside, 'rlog'), join(inside, 'link-to-file'));
    symlinkSync(outside, join(inside, 'link-to-folder'));
    symlinkSync(join(inside, 'link-to-file'), join(inside, 'link-to-link'));
    const given = path.startsWith('/') ? path : join(inside, '/', path);
    await expect(createInputGate([inside]).admit(given)).rejects.toMatchObject({ code: 'INPUT_FORBIDDEN' });
    if (!['..', '../inside-not'].includes(path))
      await expect(readOpened(given)).rejects.toMatchObject({ code: 'INPUT_FORBIDDEN' });
  });

  it.each([
    { path: 'a\0b', code: 'INPUT_FORBIDDEN' },
    { path: `/${'a'.repeat(5000)}`, code: 'INPUT_FORBIDDEN' },
    { path: '%2e%2e/inside-not/rlog', code: 'FILE_NOT_FOUND' },
    { path: '..%2finside-not%2frlog', code: 'FILE_NOT_FOUND' },
    { path: 'C:\\Windows\\win.ini', code: 'FILE_NOT_FOUND' },
    { path: '\\\\server\\share', code: 'FILE_NOT_FOUND' },
  ])('of odd spelling lead nowhere: $path', async ({ path, code }) => {
    const odd = path.startsWith('%') || path.startsWith('..') ? `${inside}/${path}` : path;
    await expect(createInputGate([inside]).admit(odd)).rejects.toMatchObject({ code });
  });

  it('come from anywhere when that is allowed, and from nowhere when no folder is named', async () => {
    expect(await createInputGate('anywhere').admit(join(outside, 'rlog'))).toBe(join(outside, 'rlog'));
    for (const path of [join(outside, 'rlog'), '0123456789abcdef/2025-01-02--03-04-05'])
      await expect(createInputGate([]).admit(path)).rejects.toMatchObject({ code: 'INPUT_FORBIDDEN' });
  });

  it('never lead outside while links are exchanged', async () => {
    const door = join(inside, 'door');
    symlinkSync(join(inside, 'sub'), door);
    const opened = new Map<string, number>();
    for (let round = 0; round < 500; round++) {
      const target = round % 2 === 0 ? outside : join(inside, 'sub');
      symlinkSync(target, `${door}.new`);
      const reading = readOpened(join(door, 'rlog')).catch(
        (error: unknown) => (error as { code: string }).code,
      );
      renameSync(`${door}.new`, door);
      const result = await reading;
      opened.set(result, (opened.get(result) ?? 0) + 1);
    }
    unlinkSync(door);
    expect(opened.has('out')).toBe(false);
    expect(opened.get('in')).toBeGreaterThan(0);
    expect(opened.get('INPUT_FORBIDDEN')).toBeGreaterThan(0);
  });
});

describe('a log in a folder that inputs may come from', () => {
  it('is not read through a link that leads outside', async () => {
    mkdirSync(join(inside, 'aaaaaaaa--bbbbbbbbbb--0'));
    symlinkSync(join(outside, 'rlog'), join(inside, 'aaaaaaaa--bbbbbbbbbb--0/rlog'));
    const source = await new FileLogLocator({ within: [inside] }).locate(inside);
    await expect(source.segments[0]?.open()).rejects.toMatchObject({ code: 'INPUT_FORBIDDEN' });
  });
});
