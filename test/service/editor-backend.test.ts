import { copyFileSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import type { Run, RunPage } from '#protocol';
import { EditorProcess } from '../support/editor-process.ts';
import { waitUntil } from '../support/processes.ts';
import { repository } from '../support/repository.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

vi.setConfig({ testTimeout: 90_000 });

const folder = useTemporaryFolder();
const SAMPLE = join(repository, 'media/sample/synthetic-subaru-55mph.rlog.zst');
const START = {
  toolId: 'rlog-to-csv',
  parameters: { window_start: 0, window_dur: 1 },
  input: { type: 'path', path: SAMPLE },
};

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function waitForEnd(backend: EditorProcess, runId: string): Promise<Run> {
  for (;;) {
    const run = await backend.ask<Run>('runs/get', { runId });
    if (run.state !== 'queued' && run.state !== 'running') return run;
    await sleep(20);
  }
}

describe.each(['ipc', 'stdio'] as const)('an editor over %s', (transport) => {
  it('hears who answers, asks requests of the contract, and says goodbye', async () => {
    const dataFolder = join(folder.path, 'data');
    const backend = await EditorProcess.start({ dataFolder, transport });
    expect(backend.facts).toMatchObject({ protocolVersion: 1, missing: [] });
    expect(backend.facts.tokenFile).toBe(join(dataFolder, 'token'));
    expect(statSync(backend.facts.tokenFile).mode & 0o777).toBe(0o600);
    expect((await fetch(`${backend.facts.httpUrl}/v1/runs`)).status).toBe(401);

    expect(await failureOf(backend.ask('runs/get', { runId: 'r9' }))).toMatchObject({
      code: -31430,
      data: { code: 'RUN_NOT_FOUND', category: 'validation_error', details: { run_id: 'r9' } },
    });
    expect(await failureOf(backend.ask('runs/get', { wrong: 1 }))).toMatchObject({
      code: -32602,
      data: { code: 'INVALID_PARAMETER' },
    });
    expect(await failureOf(backend.ask('nothing/such'))).toMatchObject({
      data: { code: 'ENDPOINT_NOT_FOUND' },
    });

    const source = new CancellationTokenSource();
    const watching = backend.connection.sendRequest('runs/watch', {}, source.token);
    const { id } = await backend.ask<Run>('runs/start', START);
    expect((await waitForEnd(backend, id)).state).toBe('completed');
    await waitUntil(() => JSON.stringify(backend.news).includes('"completed"'));
    expect(backend.news[0]).toEqual([
      'runs/changed',
      expect.objectContaining({ requestId: expect.any(Number) as unknown }),
    ]);
    source.cancel();
    expect(await watching).toEqual({ told: expect.any(Number) as unknown });
    expect(await backend.leave()).toBe(0);
  });
});

describe('the beginning', () => {
  it('refuses what it cannot begin with, in words and codes', async () => {
    const dataFolder = join(folder.path, 'data');
    const backend = new EditorProcess({ dataFolder });
    expect(await failureOf(backend.ask('runs/list', { limit: 1 }))).toMatchObject({ code: -32002 });
    expect(await failureOf(backend.initialize({ protocolVersion: 99 }))).toMatchObject({
      data: { code: 'INVALID_PARAMETER', details: { protocolVersion: 1 }, actions: ['Update the backend.'] },
    });
    expect(await failureOf(backend.initialize({ dataFolder: 7 }))).toMatchObject({
      data: { code: 'INVALID_PARAMETER' },
    });
  });

  it('says which setting of the editor is wrong', async () => {
    const settings = { maxConcurrentRuns: -1 };
    const backend = new EditorProcess({ dataFolder: join(folder.path, 'data'), settings });
    expect(await failureOf(backend.initialize())).toMatchObject({
      message: expect.stringContaining('max_concurrent_runs in the settings of the editor') as unknown,
      data: { code: 'INVALID_CONFIGURATION' },
    });
  });
});

describe('the end', () => {
  it('comes when the editor is gone, and a run that was working is done by the next one', async () => {
    const dataFolder = join(folder.path, 'data');
    const first = await EditorProcess.start({ dataFolder });
    const { id } = await first.ask<Run>('runs/start', START);
    first.child.disconnect();
    await waitUntil(() => first.hasExited);
    const second = await EditorProcess.start({ dataFolder });
    expect((await waitForEnd(second, id)).state).toBe('completed');
  });

  it('loses no run where it is killed', async () => {
    const dataFolder = join(folder.path, 'data');
    const first = await EditorProcess.start({ dataFolder });
    const { id } = await first.ask<Run>('runs/start', START);
    first.child.kill('SIGKILL');
    await waitUntil(() => first.hasExited);
    const second = await EditorProcess.start({ dataFolder });
    expect((await waitForEnd(second, id)).state).toBe('completed');
  });
});

describe('a second window', () => {
  it('sees the runs of the first, and keeps them when that is closed', async () => {
    const dataFolder = join(folder.path, 'data');
    const first = await EditorProcess.start({ dataFolder });
    const second = await EditorProcess.start({ dataFolder });
    expect(second.facts.httpUrl).toBe(first.facts.httpUrl);
    void second.ask('runs/watch').catch(() => undefined);
    const { id } = await second.ask<Run>('runs/start', START);
    expect((await waitForEnd(first, id)).state).toBe('completed');
    await waitUntil(() => JSON.stringify(second.news).includes(id));

    second.news.length = 0;
    expect(await first.leave()).toBe(0);
    await waitUntil(() => second.news.some(([method]) => method === 'cts/moved'));
    const page = await second.ask<RunPage>('runs/list', { limit: 10 });
    expect(page.runs.map((run) => run.id)).toEqual([id]);
    await waitUntil(() => second.news.some(([method]) => method === 'runs/changed'));
    const again = await second.ask<Run>('runs/start', START);
    expect((await waitForEnd(second, again.id)).state).toBe('completed');
  });

  it('takes over from one that is killed', async () => {
    const dataFolder = join(folder.path, 'data');
    const first = await EditorProcess.start({ dataFolder });
    const second = await EditorProcess.start({ dataFolder });
    const { id } = await first.ask<Run>('runs/start', START);
    first.child.kill('SIGKILL');
    expect((await waitForEnd(second, id)).state).toBe('completed');
  });
});

describe('without native modules', () => {
  it('works all the same, and says what is missing', async () => {
    const place = join(folder.path, 'installed');
    mkdirSync(join(place, 'programs'), { recursive: true });
    for (const file of ['server.cjs', 'programs/server.cjs', 'worker.cjs'])
      copyFileSync(join(repository, 'dist', file), join(place, file));
    const dataFolder = join(folder.path, 'data');
    const backend = await EditorProcess.start({ dataFolder, program: join(place, 'server.cjs') });
    expect(backend.facts.missing.join(' ')).toMatch(/zstd-napi .* better-sqlite3 /);
    expect(backend.log).not.toContain('Experimental');
    const { id } = await backend.ask<Run>('runs/start', START);
    expect((await waitForEnd(backend, id)).state).toBe('completed');
    // The lock holds between the two engines, too.
    const native = await EditorProcess.start({ dataFolder });
    expect(native.facts.httpUrl).toBe(backend.facts.httpUrl);
  });
});

describe('broken framing over stdio', () => {
  it('is answered, and leaves the backend neither deaf nor spinning', async () => {
    const backend = await EditorProcess.start({ dataFolder: join(folder.path, 'data'), transport: 'stdio' });
    const cpuBefore = readCpuTicks(backend);
    for (const garbage of [
      'GET / HTTP/1.1\r\n\r\n',
      'Content-Length: 99999999999\r\n\r\n{}',
      'Content-Length: 5000\r\n\r\n{"jsonrpc":"2.0"',
      'Content-Length: 3\r\n\r\n{"jsonrpc":"2.0","id":1}',
      'Content-Length: 2\r\n\r\n[]',
      'Content-Length: 4\r\n\r\nnull',
      `Content-Length: 52\r\n\r\n{"jsonrpc":"2.0","method":"$/cancelRequest","x":null}`,
      'x'.repeat(10_000),
    ]) {
      backend.child.stdin?.write(garbage);
      expect(await backend.ask('service/version')).toMatchObject({ protocolVersion: 1 });
    }
    await sleep(500);
    expect(readCpuTicks(backend) - cpuBefore).toBeLessThan(200);
    expect(await backend.leave()).toBe(0);
  });
});

/** Hundredths of a second that a process has worked. */
function readCpuTicks({ child }: EditorProcess): number {
  const fields =
    readFileSync(`/proc/${String(child.pid)}/stat`, 'utf8')
      .split(') ')[1]
      ?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}
