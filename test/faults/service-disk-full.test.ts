import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CleanedBody, HealthReportBody, ProblemBody, RunBody } from '#protocol';
import { LiteProcess } from '../support/lite-process.ts';
import { repository } from '../support/repository.ts';
import { mountTinyDisk, type TinyDisk } from '../support/tiny-disk.ts';

/** Its table has 2.4 MB. */
const SAMPLE = join(repository, 'media/sample/synthetic-subaru-55mph.rlog.zst');
const MEBIBYTE = 2 ** 20;

const disk: TinyDisk | undefined = mountTinyDisk(24 * 1024);
let service: LiteProcess;

const others = join(disk?.path ?? '', 'others');

/** Takes all the room that is left, but for some. */
function fillDisk(restBytes: number): void {
  const { bavail, bsize } = statfsSync(disk?.path ?? '');
  const bytes = bavail * bsize - restBytes;
  mkdirSync(others, { recursive: true });
  if (bytes > 0) writeFileSync(join(others, String(readdirSync(others).length)), Buffer.alloc(bytes));
}

function freeDisk(): void {
  rmSync(others, { recursive: true, force: true, maxRetries: 20 });
}

async function runSample(): Promise<RunBody> {
  const body = { tool_id: 'rlog-to-csv', input: { type: 'path', value: SAMPLE } };
  const { id } = (await service.post('/v1/runs', body)) as RunBody;
  for (;;) {
    const run = (await service.get(`/v1/runs/${id}`)) as RunBody;
    if (run.status !== 'queued' && run.status !== 'running') return run;
    await sleep(20);
  }
}

describe.skipIf(disk === undefined)('a service whose disk is full', () => {
  beforeAll(async () => {
    service = await LiteProcess.start({ dataFolder: join(disk?.path ?? '', 'data') });
  });

  afterEach(freeDisk);

  afterAll(async () => {
    await service.kill();
    disk?.remove();
  });

  it('fails the run that finds no room, says why, answers on, and works again when there is room', async () => {
    const whole = await runSample();
    expect(whole.status).toBe('completed');
    fillDisk(MEBIBYTE);
    const failed = await runSample();
    expect(failed).toMatchObject({
      status: 'failed',
      error_code: 'DISK_FULL',
      error_category: 'system_error',
    });
    expect(failed.suggested_actions.length).toBeGreaterThan(0);

    // What the service had kept for this moment is used up as well.
    fillDisk(MEBIBYTE);
    const health = (await (await fetch(`${service.url}/v1/health/detailed`)).json()) as HealthReportBody;
    expect(health.checks.find(({ name }) => name === 'file_system')?.status).not.toBe('healthy');
    const [artifact = ''] = whole.artifacts;
    const bytes = await (await service.fetch(`/v1/artifacts/${artifact}/download`)).arrayBuffer();
    expect(bytes.byteLength).toBe(2_372_907);

    freeDisk();
    const freedAt = performance.now();
    expect((await runSample()).status).toBe('completed');
    expect(performance.now() - freedAt).toBeLessThan(5000);
  });

  it('refuses what it cannot write down, keeps what it has, and can still clean up', async () => {
    const statuses = new Set<number>();
    // What is kept for this moment is given back, and the write-ahead log has some room of its own: both end.
    for (let count = 0; count < 60 && !statuses.has(507); count++) {
      fillDisk(0);
      const body = JSON.stringify({ tool_id: 'rlog-to-csv', input: { type: 'path', value: SAMPLE } });
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${service.url}/v1/runs`, { method: 'POST', headers, body });
      statuses.add(response.status);
      if (response.status === 507)
        expect((await response.json()) as ProblemBody).toMatchObject({
          code: 'DISK_FULL',
          error_category: 'system_error',
        });
      await sleep(20);
    }
    expect(statuses).toContain(507);
    const runs = (await service.get('/v1/runs?limit=1000')) as RunBody[];
    expect(runs.length).toBeGreaterThanOrEqual(2);
    await waitForQuiet();
    const cleaned = (await service.post('/v1/runs/clean', { older_than_seconds: 0 })) as CleanedBody;
    expect(cleaned.runs.length).toBeGreaterThanOrEqual(2);
    freeDisk();
    expect((await runSample()).status).toBe('completed');
  });
});

/** Runs whose end could not be written down are written down when there is room: some is made for that. */
async function waitForQuiet(): Promise<void> {
  freeDisk();
  fillDisk(64 * 1024);
  for (;;) {
    const active = (await service.get('/v1/runs?active=true&limit=1000')) as RunBody[];
    if (active.length === 0) return;
    await sleep(50);
  }
}
