import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { endOf, type CtsEnd } from '../support/cts-process.ts';
import { LiteProcess, spawnLite } from '../support/lite-process.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const services: LiteProcess[] = [];

async function start(options: Partial<Parameters<typeof LiteProcess.start>[0]> = {}): Promise<LiteProcess> {
  const service = await LiteProcess.start({ dataFolder: join(folder.path, 'data'), ...options });
  services.push(service);
  return service;
}

function runLite(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CtsEnd> {
  return endOf(spawnLite(['--data-dir', join(folder.path, 'data'), ...args], env));
}

afterEach(async () => {
  for (const service of services.splice(0)) await service.kill();
});

describe('a service', () => {
  it('tells where it listens, in its folder too, which nobody else may read', async () => {
    const service = await start();
    const data = join(folder.path, 'data');
    expect(JSON.parse(readFileSync(join(data, 'service.json'), 'utf8'))).toMatchObject({
      url: service.url,
      pid: service.pid,
    });
    const modes = ['', 'service.json', 'token', 'state.db'].map(
      (name) => statSync(join(data, name)).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o600, 0o600, 0o600]);
    expect(await service.get('/v1/health')).toMatchObject({ status: 'healthy' });
  });

  it('ends well when it is told to, and takes its file with it', async () => {
    const service = await start();
    expect(await service.stop()).toBe(0);
    expect(existsSync(join(folder.path, 'data/service.json'))).toBe(false);
    expect(service.output).toContain('Stopped');
  });

  it('counts what it puts right when it starts', async () => {
    await (await start()).stop();
    writeFileSync(join(folder.path, 'data/incoming/0190a000-0000-7000-8000-000000000000'), 'half');
    const text = await (await (await start()).fetch('/metrics')).text();
    expect(text).toMatch(/^cts_store_repairs_total\{kind="stale_upload"\} 1$/m);
  });

  it('is followed on its folder by another one after it was killed', async () => {
    await (await start()).kill();
    expect(existsSync(join(folder.path, 'data/service.json'))).toBe(true);
    expect(await (await start()).get('/v1/health/ready')).toMatchObject({ status: 'ready' });
  });
});

describe('a service that cts starts', () => {
  it('lets in whoever knows its token, and nobody else', async () => {
    const service = await start({ args: ['--auto'] });
    const token = readFileSync(join(folder.path, 'data/token'), 'utf8').trim();
    expect((await fetch(`${service.url}/v1/runs`)).status).toBe(401);
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${service.url}/v1/runs`, { headers })).status).toBe(200);
    expect((await fetch(`${service.url}/v1/version`)).status).toBe(200);
    expect(service.output).not.toContain(token);
  });

  it('stops by itself when nobody asks', async () => {
    const child = spawnLite([
      ...['--auto', '--idle-timeout', '0.5', '--port', '0'],
      ...['--data-dir', join(folder.path, 'data')],
    ]);
    expect(await endOf(child)).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('nobody uses it') as string,
    });
  });
});

describe('a service that cannot start', () => {
  it('names the port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const end = await runLite(['--port', port]);
    other.close();
    expect(end).toMatchObject({ exitCode: 1 });
    expect(end.stderr).toContain(`error ADDRESS_IN_USE: Cannot listen on 127.0.0.1:${port}`);
  });

  it('names the service that owns its folder', async () => {
    const service = await start();
    const end = await runLite(['--port', '0']);
    expect(end).toMatchObject({ exitCode: 1 });
    expect(end.stderr).toContain('error STORE_IN_USE');
    expect(end.stderr).toContain(service.url);
    expect(await service.get('/v1/health/live')).toBeDefined();
  });

  it('leaves a database alone that a newer version wrote', async () => {
    await (await start()).stop();
    const path = join(folder.path, 'data/state.db');
    const database = new Database(path);
    database.pragma('user_version = 999');
    database.close();
    const before = readFileSync(path);
    const end = await runLite(['--port', '0']);
    expect(end).toMatchObject({ exitCode: 1 });
    expect(end.stderr).toContain('error STORE_TOO_NEW');
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('says of a damaged database what to do', async () => {
    mkdirSync(join(folder.path, 'data'), { mode: 0o700 });
    writeFileSync(join(folder.path, 'data/state.db'), 'this is no database at all, '.repeat(100), {
      mode: 0o600,
    });
    const end = await runLite(['--port', '0']);
    expect(end).toMatchObject({ exitCode: 1 });
    expect(end.stderr).toContain('error STORE_DAMAGED');
  });

  it.each([
    { args: ['--host', '0.0.0.0'], env: {}, says: /INVALID_CONFIGURATION.*authentication/s },
    { args: ['--environment', 'production'], env: {}, says: /INVALID_CONFIGURATION.*authentication/s },
    { args: ['--port', '99999'], env: {}, says: /port/ },
    { args: [], env: { CTS_API_KEY: 'short', CTS_PORT: '0' }, says: /INVALID_CONFIGURATION/ },
    { args: ['--config', '/nowhere/cts.toml'], env: {}, says: /nowhere/ },
    { args: ['--prot', '1'], env: {}, says: /--port/ },
  ])('because of $args $env says what is wrong with it', async ({ args, env, says }) => {
    const end = await runLite(args, env);
    expect(end).toMatchObject({ exitCode: 2, stdout: '' });
    expect(end.stderr).toMatch(says);
    expect(end.stderr).not.toMatch(/\n {4}at /);
  });

  it.skipIf(process.getuid?.() === 0)('because it may not write there says so', async () => {
    chmodSync(folder.path, 0o500);
    expect((await runLite(['--port', '0'])).stderr).toMatch(/^error (STORE_UNAVAILABLE|OUTPUT_NOT_WRITABLE)/);
    chmodSync(folder.path, 0o700);
  });
});

describe('the command line', () => {
  it.each([
    { args: ['--help'], says: /--data-dir/ },
    { args: ['--version'], says: /^\d+\.\d+\.\d+\n$/ },
  ])('answers $args', async ({ args, says }) => {
    const end = await runLite(args);
    expect(end).toMatchObject({ exitCode: 0, stderr: '' });
    expect(end.stdout).toMatch(says);
    expect(existsSync(join(folder.path, 'data'))).toBe(false);
  });
});
