import { describe, expect, it } from 'vitest';
import { CtsError } from '#protocol';
import { settle } from '../../../support/fake-clock.ts';
import { MemoryService } from '../../../support/memory-service.ts';

const DIED = { kind: 'died', cause: 'crash', exitCode: null, signal: 'SIGSEGV', stderrTail: 'ouch' } as const;

async function startOne(service: MemoryService): Promise<Awaited<ReturnType<typeof service.executor.next>>> {
  await service.start();
  return service.executor.next();
}

describe('a run that fails', () => {
  it.each([
    {
      how: 'by what its tool told',
      end: {
        kind: 'failed',
        failure: { code: 'NOT_A_LOG', message: 'no log', details: { path: 'x' }, actions: ['Look'] },
      },
      error: {
        ...{ code: 'NOT_A_LOG', category: 'validation_error', message: 'no log', details: { path: 'x' } },
        suggestedActions: ['Look', 'Check input parameters and file formats'],
      },
      line: 'ERROR service: Validation error in tool execution: no log',
    },
    {
      how: 'because its process died',
      end: DIED,
      error: {
        ...{ code: 'TOOL_CRASHED', category: 'tool_error', details: { signal: 'SIGSEGV', stderr: 'ouch' } },
        message: 'The process of the run died of SIGSEGV',
      },
      line: 'ERROR service: Tool execution failed: The process of the run died of SIGSEGV',
    },
    {
      how: 'because it needed too much memory',
      end: { ...DIED, cause: 'heap', signal: 'SIGABRT' },
      error: { code: 'TOOL_OUT_OF_MEMORY', category: 'tool_error', details: { error_type: 'memory' } },
      line: 'ERROR service: Tool execution failed: The run needed more objects than a run may have',
    },
  ] as const)('$how says so, and leaves nothing', async ({ end, error, line }) => {
    const service = new MemoryService();
    const execution = await startOne(service);
    execution.end(end);
    await settle();
    expect(await service.runs.get('run-1')).toMatchObject({ state: 'failed', error, artifactIds: [] });
    expect(await service.readLog('run-1')).toContain(line);
    expect(service.schedule.activeRuns).toBe(0);
    expect(service.observed.at(-1)).toEqual(['ended', 'sample-tool', 'failed', 0]);
  });

  it('because a file is larger than it may be, keeps none of its files', async () => {
    const service = new MemoryService();
    service.finishWith(await startOne(service), 'big.csv', 'x'.repeat(1001));
    await settle();
    expect(await service.runs.get('run-1')).toMatchObject({
      state: 'failed',
      error: { code: 'ARTIFACT_TOO_LARGE' },
    });
    expect(service.stores.files.size).toBe(0);
  });

  it('because its input has gone meanwhile, says so', async () => {
    const service = new MemoryService({ settings: { maxConcurrentRuns: 1 } });
    const { id } = await service.uploads.create({ filename: 'in.csv', sizeBytes: 0 });
    await service.uploads.finalize(id);
    await service.start();
    await service.start({ input: { type: 'upload', uploadId: id } });
    await service.stores.uploads.remove(id);
    (await service.executor.next()).finish();
    await settle();
    expect(await service.runs.get('run-2')).toMatchObject({
      state: 'failed',
      error: { code: 'UPLOAD_NOT_FOUND' },
    });
  });
});

