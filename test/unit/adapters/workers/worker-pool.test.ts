import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createWorkerPool, type WorkerPoolOptions } from '../../../../server/adapters/workers/worker-pool.ts';
import type { ExecutionEnd, RunExecutor, RunJob } from '../../../../server/services/runs/run-executor.ts';
import { makeCanLog } from '../../../support/log-builder.ts';
import { isProcessAlive, listWorkers, waitUntil } from '../../../support/processes.ts';
import { repository } from '../../../support/repository.ts';
import { Listening, makeJob, placeOf } from '../../../support/run-job.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';
import { canRunTypeScript, useWorkerPrograms } from '../../../support/worker-programs.ts';

const MAIN = 'server/main-worker.ts';
const SAMPLE = 'test/support/workers/sample-worker.ts';
const HOSTILE = 'test/support/workers/hostile-worker.ts';

const programs = useWorkerPrograms(MAIN, SAMPLE, HOSTILE);
const folder = useTemporaryFolder();
const pools: RunExecutor[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

function createPool(program: string, options: Partial<WorkerPoolOptions> = {}): RunExecutor {
  const pool = createWorkerPool({ program, heapMegabytes: 128, prefork: 0, ...options });
  pools.push(pool);
  return pool;
}

function jobOf(toolId: string, job: Partial<RunJob> = {}): RunJob {
  return makeJob(folder.path, { toolId, ...job });
}

/** What the tool that tells of its surroundings says. */
interface Surroundings {
  readonly cwd: string;
  readonly pid: number;
  readonly ppid: number;
  readonly env: Readonly<Record<string, string>>;
  readonly execArgv: readonly string[];
}

async function askSurroundings(pool: RunExecutor, job: Partial<RunJob> = {}): Promise<Surroundings> {
  const listening = new Listening();
  await pool.execute(jobOf('tell-environment', job), listening).ended;
  return JSON.parse(listening.said('tool')[0] ?? '') as Surroundings;
}

describe('a worker', () => {
  it('works in its work folder and sees what it may', async () => {
    const environment = { PATH: process.env['PATH'], CTS_API_KEY: 'secret', LANG: 'C.UTF-8' };
    const pool = createPool(programs.pathOf(SAMPLE), { environment });
    const { cwd, ppid, env, execArgv } = await askSurroundings(pool);
    expect({ cwd, ppid }).toEqual({ cwd: folder.path, ppid: process.pid });
    expect(env).toEqual({
      PATH: process.env['PATH'],
      LANG: 'C.UTF-8',
      TMPDIR: folder.path,
      TEMP: folder.path,
      TMP: folder.path,
    });
    expect(execArgv).toContain('--max-old-space-size=128');
  });

  it('has the heap that its job may use, even when one with another is ready', async () => {
    const pool = createPool(programs.pathOf(SAMPLE), { prefork: 1 });
    const limits = { heapMegabytes: 64, residentMegabytes: 500, artifactBytes: 1 };
    expect((await askSurroundings(pool, { limits })).execArgv).toContain('--max-old-space-size=64');
  });

  it('executes one run and ends, even when its tool holds on to something', async () => {
    const pool = createPool(programs.pathOf(SAMPLE));
    const first = await askSurroundings(pool);
    const second = await askSurroundings(pool);
    expect(first.pid).not.toBe(second.pid);
    expect(await pool.execute(jobOf('hold-on'), new Listening()).ended).toMatchObject({ kind: 'finished' });
    expect(listWorkers()).toEqual([]);
  });

  it('may leave no process behind', async () => {
    const listening = new Listening();
    const pool = createPool(programs.pathOf(SAMPLE));
    expect(await pool.execute(jobOf('leave-children'), listening).ended).toMatchObject({ kind: 'finished' });
    const pids = /^pids (\d+) (\d+)$/.exec(listening.said('tool')[0] ?? '')?.slice(1) ?? [];
    expect(pids.map((pid) => isProcessAlive(Number(pid)))).toEqual([false, false]);
  });

  it('that is waited for in vain is said to be one', async () => {
    const end = await createPool(programs.pathOf(SAMPLE)).execute(jobOf('reject-later'), new Listening())
      .ended;
    expect(end).toMatchObject({ kind: 'died', cause: 'crash', exitCode: 1, signal: null });
    expect(end.kind === 'died' && end.stderrTail).toContain('nobody waits for me');
  });
});

describe('a folder for compiled programs', () => {
  it('is filled before there is a job', async () => {
    const compileCacheFolder = join(folder.path, 'compiled');
    createPool(programs.pathOf(SAMPLE), { prefork: 1, compileCacheFolder });
    await waitUntil(() => existsSync(compileCacheFolder) && listFiles(compileCacheFolder).length > 0);
    expect(listWorkers()).toHaveLength(1);
  });
});

describe('a run that is told to stop at once', () => {
  it.each([{ prefork: 0 }, { prefork: 1 }])('stops, with %o', async ({ prefork }) => {
    const pool = createPool(programs.pathOf(SAMPLE), { prefork });
    await waitUntil(() => listWorkers().length === prefork);
    const execution = pool.execute(jobOf('wait'), new Listening());
    execution.stop();
    expect(await execution.ended).toEqual({ kind: 'stopped', wasForced: false });
  });
});

describe('workers that are started ahead', () => {
  it('are used, and replaced', async () => {
    const pool = createPool(programs.pathOf(SAMPLE), { prefork: 2 });
    await waitUntil(() => listWorkers().length === 2);
    const ready = listWorkers();
    expect(ready).toContain((await askSurroundings(pool)).pid);
    await waitUntil(() => listWorkers().length === 2);
    expect(listWorkers()).not.toEqual(ready);
  });

  it('are not missed when one dies', async () => {
    const pool = createPool(programs.pathOf(SAMPLE), { prefork: 1 });
    await waitUntil(() => listWorkers().length === 1);
    const [pid = 0] = listWorkers();
    process.kill(pid, 'SIGKILL');
    await waitUntil(() => listWorkers().length === 0);
    expect((await askSurroundings(pool)).pid).not.toBe(pid);
  });

  it('go when the pool is closed', async () => {
    const pool = createPool(programs.pathOf(SAMPLE), { prefork: 2 });
    await waitUntil(() => listWorkers().length === 2);
    await pool.close();
    expect(listWorkers()).toEqual([]);
  });
});

describe('a program that does not start', () => {
  it('is unavailable, and says why', async () => {
    const end = await createPool(join(folder.path, 'none.cjs')).execute(jobOf('x'), new Listening()).ended;
    expect(end).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringMatching(
        /^the process ended with exit code 1 before it took the job: .*Cannot find module/s,
      ) as string,
    });
  });

  it('is not started over and over again', async () => {
    const marks = join(folder.path, 'marks');
    const program = join(folder.path, 'ends.cjs');
    writeFileSync(program, `require('fs').appendFileSync(${JSON.stringify(marks)}, 'x'); process.exit(3)`);
    const pool = createPool(program, { prefork: 1 });
    await waitUntil(() => existsSync(marks));
    await waitUntil(() => listWorkers().length === 0);
    expect(await pool.execute(jobOf('x'), new Listening()).ended).toMatchObject({ kind: 'unavailable' });
  });

  it('may be none at all', async () => {
    const pool = createPool('x', { execArgv: ['--no-such-option'] });
    expect(await pool.execute(jobOf('x'), new Listening()).ended).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('--no-such-option') as string,
    });
  });
});

