import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArtifactBody, RunBody, UploadBody } from '#protocol';
import { LiteProcess } from '../support/lite-process.ts';
import { isProcessAlive, listWorkers, waitUntil } from '../support/processes.ts';
import { seededRandom } from '../support/random.ts';
import { repository } from '../support/repository.ts';

/** Kills; `CTS_KILLS` asks for fewer where time is short. */
const LOOPS = Number(process.env['CTS_KILLS'] ?? 100);
/** Kills go on until so many artifacts were told, up to twice as many kills: a slow machine completes fewer runs. */
const LEAST_ARTIFACTS = Math.ceil(LOOPS / 2) + 1;
const SAMPLE = join(repository, 'media/sample/synthetic-subaru-55mph.rlog.zst');
const SEED = 20_261_127;
/** More than these would only wait. */
const RUNS_A_STARTER = 3;

const folder = mkdtempSync(join(tmpdir(), 'cts-kill-'));
const dataFolder = join(folder, 'data');
const smallLog = join(folder, 'small.rlog.zst');
const random = seededRandom(SEED);

/** What a service promised before it was killed. */
interface Promises {
  readonly runs: Set<string>;
  /** Contents of artifacts of runs that were told to be completed, by artifact. */
  readonly artifacts: Map<string, string>;
  /** Hashes of uploads that were told to be completed. */
  readonly uploads: Map<string, string>;
}

const promised: Promises = { runs: new Set(), artifacts: new Map(), uploads: new Map() };

/** Runs, uploads and artifacts come and go until the service is killed; what it acknowledges is noted. */
async function useService(service: LiteProcess, signal: AbortSignal): Promise<void> {
  const workers = [startRuns, startRuns, sendUploads, watchRuns];
  await Promise.all(workers.map((work) => work(service, signal).catch(() => undefined)));
}

async function startRuns(service: LiteProcess, signal: AbortSignal): Promise<void> {
  for (let count = 0; count < RUNS_A_STARTER && !signal.aborted; count++) {
    const path = random() < 0.3 ? SAMPLE : smallLog;
    const body = { tool_id: 'rlog-to-csv', input: { type: 'path', value: path } };
    const run = (await service.post('/v1/runs', body)) as RunBody;
    promised.runs.add(run.id);
    if (random() < 0.1) await service.fetch(`/v1/runs/${run.id}`, { method: 'DELETE' });
    await sleep(100 * random());
  }
}

async function sendUploads(service: LiteProcess, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const bytes = randomBytes(1 + Math.floor(random() * 1e6));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const upload = (await service.post('/v1/uploads', {
      filename: 'in.csv',
      size: bytes.length,
      sha256,
    })) as UploadBody;
    await service.fetch(upload.upload_url, { method: 'PUT', body: bytes });
    await service.post(`/v1/uploads/${upload.id}/finalize`);
    promised.uploads.set(upload.id, sha256);
  }
}

async function watchRuns(service: LiteProcess, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const runs = (await service.get('/v1/runs?status=completed&limit=20')) as RunBody[];
    for (const { id } of runs) {
      const artifacts = (await service.get(`/v1/runs/${id}/artifacts`)) as ArtifactBody[];
      for (const artifact of artifacts) promised.artifacts.set(artifact.id, artifact.sha256);
    }
    await sleep(20);
  }
}

async function hashOf(service: LiteProcess, artifactId: string): Promise<string> {
  const response = await service.fetch(`/v1/artifacts/${artifactId}/download`);
  return createHash('sha256')
    .update(Buffer.from(await response.arrayBuffer()))
    .digest('hex');
}

/** Every run that was acknowledged is there, and none claims to work since before the service was started. */
async function checkRuns(service: LiteProcess, runIds: Iterable<string>, startedAt: string): Promise<void> {
  for (const id of runIds) {
    const run = (await service.get(`/v1/runs/${id}`)) as RunBody;
    expect(run.id).toBe(id);
  }
  const running = (await service.get('/v1/runs?status=running&limit=1000')) as RunBody[];
  expect(running.filter((run) => (run.started_at ?? '') < startedAt)).toEqual([]);
}

/** Services live longer where fewer artifacts were told than should be by now. */
function longestLifeMs(loop: number): number {
  return promised.artifacts.size * LOOPS < loop * LEAST_ARTIFACTS ? 2600 : 1300;
}

function wantsMore(loop: number): boolean {
  return loop < 2 * LOOPS && promised.artifacts.size < LEAST_ARTIFACTS;
}

beforeAll(async () => {
  const { zstdCompressSync } = await import('node:zlib');
  const { buildCanEvent } = await import('../support/message-builder.ts');
  const event = buildCanEvent(1n, [{ address: 0x101, bus: 0, data: [1, 2, 3, 4, 5, 6, 7, 8] }]);
  writeFileSync(smallLog, zstdCompressSync(Buffer.alloc(event.length * 2000, event)));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
});

describe(`a service that is killed ${String(LOOPS)} times at any moment (seed ${String(SEED)})`, () => {
  it('keeps every promise, leaves no process behind, and never claims that a dead run works', async () => {
    let before = new Set<string>();
    for (let loop = 0; loop < LOOPS || wantsMore(loop); loop++) {
      const startedAt = new Date().toISOString();
      const service = await LiteProcess.start({ dataFolder });
      await checkRuns(
        service,
        [...promised.runs].filter((id) => !before.has(id)),
        startedAt,
      );
      before = new Set(promised.runs);
      const ending = new AbortController();
      const using = useService(service, ending.signal);
      // Long enough for some runs to be completed, and told, before the end.
      await sleep(50 + longestLifeMs(loop) * random());
      const workers = listWorkers(service.pid);
      await service.kill();
      ending.abort();
      await using;
      // The children of a dead service end within seconds, whatever they were doing.
      const killedAt = performance.now();
      await waitUntil(
        () => workers.every((pid) => !isProcessAlive(pid)) || performance.now() - killedAt > 5000,
      );
      expect(workers.filter(isProcessAlive)).toEqual([]);
    }
    const startedAt = new Date().toISOString();
    const service = await LiteProcess.start({ dataFolder });
    try {
      await checkRuns(service, promised.runs, startedAt);
      await checkEverything(service);
    } finally {
      await service.stop();
    }
  });
});

async function checkEverything(service: LiteProcess): Promise<void> {
  const deadline = performance.now() + 240_000;
  const countActive = async (): Promise<number> =>
    ((await service.get('/v1/runs?active=true&limit=1000')) as RunBody[]).length;
  while ((await countActive()) > 0 && performance.now() < deadline) await sleep(200);
  expect(await countActive()).toBe(0);

  for (const [id, sha256] of promised.uploads)
    expect(await service.get(`/v1/uploads/${id}`)).toMatchObject({ status: 'completed', sha256 });
  for (const [id, sha256] of promised.artifacts) expect(await hashOf(service, id)).toBe(sha256);
  expect(await service.get('/v1/store/verify?with_checksums=true')).toMatchObject({
    isIntact: true,
    database: 'ok',
    missing: [],
    damaged: [],
  });
  expect(promised.runs.size).toBeGreaterThan(LOOPS);
  expect(promised.uploads.size).toBeGreaterThan(LOOPS / 2);
  expect(promised.artifacts.size).toBeGreaterThan(LOOPS / 2);
}