describe('a failure that may pass', () => {
  it('is answered by trying once more, after a while', async () => {
    const service = new MemoryService();
    (await startOne(service)).end({ kind: 'unavailable', reason: 'EAGAIN' });
    await settle();
    expect(await service.runs.get('run-1')).toMatchObject({
      state: 'running',
      attempt: 2,
      recoveryAttempted: true,
    });
    expect(service.executor.executions).toHaveLength(1);
    service.clock.advance(2000);
    const second = await service.executor.next();
    expect(second.job.attempt).toBe(2);
    second.end({ kind: 'unavailable', reason: 'EAGAIN' });
    await settle();
    expect(await service.runs.get('run-1')).toMatchObject({
      ...{ state: 'failed', attempt: 2, recoveryAttempted: true },
      error: { code: 'WORKER_UNAVAILABLE', category: 'system_error' },
    });
  });

  it('is not tried again when the run is canceled meanwhile', async () => {
    const service = new MemoryService();
    (await startOne(service)).end({ kind: 'unavailable', reason: 'EAGAIN' });
    await settle();
    await service.runs.cancel('run-1');
    await settle();
    expect(service.schedule.activeRuns).toBe(0);
    service.clock.advance(10_000);
    await settle();
    expect(service.executor.executions).toHaveLength(1);
    expect(await service.runs.get('run-1')).toMatchObject({ state: 'canceled' });
  });
});

describe('canceling', () => {
  it('a working run says so at once, stops its process, and stands whatever the process says', async () => {
    const service = new MemoryService();
    const execution = await startOne(service);
    expect(await service.runs.cancel('run-1')).toMatchObject({ wasActive: true, run: { state: 'canceled' } });
    expect(execution.isStopRequested).toBe(true);
    expect(service.schedule.activeRuns).toBe(1);
    service.finishWith(execution, 'late.csv', 'late');
    await settle();
    expect(await service.runs.get('run-1')).toMatchObject({ state: 'canceled', artifactIds: [] });
    expect(service.schedule.activeRuns).toBe(0);
    expect(await service.readLog('run-1')).toEqual(['WARNING service: Run canceled']);
  });

  it('a waiting run takes it out of the queue', async () => {
    const service = new MemoryService({ settings: { maxConcurrentRuns: 1 } });
    const execution = await startOne(service);
    await service.start();
    await service.runs.cancel('run-2');
    execution.finish();
    await settle();
    expect(service.observed).toContainEqual(['ended', 'sample-tool', 'canceled', null]);
    expect(service.executor.executions).toHaveLength(1);
    expect(await service.runs.readLog('run-2', 0, 9)).toMatchObject({
      isEnded: true,
      entries: [{ sequence: 1 }],
    });
  });

  it('a run in the moment it leaves the queue stops it too', async () => {
    const service = new MemoryService();
    await service.start();
    const canceled = await service.runs.cancel('run-1');
    expect(canceled.wasActive).toBe(true);
    await settle();
    for (const execution of service.executor.active) execution.end({ kind: 'stopped', wasForced: false });
    await settle();
    expect(service.schedule).toMatchObject({ activeRuns: 0, queuedRuns: 0 });
    expect(await service.runs.get('run-1')).toMatchObject({ state: 'canceled' });
  });

  it('a run that has ended, or is unknown, changes nothing', async () => {
    const service = new MemoryService();
    (await startOne(service)).finish();
    await settle();
    expect(await service.runs.cancel('run-1')).toMatchObject({
      wasActive: false,
      run: { state: 'completed' },
    });
    expect(await service.runs.cancel('nope')).toEqual({ wasActive: false, run: null });
  });
});

describe('a run that takes too long', () => {
  it.each([
    { timeoutSeconds: undefined, afterMs: 300_000 },
    { timeoutSeconds: 1.5, afterMs: 1500 },
  ])('fails after $afterMs ms, and its process is stopped', async ({ timeoutSeconds, afterMs }) => {
    const service = new MemoryService();
    await service.start(timeoutSeconds === undefined ? {} : { timeoutSeconds });
    const execution = await service.executor.next();
    service.clock.advance(afterMs - 1);
    await settle();
    expect(execution.isStopRequested).toBe(false);
    service.clock.advance(1);
    await settle();
    expect(execution.isStopRequested).toBe(true);
    execution.end({ kind: 'stopped', wasForced: true });
    await settle();
    const seconds = afterMs / 1000;
    expect(await service.runs.get('run-1')).toMatchObject({
      state: 'failed',
      durationSeconds: seconds,
      error: {
        code: 'RUN_TIMED_OUT',
        message: `Tool execution timed out after ${String(seconds)} seconds`,
        details: { error_type: 'timeout', timeout_seconds: seconds },
        suggestedActions: [
          'Increase timeout or optimize tool parameters',
          'Try with different input parameters',
          'Check input file format and content',
          'Review tool logs for specific error details',
        ],
      },
    });
  });
});

