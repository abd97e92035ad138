import { describe, expect, it } from 'vitest';
import type { Run } from '#protocol';
import { settle } from '../../../support/fake-clock.ts';
import { MemoryService } from '../../../support/memory-service.ts';

async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function listStates({ runs }: MemoryService): Promise<readonly string[]> {
  const page = await runs.list({ limit: 10 });
  return page.runs.map(({ state, queuePosition }: Run) =>
    [state, queuePosition].filter((x) => x !== null).join(' '),
  );
}

describe('a key that comes again', () => {
  it('gives the same run for the same request, and starts it once', async () => {
    const service = new MemoryService();
    const asked = { idempotencyKey: 'k', parameters: { ratio: 1, text: 'a' } };
    const first = await service.start(asked);
    const second = await service.start({ ...asked, parameters: { text: 'a', ratio: '1' } });
    expect(second.id).toBe(first.id);
    await settle();
    expect(service.executor.executions).toHaveLength(1);
  });

  it('is refused for another request', async () => {
    const service = new MemoryService();
    await service.start({ idempotencyKey: 'k' });
    expect(await rejectionOf(service.start({ idempotencyKey: 'k', parameters: { ratio: 1 } }))).toMatchObject(
      {
        code: 'IDEMPOTENCY_MISMATCH',
        details: { run_id: 'run-1' },
      },
    );
  });
});

describe('the queue', () => {
  it('lets so many runs work as are set, and the others in their order', async () => {
    const service = new MemoryService({ settings: { maxConcurrentRuns: 2 } });
    for (let count = 0; count < 4; count++) await service.start();
    await settle();
    expect(await listStates(service)).toEqual(['queued 2', 'queued 1', 'running', 'running']);
    expect(service.schedule).toMatchObject({ queuedRuns: 2, activeRuns: 2 });
    (await service.executor.next()).finish();
    await settle();
    expect(await listStates(service)).toEqual(['queued 1', 'running', 'running', 'completed']);
    expect(service.executor.executions.map(({ job }) => job.runId)).toEqual(['run-1', 'run-2', 'run-3']);
  });

  it('takes no more runs than may wait', async () => {
    const service = new MemoryService({ settings: { maxConcurrentRuns: 1 }, maxQueuedRuns: 1 });
    await service.start();
    await service.start();
    expect(await rejectionOf(service.start())).toMatchObject({ code: 'QUEUE_FULL' });
  });

  it('takes none when the service shuts down', async () => {
    const service = new MemoryService();
    service.runs.close();
    expect(await rejectionOf(service.start())).toMatchObject({ code: 'SHUTTING_DOWN' });
  });
});
