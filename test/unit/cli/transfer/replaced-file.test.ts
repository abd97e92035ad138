import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, describe, it } from 'vitest';
import { type FileState, lookAtFile, replaceFile } from '../../../../cli/transfer/replaced-file.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const NEW = Buffer.from('new');

async function write(name: string, mode = 0o644): Promise<FileState> {
  const path = join(folder.path, name);
  writeFileSync(path, 'old', { mode });
  const state = await lookAtFile(path);
  if (state === undefined) throw new Error(`${path} cannot be looked at`);
  return state;
}

describe('replaceFile', () => {
  it.each([0o600, 0o644, 0o755])('keeps permissions %o, and leaves nothing else', async (mode) => {
    const state = await write('a.dbc', mode);
    await replaceFile(state, NEW);
    expect(readFileSync(state.path, 'utf8')).toBe('new');
    expect(statSync(state.path).mode & 0o777).toBe(mode);
    expect(readdirSync(folder.path)).toEqual(['a.dbc']);
  });

  it('writes where a link points to', async () => {
    await write('a.dbc');
    const link = join(folder.path, 'b.dbc');
    symlinkSync('a.dbc', link);
    const state = await lookAtFile(link);
    expect(state?.place.endsWith('a.dbc')).toBe(true);
    if (state !== undefined) await replaceFile(state, NEW);
    expect(readFileSync(join(folder.path, 'a.dbc'), 'utf8')).toBe('new');
    expect(readFileSync(link, 'utf8')).toBe('new');
  });

  it('leaves a file alone that changed since', async () => {
    const state = await write('a.dbc');
    writeFileSync(state.path, 'newer');
    await expect(replaceFile(state, NEW)).rejects.toMatchObject({ code: 'OUTPUT_NOT_WRITABLE' });
    expect(readFileSync(state.path, 'utf8')).toBe('newer');
    expect(readdirSync(folder.path)).toEqual(['a.dbc']);
  });

  it('leaves a file alone that is read-only', async () => {
    const state = await write('a.dbc', 0o444);
    await expect(replaceFile(state, NEW)).rejects.toMatchObject({ code: 'OUTPUT_NOT_WRITABLE' });
    expect(readFileSync(state.path, 'utf8')).toBe('old');
    expect(readdirSync(folder.path)).toEqual(['a.dbc']);
  });

  it('tells what to do where nothing can be written', async () => {
    const state = await write('a.dbc');
    const elsewhere = { ...state, place: join(folder.path, 'gone/a.dbc') };
    await expect(replaceFile(elsewhere, NEW)).rejects.toMatchObject({
      code: 'OUTPUT_NOT_WRITABLE',
      message: `Cannot write ${state.path}: its folder is not there; make it writable, or work on a copy`,
    });
  });
});

describe('lookAtFile', () => {
  it('finds nothing where nothing is', async () => {
    mkdirSync(join(folder.path, 'x'));
    expect(await lookAtFile(join(folder.path, 'gone'))).toBeUndefined();
  });
});