describe('a store that cannot write', () => {
  it('does not lose what became of a run: it is written when there is room again', async () => {
    const service = new MemoryService();
    const execution = await startOne(service);
    service.stores.runs.failure = new CtsError('DISK_FULL', 'full');
    service.finishWith(execution, 'out.csv', 'a');
    await settle();
    service.clock.advance(1000);
    await settle();
    service.stores.runs.failure = undefined;
    expect(await service.runs.get('run-1')).toMatchObject({ state: 'running' });
    service.clock.advance(1000);
    await settle();
    expect(await service.runs.get('run-1')).toMatchObject({
      state: 'completed',
      artifactIds: ['artifact-1'],
    });
  });
});

describe('a service that starts where another ended', () => {
  async function interrupt(interruptedRuns: 'fail' | 'requeue', attempts = 1): Promise<MemoryService> {
    let service = new MemoryService({ settings: { interruptedRuns, maxConcurrentRuns: 1 } });
    await service.start();
    await service.start();
    await service.executor.next();
    for (let count = 0; count < attempts; count++) {
      service = new MemoryService({
        before: service.stores,
        settings: { interruptedRuns, maxConcurrentRuns: 1 },
      });
      await service.schedule.recover();
      await settle();
    }
    return service;
  }

  it('fails what was working, by default, and goes on with what waited', async () => {
    const service = await interrupt('fail');
    expect(await service.runs.get('run-1')).toMatchObject({
      state: 'failed',
      error: { code: 'RUN_INTERRUPTED' },
    });
    expect(await service.runs.get('run-2')).toMatchObject({ state: 'running', attempt: 1 });
    expect(await service.readLog('run-1')).toEqual([
      'ERROR service: System error occurred: The service ended while the run was working',
    ]);
  });

  it('does it again where that is wanted, in its order', async () => {
    const service = await interrupt('requeue');
    expect(await service.runs.get('run-1')).toMatchObject({ state: 'running', attempt: 2 });
    expect(await service.runs.get('run-2')).toMatchObject({ state: 'queued' });
  });

  it('gives up a run that was interrupted three times', async () => {
    const service = await interrupt('requeue', 3);
    expect(await service.runs.get('run-1')).toMatchObject({ state: 'failed', attempt: 3 });
    expect(await service.runs.get('run-2')).toMatchObject({ state: 'running' });
  });
});

describe('closing', () => {
  it('waits for what works, and starts nothing', async () => {
    const service = new MemoryService({ settings: { maxConcurrentRuns: 1 } });
    const execution = await startOne(service);
    await service.start();
    const closing = service.schedule.close(5000);
    execution.finish();
    await closing;
    expect(await service.runs.get('run-1')).toMatchObject({ state: 'completed' });
    expect(await service.runs.get('run-2')).toMatchObject({ state: 'queued' });
    expect(service.executor.executions).toHaveLength(1);
  });

  it('stops after a while what does not end, and says what became of it', async () => {
    const service = new MemoryService();
    const execution = await startOne(service);
    const closing = service.schedule.close(5000);
    await settle();
    expect(execution.isStopRequested).toBe(false);
    service.clock.advance(5000);
    await execution.stopRequested;
    expect(await service.runs.get('run-1')).toMatchObject({
      state: 'failed',
      error: { code: 'RUN_INTERRUPTED' },
    });
    execution.end({ kind: 'stopped', wasForced: false });
    await closing;
  });
});