describe('a hostile program', () => {
  async function endOf(toolId: string, text: string, times = 1): Promise<ExecutionEnd> {
    const pool = createPool(programs.pathOf(HOSTILE));
    return pool.execute(jobOf(toolId, { parameters: { text, times } }), new Listening()).ended;
  }

  it.each([
    { name: 'garbage', text: 'garbage\n', times: 1 },
    { name: 'an endless message', text: 'x'.repeat(100_000), times: 1000 },
    { name: 'what is wrong', text: '{"kind":"progress","progress":{"fraction":"1"}}\n', times: 1 },
  ])('that sends $name is killed, and nothing else happens', async ({ text, times }) => {
    expect(await endOf('stay', text, times)).toMatchObject({
      kind: 'died',
      cause: 'crash',
      stderrTail: expect.stringMatching(/^It sent what is no message: /) as string,
    });
  });

  it('that dies without a word about the end has crashed', async () => {
    expect(await endOf('go', '{"kind":"started"}\n')).toEqual({
      kind: 'died',
      cause: 'crash',
      exitCode: 0,
      signal: null,
      stderrTail: '',
    });
  });

  const finished = (name: string, sizeBytes: number): string => {
    const file = { name, mediaType: 'text/csv', sizeBytes, sha256: 'ab'.repeat(32), rows: null };
    const outcome = { kind: 'finished', files: [file], inputs: [], report: null };
    return `${JSON.stringify({ kind: 'outcome', outcome })}\n`;
  };

  it('that lives on after it told the end is killed, and the end counts', async () => {
    const end = await endOf('stay', finished('a', 4));
    expect(end).toMatchObject({ kind: 'finished', files: [{ path: join(folder.path, 'a') }] });
  });

  it('that tells the end twice is heard once', async () => {
    const end = await endOf('go', `${finished('a', 4)}{"kind":"outcome","outcome":{"kind":"stopped"}}\n`);
    expect(end).toMatchObject({ kind: 'finished' });
  });

  it.each([
    { toolId: 'go', name: 'a', sizeBytes: 5 },
    { toolId: 'go', name: 'b', sizeBytes: 4 },
    { toolId: 'go', name: '../secret', sizeBytes: 6 },
    { toolId: 'go', name: '.', sizeBytes: 4096 },
    { toolId: 'go', name: 'folder/c', sizeBytes: 4 },
    { toolId: 'symlink', name: 'a', sizeBytes: 4 },
    { toolId: 'hardlink', name: 'a', sizeBytes: 6 },
  ])('cannot pass off $name of $sizeBytes bytes ($toolId)', async ({ toolId, name, sizeBytes }) => {
    const work = join(folder.path, 'work');
    mkdirSync(join(work, 'folder'), { recursive: true });
    writeFileSync(join(work, 'folder', 'c'), 'four');
    writeFileSync(join(folder.path, 'secret'), 'secret');
    const parameters = { text: finished(name, sizeBytes) };
    const pool = createPool(programs.pathOf(HOSTILE));
    const { ended } = pool.execute(jobOf(toolId, { parameters, workFolder: work }), new Listening());
    expect(await ended).toMatchObject({
      kind: 'died',
      stderrTail: expect.stringMatching(/^It told of files that are not as it said/) as string,
    });
  });
});

