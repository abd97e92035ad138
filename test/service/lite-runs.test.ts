import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { zstdCompressSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ArtifactBody, RunBody } from '#protocol';
import { LiteProcess } from '../support/lite-process.ts';
import { buildCanEvent } from '../support/message-builder.ts';
import { isProcessAlive, listWorkers, waitUntil } from '../support/processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'cts-lite-runs-'));
const smallLog = join(folder, 'small.rlog.zst');
/** 512 MiB of log: many seconds of work. */
const longLog = join(folder, 'long.rlog.zst');
let dataFolder = '';
let service: LiteProcess;

function packLog(bytes: number): Uint8Array {
  const event = buildCanEvent(1n, [{ address: 0x101, bus: 0, data: [1, 2, 3, 4, 5, 6, 7, 8] }]);
  return zstdCompressSync(Buffer.alloc(event.length * Math.floor(bytes / event.length), event));
}

beforeAll(() => {
  writeFileSync(smallLog, packLog(100_000));
  writeFileSync(longLog, packLog(2 ** 29));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
});

beforeEach(async () => {
  dataFolder = mkdtempSync(join(folder, 'data-'));
  service = await LiteProcess.start({ dataFolder, env: { CTS_MAX_CONCURRENT_RUNS: '2' } });
});

afterEach(async () => {
  await service.kill();
});

function startRun(path: string, more: Readonly<Record<string, unknown>> = {}): Promise<RunBody> {
  const body = { tool_id: 'rlog-to-csv', input: { type: 'path', value: path }, max_bytes: 2 ** 30, ...more };
  return service.post('/v1/runs', body) as Promise<RunBody>;
}

function getRun(id: string): Promise<RunBody> {
  return service.get(`/v1/runs/${id}`) as Promise<RunBody>;
}

async function waitForState(id: string, ...states: readonly string[]): Promise<RunBody> {
  for (;;) {
    const run = await getRun(id);
    if (states.includes(run.status)) return run;
    await sleep(20);
  }
}

/** A run that is at work: its tool has told how far it is. */
async function startLongRun(more: Readonly<Record<string, unknown>> = {}): Promise<RunBody> {
  const { id } = await startRun(longLog, more);
  for (;;) {
    const run = await getRun(id);
    if ((run.progress ?? 0) > 0) return run;
    if (run.status !== 'queued' && run.status !== 'running')
      throw new Error(`The run ended: ${run.error ?? ''}`);
    await sleep(20);
  }
}

