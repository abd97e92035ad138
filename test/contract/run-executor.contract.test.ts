import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorkerPool } from '../../server/adapters/workers/worker-pool.ts';
import type { RunExecutor, RunJob } from '../../server/services/runs/run-executor.ts';
import { type Behaviour, FakeExecutor } from '../support/fake-executor.ts';
import { Listening, makeJob } from '../support/run-job.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { useWorkerPrograms } from '../support/worker-programs.ts';

const SAMPLE = 'test/support/workers/sample-worker.ts';
const LADDER = { interruptMs: 200, terminateMs: 200 };

/** What the tools of the sample worker do, played by the fake. */
const PLAYED: Readonly<Record<string, Behaviour>> = {
  'leave-files': async (execution) => {
    execution.start();
    execution.leave('table.csv', 'one\n', { rows: 1 });
    execution.leave('empty.txt', '', { mediaType: 'text/plain' });
    await execution.say('half is left out', { level: 'WARNING' });
    execution.finish();
  },
  print: async (execution) => {
    execution.start();
    await execution.say('first', { source: 'stdout' });
    await execution.say('second\tä', { source: 'stdout' });
    await execution.say('\\x1b[31mred', { source: 'stdout' });
    await execution.say('oh', { source: 'stderr', level: 'ERROR' });
    await execution.say('two\nlines', { level: 'DEBUG' });
    execution.finish();
  },
  'tell-much': async (execution) => {
    execution.start();
    for (let i = 0; i < Number(execution.job.parameters['count']); i++) await execution.say(`line ${i}`);
    execution.finish();
  },
  refuse: (execution) => {
    execution.start();
    execution.fail('NOT_A_LOG', 'x holds no event', {
      details: { path: 'x', parts: ['a', 'b'] },
      actions: ['Give it another one.'],
    });
  },
  wait: async (execution) => {
    execution.start();
    await execution.say('waiting');
    await execution.stopRequested;
    execution.end({ kind: 'stopped', wasForced: false });
  },
  loop: async (execution) => {
    execution.start();
    await execution.say('looping');
    await execution.stopRequested;
    execution.end({ kind: 'stopped', wasForced: true });
  },
  exit: (execution) => {
    execution.start();
    const code = Number(execution.job.parameters['code']);
    execution.end({ kind: 'died', cause: 'crash', exitCode: code, signal: null, stderrTail: 'bye\n' });
  },
};

const programs = useWorkerPrograms(SAMPLE);
const folder = useTemporaryFolder();

const IMPLEMENTATIONS = [
  {
    name: 'the fake',
    create: () => new FakeExecutor((execution) => PLAYED[execution.job.toolId]?.(execution)),
  },
  {
    name: 'a pool of bundled workers',
    create: () => createWorkerPool({ program: programs.pathOf(SAMPLE), heapMegabytes: 128, ladder: LADDER }),
  },
  {
    name: 'a pool without workers started ahead',
    create: () =>
      createWorkerPool({ program: programs.pathOf(SAMPLE), heapMegabytes: 128, ladder: LADDER, prefork: 0 }),
  },
];

