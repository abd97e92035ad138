import { textFiles } from '../../../server/adapters/files/text-files.ts';
import { systemClock } from '../../../server/adapters/time/system-clock.ts';
import { spawn } from 'node:child_process';
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { CtsError } from '#protocol';
import { artifactFolders } from '../../../server/adapters/artifacts/artifact-folder.ts';
import { FileLogLocator } from '../../../server/adapters/files/log-locator.ts';
import { fileInputs } from '../../../server/adapters/workers/file-inputs.ts';
import { serveRun } from '../../../server/adapters/workers/worker-program.ts';
import { executeJob } from '../../../server/services/execution/execute-job.ts';
import { ToolRegistry } from '../../../server/services/tools/tool-registry.ts';
import type { Analyzer, ToolContext } from '../../../server/tools/tool.ts';

type Work = (context: ToolContext<Record<string, unknown>>) => Promise<void> | void;

/** Well-behaved, ill-behaved and broken tools, by id. */
const TOOLS: Readonly<Record<string, Work>> = {
  'leave-files': async (context) => {
    const table = await context.artifacts.create('table.csv', 'text/csv');
    await context.artifacts.create('half.txt', 'text/plain');
    await table.write(Buffer.from('one\n'));
    await table.finish({ rows: 1 });
    const empty = await context.artifacts.create('empty.txt', 'text/plain');
    await empty.finish();
    context.tell('WARNING', 'half is left out');
  },
  'tell-environment': (context) => {
    const { pid, ppid, env, execArgv } = process;
    context.tell('INFO', JSON.stringify({ cwd: process.cwd(), pid, ppid, env, execArgv }));
  },
  print: (context) => {
    process.stdout.write('first\nsecond\tä\r\n\u001b[31mred');
    process.stderr.write('oh\n');
    context.tell('DEBUG', 'two\nlines');
  },
  'tell-much': async (context) => {
    for (let i = 0; i < Number(context.parameters['count']); i++) context.tell('INFO', `line ${i}`);
  },
  refuse: () => {
    const options = { details: { path: 'x', parts: ['a', 'b'] }, actions: ['Give it another one.'] };
    throw new CtsError('NOT_A_LOG', 'x holds no event', options);
  },
  wait: async (context) => {
    context.tell('INFO', 'waiting');
    await sleep(3_600_000, undefined, { signal: context.signal });
  },
  loop: (context) => {
    context.tell('INFO', `looping ${process.pid}`);
    for (;;);
  },
  'ignore-everything': (context) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
    const children = [startStubborn(), startStubborn()];
    context.tell('INFO', `pids ${[process.pid, ...children].join(' ')}`);
    for (;;);
  },
  'leave-children': (context) => {
    context.tell('INFO', `pids ${[startStubborn(), startStubborn()].join(' ')}`);
  },
  exit: ({ parameters }) => {
    writeSync(2, 'bye\n');
    process.exit(Number(parameters['code']));
  },
  'print-and-abort': () => {
    for (let i = 0; i < 3000; i++) writeSync(2, `${String(i).padStart(5, '0')} ${'x'.repeat(94)}\n`);
    process.abort();
  },
  'die-by-signal': ({ parameters }) => {
    process.kill(process.pid, String(parameters['signal']));
    for (;;);
  },
  'fill-heap': () => {
    const kept: number[][] = [];
    for (;;) kept.push(Array.from({ length: 10_000 }, (_, i) => i));
  },
  'fill-memory': (context) => {
    const kept: Buffer[] = [];
    for (;;) {
      kept.push(Buffer.alloc(4 << 20, 1));
      context.tell('INFO', `${Math.ceil(process.memoryUsage.rss() / 1e6)} MB`);
    }
  },
  'print-lines': ({ parameters }) => {
    printBytes(Number(parameters['bytes']), Buffer.from(`${'y'.repeat(99)}\n`.repeat(655)));
  },
  'print-one-line': ({ parameters }) => {
    printBytes(Number(parameters['bytes']), Buffer.alloc(65_536, 'z'));
  },
  'reject-later': async () => {
    void Promise.reject(new Error('nobody waits for me'));
    await sleep(60_000);
  },
  'hold-on': () => {
    setInterval(() => undefined, 1000);
  },
};

/** Starts a process that no polite signal ends. */
function startStubborn(): number {
  const program = 'trap "" INT TERM HUP; while :; do sleep 1; done';
  return spawn('/bin/sh', ['-c', program], { stdio: 'inherit' }).pid ?? 0;
}

function printBytes(bytes: number, piece: Buffer): void {
  for (let left = bytes; left > 0; left -= piece.length) process.stdout.write(piece);
}

function makeTool(id: string, work: Work): Analyzer {
  return {
    id,
    version: '1.0.0',
    title: id,
    summary: id,
    description: id,
    input: { parameter: 'path', kinds: ['log'], isRequired: false },
    outputTypes: ['text/csv'],
    parameters: z.object({}),
    run: async (context) => work(context),
  };
}

serveRun(async () => {
  const ports = {
    tools: new ToolRegistry(Object.entries(TOOLS).map(([id, work]) => makeTool(id, work))),
    openLogs: (within: readonly string[]) => new FileLogLocator({ within }),
    folders: artifactFolders,
    inputs: fileInputs,
    texts: textFiles,
    clock: systemClock,
  };
  return (job, context) => executeJob(job, ports, context);
});
