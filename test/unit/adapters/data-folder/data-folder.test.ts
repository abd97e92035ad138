import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type DataFolder, takeDataFolder } from '../../../../server/adapters/data-folder/data-folder.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const dataFolder = (): string => join(folder.path, 'data');
const isRoot = process.getuid?.() === 0;

const INFO = {
  url: 'http://127.0.0.1:8080',
  pid: 4711,
  startedAt: '2026-01-02T03:04:05Z',
  version: '0.1.0',
};

async function useDataFolder<Result>(work: (taken: DataFolder) => Result | Promise<Result>): Promise<Result> {
  const taken = await takeDataFolder(dataFolder());
  try {
    return await work(taken);
  } finally {
    await taken.release();
  }
}

describe('takeDataFolder', () => {
  it('makes a folder in which nobody else can read anything', async () => {
    await useDataFolder(async (taken) => {
      await taken.writeServiceFile(INFO);
      expect(statSync(dataFolder()).mode & 0o777).toBe(0o700);
      const names = readdirSync(dataFolder());
      expect(names.sort()).toEqual(['owner.lock', 'service.json', 'token']);
      for (const name of names) expect(statSync(join(dataFolder(), name)).mode & 0o777).toBe(0o600);
    });
  });

  it('has one owner; the second hears who it is', async () => {
    await useDataFolder(async (taken) => {
      await expect(takeDataFolder(dataFolder())).rejects.toMatchObject({
        code: 'STORE_IN_USE',
        message: expect.stringContaining('another process') as unknown,
      });
      await taken.writeServiceFile(INFO);
      await expect(takeDataFolder(dataFolder())).rejects.toMatchObject({
        code: 'STORE_IN_USE',
        message: expect.stringMatching(/http:\/\/127\.0\.0\.1:8080 \(process 4711\)/) as unknown,
        details: { url: INFO.url, pid: INFO.pid },
      });
    });
    await useDataFolder(() => undefined);
  });

  it('leaves no word of a service that has ended, or died', async () => {
    await useDataFolder((taken) => taken.writeServiceFile(INFO));
    expect(existsSync(join(dataFolder(), 'service.json'))).toBe(false);
    writeFileSync(join(dataFolder(), 'service.json'), JSON.stringify(INFO));
    await useDataFolder(() => {
      expect(existsSync(join(dataFolder(), 'service.json'))).toBe(false);
    });
  });

  it.each(['', 'null', '{"url": 1}', '{'])('is not confused by a service file that says %j', async (text) => {
    await useDataFolder(async () => {
      writeFileSync(join(dataFolder(), 'service.json'), text);
      await expect(takeDataFolder(dataFolder())).rejects.toMatchObject({ code: 'STORE_IN_USE' });
    });
  });

  it('keeps its token', async () => {
    const token = await useDataFolder((taken) => taken.token);
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    chmodSync(join(dataFolder(), 'token'), 0o644);
    expect(await useDataFolder((taken) => taken.token)).toBe(token);
    expect(statSync(join(dataFolder(), 'token')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dataFolder(), 'token'), 'utf8').trim()).toBe(token);
  });

  it('replaces a token that was cut', async () => {
    mkdirSync(dataFolder(), { mode: 0o700 });
    writeFileSync(join(dataFolder(), 'token'), 'abc');
    expect(await useDataFolder((taken) => taken.token)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('refuses a token that lies elsewhere', async () => {
    mkdirSync(dataFolder(), { mode: 0o700 });
    writeFileSync(join(folder.path, 'elsewhere'), 'a'.repeat(64));
    symlinkSync(join(folder.path, 'elsewhere'), join(dataFolder(), 'token'));
    await expect(takeDataFolder(dataFolder())).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('refuses a folder that everybody may write into', async () => {
    mkdirSync(dataFolder());
    chmodSync(dataFolder(), 0o777);
    await expect(takeDataFolder(dataFolder())).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('everybody') as unknown,
    });
    expect(readdirSync(dataFolder())).toEqual([]);
  });

  it.runIf(isRoot)('refuses the folder of another user', async () => {
    mkdirSync(dataFolder());
    chownSync(dataFolder(), 12_345, 12_345);
    await expect(takeDataFolder(dataFolder())).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('another user') as unknown,
    });
  });

  it('refuses a file, and a folder that cannot be made', async () => {
    writeFileSync(dataFolder(), '');
    await expect(takeDataFolder(dataFolder())).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(takeDataFolder(join(dataFolder(), 'deeper'))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
  });
});
