import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createWorkerPool, type WorkerPoolOptions } from '../../server/adapters/workers/worker-pool.ts';
import type { ExecutionEnd, RunExecutor, RunJob, RunLine } from '../../server/services/runs/run-executor.ts';
import { makeCanLog } from '../support/log-builder.ts';
import { countDescriptors, isProcessAlive, listWorkers, waitUntil } from '../support/processes.ts';
import { repository } from '../support/repository.ts';
import { Listening, makeJob, placeOf } from '../support/run-job.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { canRunTypeScript, useWorkerPrograms } from '../support/worker-programs.ts';

const MAIN = 'server/main-worker.ts';
const SAMPLE = 'test/support/workers/sample-worker.ts';
const OWNER = 'test/support/workers/pool-owner.ts';
const MEGABYTE = 1 << 20;
const LADDER_MS = 10_000;

const programs = useWorkerPrograms(MAIN, SAMPLE, OWNER);
const folder = useTemporaryFolder();
const pools: RunExecutor[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

function createPool(options: Partial<WorkerPoolOptions> = {}): RunExecutor {
  const pool = createWorkerPool({ program: programs.pathOf(SAMPLE), heapMegabytes: 128, ...options });
  pools.push(pool);
  return pool;
}

function jobOf(toolId: string, job: Partial<RunJob> = {}): RunJob {
  return makeJob(mkdtempSync(join(folder.path, 'work-')), { toolId, ...job });
}

/** Executes a run beside one that waits, which must not notice. */
async function executeBeside(toolId: string, job: Partial<RunJob> = {}): Promise<ExecutionEnd> {
  const pool = createPool();
  const neighbour = new Listening();
  const other = pool.execute(jobOf('wait'), neighbour);
  await neighbour.heard('waiting');
  const end = await pool.execute(jobOf(toolId, job), new Listening()).ended;
  other.stop();
  expect(await other.ended).toEqual({ kind: 'stopped', wasForced: false });
  return end;
}

describe('F06: a native crash', () => {
  it.each(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGKILL'])('by %s is told with its signal', async (signal) => {
    expect(await executeBeside('die-by-signal', { parameters: { signal } })).toEqual({
      kind: 'died',
      cause: 'crash',
      exitCode: null,
      signal,
      stderrTail: '',
    });
  });

  it('is told with the last 64 KiB of stderr', async () => {
    const end = await executeBeside('print-and-abort');
    if (end.kind !== 'died') throw new Error(end.kind);
    expect(end).toMatchObject({ cause: 'crash', signal: 'SIGABRT' });
    expect(Buffer.byteLength(end.stderrTail)).toBe(65_536);
    expect(end.stderrTail).toContain('02999 xxx');
  });
});

describe('F07: a full heap', () => {
  it('is told as such, within 2 s of the death', async () => {
    const listening = new Listening();
    const { ended } = createPool().execute(jobOf('fill-heap'), listening);
    await listening.heard('heap out of memory');
    const since = performance.now();
    const end = await ended;
    expect(performance.now() - since).toBeLessThan(2000);
    expect(end).toMatchObject({ kind: 'died', cause: 'heap', signal: 'SIGABRT' });
  });
});

describe('F08: memory outside of the heap', () => {
  it('is limited to 64 MiB above what was allowed', async () => {
    const limits = { heapMegabytes: 128, residentMegabytes: 512, artifactBytes: 1 };
    for (let round = 0; round < 5; round++) {
      const listening = new Listening();
      const { ended } = createPool().execute(jobOf('fill-memory', { limits }), listening);
      expect(await ended).toMatchObject({ kind: 'died', cause: 'memory', signal: 'SIGKILL' });
      const most = Math.max(...listening.said('tool').map((line) => Number(/^(\d+) MB$/.exec(line)?.[1])));
      expect(most).toBeGreaterThan(400);
      expect(most).toBeLessThan(512 + 64);
    }
  });
});

describe('F09: an endless loop', () => {
  it('ends with the ladder', async () => {
    const listening = new Listening();
    const execution = createPool().execute(jobOf('loop'), listening);
    await listening.heard('looping');
    const since = performance.now();
    execution.stop();
    expect(performance.now() - since).toBeLessThan(200);
    expect(await execution.ended).toEqual({ kind: 'stopped', wasForced: true });
    expect(performance.now() - since).toBeLessThan(LADDER_MS);
  });
});

describe('F10: processes that ignore signals', () => {
  it('and all that they started are gone with the ladder', async () => {
    const listening = new Listening();
    const execution = createPool().execute(jobOf('ignore-everything'), listening);
    const pids = readPids(await listening.heard('pids'));
    expect(pids).toHaveLength(3);
    expect(pids.map(isProcessAlive)).toEqual([true, true, true]);
    const since = performance.now();
    execution.stop();
    expect(await execution.ended).toEqual({ kind: 'stopped', wasForced: true });
    expect(performance.now() - since).toBeLessThan(LADDER_MS + 1000);
    expect(pids.map(isProcessAlive)).toEqual([false, false, false]);
  });
});