describe.each(IMPLEMENTATIONS)('$name', ({ create }) => {
  let executor: RunExecutor;
  beforeEach(() => {
    executor = create();
  });
  afterEach(() => executor.close());

  function jobOf(toolId: string, parameters: RunJob['parameters'] = {}): RunJob {
    return makeJob(folder.path, { toolId, parameters });
  }

  it('hands over the files that were finished', async () => {
    const listening = new Listening();
    const end = await executor.execute(jobOf('leave-files'), listening).ended;
    expect(end).toEqual({
      kind: 'finished',
      files: [
        {
          name: 'table.csv',
          path: join(folder.path, 'table.csv'),
          mediaType: 'text/csv',
          sizeBytes: 4,
          sha256: '2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806',
          rows: 1,
        },
        {
          name: 'empty.txt',
          path: join(folder.path, 'empty.txt'),
          mediaType: 'text/plain',
          sizeBytes: 0,
          sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
          rows: null,
        },
      ],
      inputs: [],
      report: null,
    });
    expect(readdirSync(folder.path).sort()).toEqual(['empty.txt', 'table.csv']);
    expect(readFileSync(join(folder.path, 'table.csv'), 'utf8')).toBe('one\n');
    expect(listening.lines).toEqual([{ level: 'WARNING', message: 'half is left out', source: 'tool' }]);
    expect(listening.starts).toBe(1);
  });

  it('tells nothing before it has returned', async () => {
    const listening = new Listening();
    const execution = executor.execute(jobOf('leave-files'), listening);
    expect([listening.starts, listening.lines]).toEqual([0, []]);
    await execution.ended;
  });

  it('tells each line with its source, and all of them before the end', async () => {
    const listening = new Listening();
    await executor.execute(jobOf('print'), listening).ended;
    expect(listening.said('stdout')).toEqual(['first', 'second\tä', '\\x1b[31mred']);
    expect(listening.said('stderr')).toEqual(['oh']);
    expect(listening.said('tool')).toEqual(['two\nlines']);
  });

  it('waits for a listener that takes its time', async () => {
    let pending = 0;
    let mostPending = 0;
    const listening = new Listening();
    const slow = {
      onStarted: () => undefined,
      onProgress: () => undefined,
      onLine: async (line: Parameters<Listening['onLine']>[0]) => {
        mostPending = Math.max(mostPending, ++pending);
        await new Promise((resolve) => setImmediate(resolve));
        pending--;
        void listening.onLine(line);
      },
    };
    await executor.execute(jobOf('tell-much', { count: 500 }), slow).ended;
    expect(mostPending).toBe(1);
    expect(listening.said('tool')).toEqual(Array.from({ length: 500 }, (_, i) => `line ${i}`));
  });

  it('tells why a tool refused', async () => {
    expect(await executor.execute(jobOf('refuse'), new Listening()).ended).toEqual({
      kind: 'failed',
      failure: {
        code: 'NOT_A_LOG',
        message: 'x holds no event',
        details: { path: 'x', parts: ['a', 'b'] },
        actions: ['Give it another one.'],
      },
    });
  });

  it('tells how a process died', async () => {
    expect(await executor.execute(jobOf('exit', { code: 7 }), new Listening()).ended).toEqual({
      kind: 'died',
      cause: 'crash',
      exitCode: 7,
      signal: null,
      stderrTail: 'bye\n',
    });
  });

  it.each([
    { toolId: 'wait', wasForced: false },
    { toolId: 'loop', wasForced: true },
  ])('stops $toolId, once and for all', async ({ toolId, wasForced }) => {
    const listening = new Listening();
    const execution = executor.execute(jobOf(toolId), listening);
    await listening.heard('ing');
    execution.stop();
    execution.stop();
    expect(await execution.ended).toEqual({ kind: 'stopped', wasForced });
    execution.stop();
  });

  it('is not disturbed by being told to stop afterwards', async () => {
    const execution = executor.execute(jobOf('refuse'), new Listening());
    const end = await execution.ended;
    execution.stop();
    expect(await execution.ended).toBe(end);
  });

  it('executes several runs at once', async () => {
    const listening = [new Listening(), new Listening(), new Listening()];
    const executions = listening.map((each) => executor.execute(jobOf('wait'), each));
    await Promise.all(listening.map((each) => each.heard('waiting')));
    executions[1]?.stop();
    expect(await executions[1]?.ended).toEqual({ kind: 'stopped', wasForced: false });
    for (const execution of executions) execution.stop();
    const ends = await Promise.all(executions.map(({ ended }) => ended));
    expect(ends.map(({ kind }) => kind)).toEqual(['stopped', 'stopped', 'stopped']);
  });

  it('ends all runs when it is closed, and begins no more', async () => {
    const listening = new Listening();
    const execution = executor.execute(jobOf('wait'), listening);
    await listening.heard('waiting');
    await executor.close();
    expect(await execution.ended).toEqual({ kind: 'stopped', wasForced: true });
    expect(await executor.execute(jobOf('wait'), new Listening()).ended).toMatchObject({
      kind: 'unavailable',
    });
    await executor.close();
  });
});
