import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunBody } from '#protocol';
import { CTS_PROGRAM } from '../support/cts-process.ts';
import { LiteProcess } from '../support/lite-process.ts';
import { sharedDir } from '../support/shared.ts';

const MAX_SECONDS = 5;
const MAX_MEGABYTES = 300;
/** Has a process write what it used to descriptor 3 when it exits. */
const COST_PROBE =
  "data:text/javascript,import{writeSync}from'node:fs';" +
  "process.on('exit',()=>writeSync(3,JSON.stringify(process.resourceUsage())))";

const data = join(sharedDir ?? '', 'data');
const KINDS = ['damaged', 'bomb', 'hostile', 'container'];

/** What a run of `cts` cost. */
interface Cost {
  readonly exitCode: number | null;
  readonly stderr: string;
  /** Of all threads: other work on the machine does not count. */
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

async function measureCts(args: readonly string[]): Promise<Cost> {
  const child = spawn(process.execPath, ['--import', COST_PROBE, CTS_PROGRAM, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    timeout: 6 * MAX_SECONDS * 1000,
  });
  let stderr = '';
  let usage = '';
  child.stderr?.on('data', (piece: Buffer) => (stderr += piece.toString()));
  child.stdio[3]?.on('data', (piece: Buffer) => (usage += piece.toString()));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  if (usage === '') throw new Error(`cts ${args.join(' ')} was killed: it took too long`);
  const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(usage) as NodeJS.ResourceUsage;
  return { exitCode, stderr, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1000 };
}

function listFiles(): readonly string[] {
  if (sharedDir === undefined) return [];
  const manifest = JSON.parse(readFileSync(join(data, 'manifest.json'), 'utf8')) as {
    file: string;
    kind: string;
  }[];
  return manifest.filter(({ kind }) => KINDS.includes(kind)).map(({ file }) => file);
}

const files = listFiles();

const COMMANDS = [
  { command: 'info', argsFor: (path: string) => ['info', path] },
  { command: 'events', argsFor: (path: string) => ['events', path] },
];

const cases = files.flatMap((file) => COMMANDS.map((command) => ({ file, ...command })));

describe.skipIf(sharedDir === undefined)('damaged and hostile files', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThan(50);
  });

  it.each(cases)('$file costs little: $command', async ({ file, argsFor }) => {
    const { exitCode, stderr, cpuSeconds, megabytes } = await measureCts(argsFor(join(data, file)));
    expect([0, 1], stderr).toContain(exitCode);
    expect(stderr).not.toContain('internal error');
    expect(stderr).not.toContain('TOOL_FAILED');
    expect(cpuSeconds).toBeLessThan(MAX_SECONDS);
    expect(megabytes).toBeLessThan(MAX_MEGABYTES);
    if (exitCode === 1) expect(stderr).toMatch(/^error [A-Z_]+: .*\n$/);
  });

  const TOLD: Readonly<Record<string, string>> = {
    'bad-checksum.rlog.zst': 'CONTAINER_CHECKSUM',
    'bomb-events.rlog.zst': 'SIZE_LIMIT',
    'bomb-zeros.rlog.zst': 'NOT_A_LOG',
    'corrupt-frame-header.rlog.zst': 'GARBAGE',
    'corrupt-root-pointers.rlog.zst': 'EVENT_UNREADABLE',
    'cut-bz2.rlog.bz2': 'CONTAINER_CUT',
    'cut-inside-event.rlog': 'LOG_CUT',
    'cut-zst-stream.rlog.zst': 'CONTAINER_CUT',
    'zero-tail.rlog': 'EMPTY_MESSAGES',
    'zst-trailing-garbage.rlog.zst': 'CONTAINER_TRAILING_BYTES',
    'adv/adv-one-frame-data-out-of-bounds': 'FRAMES_UNREADABLE',
  };

  it.each(Object.entries(TOLD))('%s is told as %s', async (file, code) => {
    expect((await measureCts(['info', join(data, file)])).stderr).toContain(code);
  });

  it.each(['bomb-content-size.rlog.zst', 'bomb-content-size-2g.rlog.zst'])(
    '%s: a promised size is not believed',
    async (file) => {
      const { exitCode, stderr } = await measureCts(['info', join(data, file)]);
      if (exitCode === 0) expect(stderr).toMatch(/1,146 events/);
      else expect(stderr).toMatch(/^error NOT_A_LOG/);
    },
  );
});

describe.skipIf(sharedDir === undefined)('a service that is given damaged and hostile files', () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'cts-hostile-'));
  let service: LiteProcess;

  beforeAll(async () => {
    const env = {
      CTS_WORKER_MEMORY_MB: String(MAX_MEGABYTES),
      CTS_WORKER_HEAP_MB: String(MAX_MEGABYTES),
      CTS_TOOL_TIMEOUT_SECONDS: '30',
    };
    service = await LiteProcess.start({ dataFolder, env });
  });

  afterAll(async () => {
    await service.kill();
    rmSync(dataFolder, { recursive: true, maxRetries: 20 });
  });

  // A run that needs more memory, or more time, is ended for that.
  it.each(files)('%s: rlog-to-csv ends well, or says what is wrong with the file', async (file) => {
    const input = { type: 'path', value: join(data, file) };
    const response = await fetch(`${service.url}/v1/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ tool_id: 'rlog-to-csv', input }),
    });
    expect(response.status).toBe(200);
    const run = await waitForEnd((await response.json()) as RunBody);
    if (run.status === 'completed') return;
    expect(run.error_category).toBe('validation_error');
    expect(['NOT_A_LOG', 'FILE_EMPTY', 'UNSUPPORTED_CONTAINER']).toContain(run.error_code);
  });

  async function waitForEnd({ id }: RunBody): Promise<RunBody> {
    for (;;) {
      const run = (await service.get(`/v1/runs/${id}`)) as RunBody;
      if (run.status !== 'queued' && run.status !== 'running') return run;
      await sleep(10);
    }
  }
});