describe('F11: output without end', () => {
  const GIGABYTE = 1_000_000_000;

  it.each([
    { toolId: 'print-lines', lines: Math.ceil(GIGABYTE / 65_500) * 655 },
    { toolId: 'print-one-line', lines: 1 },
  ])('by $toolId costs no memory, and the run finishes', async ({ toolId, lines }) => {
    let heard = 0;
    let taken = 0;
    const meter = await MemoryMeter.start();
    const listener = {
      onStarted: () => undefined,
      onProgress: () => undefined,
      onLine: ({ message }: RunLine): void | Promise<void> => {
        heard++;
        taken += message.length;
        // As a log that goes to disk from time to time.
        return heard % 5000 === 0 ? sleep(1) : undefined;
      },
    };
    const job = jobOf(toolId, { parameters: { bytes: GIGABYTE } });
    expect(await createPool().execute(job, listener).ended).toMatchObject({ kind: 'finished' });
    expect(heard).toBe(lines);
    expect(taken).toBeGreaterThan(8000);
    expect(meter.stop()).toBeLessThan(32 * MEGABYTE);
  });

  it('by a tool that says 300,000 lines is held back too', async () => {
    const meter = await MemoryMeter.start();
    let heard = 0;
    const listener = {
      onStarted: () => undefined,
      onProgress: () => undefined,
      onLine: () => {
        heard++;
        return heard % 5000 === 0 ? sleep(1) : undefined;
      },
    };
    const job = jobOf('tell-much', { parameters: { count: 300_000 } });
    expect(await createPool().execute(job, listener).ended).toMatchObject({ kind: 'finished' });
    expect(heard).toBe(300_000);
    expect(meter.stop()).toBeLessThan(32 * MEGABYTE);
  });
});

describe('F01: a service that is killed', () => {
  let owner: ChildProcess | undefined;
  afterEach(() => owner?.kill('SIGKILL'));

  it.each([
    { name: 'bundled', isThere: true, program: () => programs.pathOf(SAMPLE) },
    { name: 'as they are written', isThere: canRunTypeScript, program: () => join(repository, SAMPLE) },
  ])('takes all processes of its runs along: workers $name', async ({ isThere, program }) => {
    if (!isThere) return;
    for (let round = 0; round < 5; round++) {
      const child = spawn(process.execPath, [programs.pathOf(OWNER), program(), folder.path], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      owner = child;
      const ownerId = child.pid ?? 0;
      const pids = await gatherPids(child.stdout);
      await waitUntil(() => listWorkers(ownerId).length === 3);
      const all = [...new Set([...pids, ...listWorkers(ownerId)])];
      expect(all).toHaveLength(5);
      const since = performance.now();
      child.kill('SIGKILL');
      await waitUntil(() => !all.some(isProcessAlive));
      expect(performance.now() - since).toBeLessThan(5000);
    }
  });
});

describe('200 runs in a row', () => {
  it('leave nothing behind in the service', async () => {
    const inputPath = join(folder.path, 'rlog');
    writeFileSync(inputPath, makeCanLog([{ t: 5, which: 'can', can: [[1, 0, '00']] }]));
    const pool = createPool({ program: programs.pathOf(MAIN) });
    const work = (runs: number): Promise<void> => executeOften({ pool, inputPath, runs });
    await work(20);
    const before = await takeStock();
    await work(200);
    const after = await takeStock();
    expect(after.workers).toBe(1);
    expect(Math.abs(after.handles - before.handles)).toBeLessThanOrEqual(5);
    expect(Math.abs(after.descriptors - before.descriptors)).toBeLessThanOrEqual(5);
    expect(after.residentBytes - before.residentBytes).toBeLessThan(32 * MEGABYTE);
  });
});

interface Often {
  readonly pool: RunExecutor;
  readonly inputPath: string;
  readonly runs: number;
}

async function executeOften({ pool, inputPath, runs }: Often): Promise<void> {
  for (let run = 0; run < runs; run++) {
    const job = jobOf('rlog-to-csv', { input: placeOf(inputPath), parameters: { resync: true } });
    expect(await pool.execute(job, new Listening()).ended).toMatchObject({ kind: 'finished' });
  }
}

interface Stock {
  readonly handles: number;
  readonly descriptors: number;
  readonly workers: number;
  readonly residentBytes: number;
}

async function takeStock(): Promise<Stock> {
  await waitUntil(() => listWorkers().length === 1);
  await sleep(100);
  globalThis.gc?.();
  return {
    handles: process.getActiveResourcesInfo().length,
    descriptors: countDescriptors(),
    workers: listWorkers().length,
    residentBytes: process.memoryUsage.rss(),
  };
}

/** Measures by how much this process grows. */
class MemoryMeter {
  readonly #before: number;
  #most: number;
  readonly #timer: NodeJS.Timeout;

  private constructor() {
    this.#before = process.memoryUsage.rss();
    this.#most = this.#before;
    this.#timer = setInterval(() => {
      this.#most = Math.max(this.#most, process.memoryUsage.rss());
    }, 20);
  }

  /** What the machinery itself needs once is there before. */
  static async start(): Promise<MemoryMeter> {
    await createPool().execute(jobOf('print'), new Listening()).ended;
    const bytes = 100_000_000;
    await createPool().execute(jobOf('print-lines', { parameters: { bytes } }), new Forgetful()).ended;
    return new MemoryMeter();
  }

  stop(): number {
    clearInterval(this.#timer);
    return this.#most - this.#before;
  }
}

/** Hears lines and keeps none. */
class Forgetful extends Listening {
  override onLine(): void {
    this.starts++;
  }
}

function readPids(line: string): readonly number[] {
  return (/^pids (.*)$/.exec(line)?.[1] ?? '').split(' ').map(Number);
}

/** The processes of both runs: three of one, one of the other. */
async function gatherPids(stdout: Readable): Promise<readonly number[]> {
  const pids: number[] = [];
  for await (const line of createInterface({ input: stdout })) {
    pids.push(...[...line.matchAll(/\d+/g)].map(([pid]) => Number(pid)));
    if (pids.length === 4) break;
  }
  return pids;
}
