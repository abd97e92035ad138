import { describe, expect, it } from 'vitest';
import type { RunsChanged } from '#protocol';
import { settle } from '../../../support/fake-clock.ts';
import { MemoryService, type MemoryServiceOptions } from '../../../support/memory-service.ts';

/** One who watches, with all that it was told. */
class Watcher {
  readonly service: MemoryService;
  readonly news: RunsChanged[] = [];
  readonly leaving = new AbortController();
  readonly ended: Promise<number>;

  constructor(service: MemoryService, hold: () => unknown = () => undefined) {
    this.service = service;
    this.ended = service.runs.watch({
      signal: this.leaving.signal,
      deliver: async (news) => {
        this.news.push(news);
        await hold();
      },
    });
  }

  /** States of runs as told, a delivery each, after so much time. */
  async told(ms = 0): Promise<readonly (readonly string[])[]> {
    this.service.clock.advance(ms);
    await settle();
    return this.news.map(({ runs, removed }) => [
      ...runs.map(({ id, state, progress }) => [id, state, progress].filter((x) => x !== null).join(' ')),
      ...removed.map((id) => `${id} gone`),
    ]);
  }
}

function watchService(options: MemoryServiceOptions = {}): Watcher {
  return new Watcher(new MemoryService(options));
}

describe('runs/watch', () => {
  it('tells of new runs, of their progress and of their end', async () => {
    const watcher = watchService();
    await watcher.service.start();
    expect(await watcher.told()).toEqual([['run-1 running']]);
    const execution = await watcher.service.executor.next();
    execution.progress(0.25);
    expect((await watcher.told(100)).at(-1)).toEqual(['run-1 running 25']);
    execution.finish();
    expect((await watcher.told(100)).at(-1)).toEqual(['run-1 completed 100']);
  });

  it('tells at most ten times a second, and then what is', async () => {
    const watcher = watchService();
    await watcher.service.start();
    const execution = await watcher.service.executor.next();
    await watcher.told();
    for (let step = 1; step <= 50; step++) execution.progress(step / 100);
    expect(await watcher.told(99)).toHaveLength(1);
    expect(await watcher.told(1)).toEqual([['run-1 running'], ['run-1 running 50']]);
    expect(await watcher.told(1000)).toHaveLength(2);
  });

  it('tells those who wait that they have another place', async () => {
    const watcher = watchService({ settings: { maxConcurrentRuns: 1 } });
    for (let count = 0; count < 3; count++) await watcher.service.start();
    await watcher.told(100);
    await watcher.told(100);
    await watcher.service.runs.cancel('run-2');
    await watcher.told(100);
    const last = watcher.news.at(-1)?.runs.map(({ id, queuePosition }) => [id, queuePosition]);
    expect(last).toContainEqual(['run-3', 1]);
  });

  it('tells of runs that were removed', async () => {
    const watcher = watchService({ retentionDays: 1 });
    await watcher.service.start();
    (await watcher.service.executor.next()).finish();
    await watcher.told(100);
    watcher.service.clock.advance(2 * 86_400_000);
    await watcher.service.cleaning.clean({ isDryRun: false });
    expect((await watcher.told(100)).at(-1)).toEqual(['run-1 gone']);
  });

  it('delivers many runs in pieces', async () => {
    const watcher = watchService({ maxQueuedRuns: 1000 });
    for (let count = 0; count < 250; count++) await watcher.service.start();
    for (let count = 0; count < 5; count++) await watcher.told(100);
    expect(Math.max(...watcher.news.map(({ runs }) => runs.length))).toBe(100);
    const told = new Set(watcher.news.flatMap(({ runs }) => runs.map(({ id }) => id)));
    expect(told.size).toBe(250);
  });

  it('waits for a watcher that is slow', async () => {
    const slow = Promise.withResolvers<undefined>();
    const watcher = new Watcher(new MemoryService(), () => slow.promise);
    await watcher.service.start();
    await watcher.told();
    await watcher.service.start();
    expect(await watcher.told(1000)).toHaveLength(1);
    slow.resolve(undefined);
    await settle();
    expect(await watcher.told(100)).toHaveLength(2);
  });

  it('ends with the watcher, who is listened for no more', async () => {
    const watcher = watchService();
    await watcher.service.start();
    await watcher.told();
    watcher.leaving.abort();
    expect(await watcher.ended).toBe(1);
    await watcher.service.start();
    expect(await watcher.told(1000)).toHaveLength(1);
  });

  it('ends with the service', async () => {
    const watcher = watchService();
    watcher.service.runs.endWatches();
    expect(await watcher.ended).toBe(0);
    expect(await new Watcher(watcher.service).ended).toBe(0);
  });
});