describe('a run of the service', () => {
  it('leaves its file, its manifest and its log, and they outlive the service', async () => {
    const { id } = await startRun(smallLog, { name: 'mine' });
    await waitForState(id, 'completed');
    const read = async (): Promise<unknown[]> => {
      const [artifact] = (await service.get(`/v1/runs/${id}/artifacts`)) as ArtifactBody[];
      const csv = await (await service.fetch(`/v1/artifacts/${artifact?.id ?? ''}/download`)).text();
      const paths = [`/v1/runs/${id}`, `/v1/runs/${id}/manifest`, `/v1/runs/${id}/logs/list`];
      const told = await Promise.all(paths.map((path) => service.get(path)));
      return [csv, artifact?.sha256, ...told];
    };
    const before = await read();
    expect(before[0]).toMatch(/^window,segment,timestamp,address,bus,data_hex\r\n1,pre,0\.000000,0x101,0,/);
    await service.kill();
    service = await LiteProcess.start({ dataFolder });
    expect(await read()).toEqual(before);
  });

  it('tells how far it is, and never goes back', async () => {
    const { id } = await startLongRun();
    const seen: number[] = [];
    while (seen.length < 10) {
      const { progress } = await getRun(id);
      if (progress !== null && progress !== seen.at(-1)) seen.push(progress);
      await sleep(5);
    }
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(Math.max(...seen)).toBeLessThanOrEqual(100);
  });

  it('waits its turn, and its place in the queue is told', async () => {
    const working = [await startLongRun(), await startLongRun()];
    const first = await startRun(smallLog);
    const second = await startRun(smallLog);
    expect(await getRun(second.id)).toMatchObject({ status: 'queued', queue_position: 2 });
    expect(await getRun(first.id)).toMatchObject({ status: 'queued', queue_position: 1 });
    for (const { id } of working) await service.fetch(`/v1/runs/${id}`, { method: 'DELETE' });
    await waitForState(second.id, 'completed');
    expect(
      (await getRun(first.id)).started_at?.localeCompare((await getRun(second.id)).started_at ?? ''),
    ).toBe(-1);
  });

  it('that is canceled stops working within two seconds, and stays canceled', async () => {
    const { id } = await startLongRun();
    // The one that works; another may stand ready.
    const [worker = 0] = listWorkers(service.pid);
    const askedAt = performance.now();
    expect(await (await service.fetch(`/v1/runs/${id}`, { method: 'DELETE' })).json()).toMatchObject({
      message: 'Run cancelled',
      run_id: id,
    });
    expect(performance.now() - askedAt).toBeLessThan(1000);
    expect(await getRun(id)).toMatchObject({ status: 'canceled' });
    await waitUntil(() => !isProcessAlive(worker));
    expect(performance.now() - askedAt).toBeLessThan(2000);
    expect(await getRun(id)).toMatchObject({ status: 'canceled', artifacts: [] });
  });

  it('that takes too long fails, and says so', async () => {
    const { id } = await startLongRun({ timeout_seconds: 1 });
    expect(await waitForState(id, 'failed')).toMatchObject({
      ...{ error_code: 'RUN_TIMED_OUT', error_category: 'tool_error' },
      error: 'Tool execution timed out after 1 seconds',
    });
  });

  it('whose process is killed fails, and the service works on', async () => {
    const { id } = await startLongRun();
    for (const pid of listWorkers(service.pid)) process.kill(pid, 'SIGKILL');
    expect(await waitForState(id, 'failed')).toMatchObject({
      error_code: 'TOOL_CRASHED',
      error_details: { signal: 'SIGKILL' },
    });
    const { id: next } = await startRun(smallLog);
    await waitForState(next, 'completed');
  });

  it('that worked when the service was killed has failed when it is back, and what waited goes on', async () => {
    const working = [await startLongRun(), await startLongRun()];
    const waiting = await startRun(smallLog);
    await service.kill();
    service = await LiteProcess.start({ dataFolder });
    for (const { id } of working)
      expect(await getRun(id)).toMatchObject({ status: 'failed', error_code: 'RUN_INTERRUPTED' });
    await waitForState(waiting.id, 'completed');
  });

  it('is done again with the same bytes', async () => {
    const { id } = await startRun(smallLog);
    await waitForState(id, 'completed');
    const again = (await service.post(`/v1/runs/${id}/rerun`)) as RunBody;
    expect(again.rerun_of).toBe(id);
    await waitForState(again.id, 'completed');
    const hashes = await Promise.all(
      [id, again.id].map(async (each) => {
        const [artifact] = (await service.get(`/v1/runs/${each}/artifacts`)) as ArtifactBody[];
        return artifact?.sha256;
      }),
    );
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is started once, however often it is asked for under one key', async () => {
    const body = JSON.stringify({ tool_id: 'rlog-to-csv', input: { type: 'path', value: smallLog } });
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'only-once' };
    const answers = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const response = await service.fetch('/v1/runs', { method: 'POST', headers, body });
        return ((await response.json()) as RunBody).id;
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(await service.get('/v1/runs')).toHaveLength(1);
  });
});

describe('a service that is told to stop', () => {
  it('ends what works, says what became of it, and leaves no process', async () => {
    const { id } = await startLongRun();
    const workers = listWorkers(service.pid);
    // Told twice: what works is not waited for.
    process.kill(service.pid, 'SIGTERM');
    await waitUntil(() => service.output.includes('Stopping'));
    expect(await service.stop()).toBe(0);
    expect(workers.filter(isProcessAlive)).toEqual([]);
    service = await LiteProcess.start({ dataFolder });
    expect((await getRun(id)).status).toBe('failed');
  });
});