describe('a listener that fails', () => {
  it('does not concern the run', async () => {
    const pool = createPool(programs.pathOf(SAMPLE));
    const fail = (): never => {
      throw new Error('no');
    };
    const listener = { onStarted: fail, onProgress: fail, onLine: fail };
    expect(await pool.execute(jobOf('print'), listener).ended).toMatchObject({ kind: 'finished' });
    const rejecting = { ...listener, onLine: () => Promise.reject(new Error('no')) };
    expect(await pool.execute(jobOf('print'), rejecting).ended).toMatchObject({ kind: 'finished' });
  });

  it('and never takes a line holds up the end for a moment only', async () => {
    const listening = new Listening();
    const deaf = {
      onStarted: () => undefined,
      onProgress: () => undefined,
      onLine: () => new Promise<void>(() => undefined),
    };
    const { ended } = createPool(programs.pathOf(SAMPLE)).execute(jobOf('refuse'), deaf);
    expect(await ended).toMatchObject({ kind: 'failed' });
    const stuck = createPool(programs.pathOf(SAMPLE)).execute(
      jobOf('exit', { parameters: { code: 1 } }),
      deaf,
    );
    expect(await stuck.ended).toMatchObject({ kind: 'died' });
    expect(listening.lines).toEqual([]);
  });
});

const LOG = makeCanLog([{ t: 5, which: 'can', can: [[1, 0, '00']] }]);

describe("the product's worker", () => {
  it.each([
    { name: 'bundled', isThere: true, program: () => programs.pathOf(MAIN) },
    { name: 'as it is written', isThere: canRunTypeScript, program: () => join(repository, MAIN) },
  ])('$name converts a log', async ({ isThere, program }) => {
    if (!isThere) return;
    const inputPath = join(folder.path, 'rlog');
    const workFolder = join(folder.path, 'work');
    mkdirSync(workFolder);
    writeFileSync(inputPath, LOG);
    const listening = new Listening();
    const job = jobOf('rlog-to-csv', { input: placeOf(inputPath), workFolder, parameters: { resync: true } });
    expect(await createPool(program()).execute(job, listening).ended).toMatchObject({
      kind: 'finished',
      files: [{ name: 'rlog.csv', mediaType: 'text/csv', rows: 1, path: join(workFolder, 'rlog.csv') }],
      inputs: [{ name: 'rlog', path: inputPath, sizeBytes: LOG.length }],
      report: { events: 1, isWhole: true },
    });
    expect(listening).toMatchObject({
      starts: 1,
      progress: [{ fraction: 1, message: 'reading rlog' }],
      lines: [{ level: 'INFO', message: 'Wrote rlog.csv with 1 rows.', source: 'tool' }],
    });
  });
});

function listFiles(path: string): readonly string[] {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
