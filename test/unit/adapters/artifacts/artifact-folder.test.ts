import { chmodSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { artifactFolders } from '../../../../server/adapters/artifacts/artifact-folder.ts';
import type { RunArtifacts } from '../../../../server/services/runs/run-service.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';
import { mountTinyDisk } from '../../../support/tiny-disk.ts';

const ADVICE = 'choose another folder with --out-dir';
const folder = useTemporaryFolder();

function pathOf(...names: readonly string[]): string {
  return join(folder.path, ...names);
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Writes one whole file, which is not published yet. */
async function writeFile(artifacts: RunArtifacts, name: string, text: string): Promise<void> {
  const file = await artifacts.create(name, 'text/plain');
  await file.write(encode(text));
  await file.finish();
}

describe('a file', () => {
  it('appears under its name when the run has succeeded', async () => {
    const artifacts = await artifactFolders.open(folder.path);
    const file = await artifacts.create('a.csv', 'text/csv');
    await file.write(encode('one,'));
    await file.write(encode(''));
    await file.write(encode('two'));
    expect(readdirSync(folder.path)).toEqual([expect.stringMatching(/^\.cts-[0-9a-f]{12}\.part$/)]);
    await file.finish({ rows: 2 });
    expect(readdirSync(folder.path)).toEqual([expect.stringMatching(/^\.cts-[0-9a-f]{12}\.part$/)]);

    expect(await artifacts.publish()).toEqual([
      { name: 'a.csv', path: resolve(pathOf('a.csv')), mediaType: 'text/csv', sizeBytes: 7, rows: 2 },
    ]);
    expect(readdirSync(folder.path)).toEqual(['a.csv']);
    expect(readFileSync(pathOf('a.csv'), 'utf8')).toBe('one,two');
  });

  it('takes the bytes before the promise is settled', async () => {
    const artifacts = await artifactFolders.open(folder.path);
    const file = await artifacts.create('a', 'text/plain');
    const bytes = encode('mine');
    await file.write(bytes);
    bytes.fill(0);
    await file.finish();
    await artifacts.publish();
    expect(readFileSync(pathOf('a'), 'utf8')).toBe('mine');
  });

  it('replaces one that was there, and not before the run has succeeded', async () => {
    writeFileSync(pathOf('a'), 'old');
    const artifacts = await artifactFolders.open(folder.path);
    const file = await artifacts.create('a', 'text/plain');
    await file.write(encode('new'));
    await file.finish();
    expect(readFileSync(pathOf('a'), 'utf8')).toBe('old');
    await artifacts.publish();
    expect(readFileSync(pathOf('a'), 'utf8')).toBe('new');
  });

  it('that was not finished is removed when the others are published', async () => {
    const artifacts = await artifactFolders.open(folder.path);
    const half = await artifacts.create('half', 'text/plain');
    await half.write(encode('x'));
    await writeFile(artifacts, 'whole', 'x');
    expect((await artifacts.publish()).map(({ name }) => name)).toEqual(['whole']);
    expect(readdirSync(folder.path)).toEqual(['whole']);
  });

  it('has the rights that the user gives to new files', async () => {
    const artifacts = await artifactFolders.open(folder.path);
    await writeFile(artifacts, 'a', 'x');
    await artifacts.publish();
    writeFileSync(pathOf('b'), 'x');
    expect(statSync(pathOf('a')).mode).toBe(statSync(pathOf('b')).mode);
  });

  it.each(['../a', 'b/a', 'b\\a', '..', '.', ''])('cannot be called "%s"', async (name) => {
    const artifacts = await artifactFolders.open(folder.path);
    await expect(artifacts.create(name, 'text/plain')).rejects.toThrow('is no plain file name');
    expect(readdirSync(folder.path)).toEqual([]);
  });
});

describe('discarding', () => {
  it('removes what is written, whole or not, and nothing else', async () => {
    writeFileSync(pathOf('old'), '');
    writeFileSync(pathOf('.cts-0123456789ab.part'), '');
    const artifacts = await artifactFolders.open(folder.path);
    await writeFile(artifacts, 'whole', 'x');
    const file = await artifacts.create('half', 'text/plain');
    await file.write(encode('x'));
    expect(readdirSync(folder.path)).toHaveLength(4);
    await artifacts.discard();
    expect(readdirSync(folder.path)).toEqual(['.cts-0123456789ab.part', 'old']);
  });

  it('leaves what was there when a file was begun that would replace it', async () => {
    writeFileSync(pathOf('a'), 'old');
    const artifacts = await artifactFolders.open(folder.path);
    await artifacts.create('a', 'text/plain');
    await artifacts.discard();
    expect(readFileSync(pathOf('a'), 'utf8')).toBe('old');
  });

  it('has nothing to do where nothing is written', async () => {
    const artifacts = await artifactFolders.open(folder.path);
    await artifacts.discard();
    await artifacts.discard();
    expect(readdirSync(folder.path)).toEqual([]);
  });
});

describe('a folder', () => {
  it('is made with all above it', async () => {
    const artifacts = await artifactFolders.open(pathOf('x', 'y'));
    await writeFile(artifacts, 'a', 'text');
    await artifacts.publish();
    expect(readFileSync(pathOf('x', 'y', 'a'), 'utf8')).toBe('text');
  });

  it('that was made for a run that failed is removed, with those above it', async () => {
    const artifacts = await artifactFolders.open(pathOf('x', 'y'));
    await writeFile(artifacts, 'a', 'text');
    await artifacts.discard();
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('that holds something else by then stays', async () => {
    const artifacts = await artifactFolders.open(pathOf('x', 'y'));
    writeFileSync(pathOf('x', 'mine'), '');
    await artifacts.discard();
    expect(readdirSync(pathOf('x'))).toEqual(['mine']);
  });

  it('cannot be made where the system refuses folders', async () => {
    await expect(artifactFolders.open('/proc/cts/x')).rejects.toMatchObject({ code: 'OUTPUT_NOT_WRITABLE' });
  });

  it('cannot be made where a file stands', async () => {
    writeFileSync(pathOf('file'), '');
    const path = pathOf('file');
    await expect(artifactFolders.open(path)).rejects.toMatchObject({
      code: 'OUTPUT_NOT_WRITABLE',
      message: `Cannot write ${path}: a file stands where the folder should be; ${ADVICE}`,
      details: { path },
    });
  });

  it('cannot be made below a file', async () => {
    writeFileSync(pathOf('file'), '');
    const path = pathOf('file', 'x', 'y');
    await expect(artifactFolders.open(path)).rejects.toMatchObject({
      code: 'OUTPUT_NOT_WRITABLE',
      message: `Cannot write ${path}: a part of the path is a file, not a folder; ${ADVICE}`,
    });
  });

  it.skipIf(process.getuid?.() === 0)('that must not be written to', async () => {
    chmodSync(folder.path, 0o500);
    const artifacts = await artifactFolders.open(folder.path);
    await expect(artifacts.create('a', 'text/plain')).rejects.toMatchObject({
      code: 'OUTPUT_NOT_WRITABLE',
      message: `Cannot write ${pathOf('a')}: no permission to write there; ${ADVICE}`,
    });
  });

  it('that is taken away', async () => {
    const artifacts = await artifactFolders.open(pathOf('x'));
    rmdirSync(pathOf('x'));
    await expect(artifacts.create('a', 'text/plain')).rejects.toMatchObject({
      code: 'OUTPUT_NOT_WRITABLE',
      message: `Cannot write ${pathOf('x', 'a')}: the folder is not there and cannot be made; choose another one with --out-dir`,
    });
  });
});

describe('a name', () => {
  it('that a folder has', async () => {
    mkdirSync(pathOf('a'));
    const artifacts = await artifactFolders.open(folder.path);
    await writeFile(artifacts, 'a', '');
    await expect(artifacts.publish()).rejects.toMatchObject({
      code: 'OUTPUT_NOT_WRITABLE',
      message: `Cannot write ${pathOf('a')}: a folder of that name is in the way; choose another name`,
    });
    await artifacts.discard();
    expect(readdirSync(folder.path)).toEqual(['a']);
  });

  it('that is too long', async () => {
    const artifacts = await artifactFolders.open(folder.path);
    await writeFile(artifacts, 'a'.repeat(300), '');
    await expect(artifacts.publish()).rejects.toMatchObject({
      code: 'OUTPUT_NOT_WRITABLE',
      message: expect.stringMatching(/the name is too long for this file system$/) as string,
    });
    await artifacts.discard();
    expect(readdirSync(folder.path)).toEqual([]);
  });
});

describe('a disk', () => {
  const disk = mountTinyDisk();
  afterAll(() => disk?.remove());

  it.skipIf(disk === undefined)('that is full', async () => {
    const artifacts = await artifactFolders.open(disk?.path ?? '');
    const path = join(disk?.path ?? '', 'a');
    const file = await artifacts.create('a', 'text/plain');
    await file.write(new Uint8Array(32 * 1024));
    await expect(file.write(new Uint8Array(64 * 1024))).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: `Cannot write ${path}: the disk is full; free some space or ${ADVICE}`,
      details: { path },
    });
    await artifacts.discard();
    expect(readdirSync(disk?.path ?? '')).toEqual([]);
  });
});
