import { describe, expect, it } from 'vitest';
import { Backend } from '../../../../client/backend/backend.ts';
import { RunFeed } from '../../../../client/runs/run-feed.ts';
import { type Asked, FakeConnection, settle } from '../../../support/fake-backend.ts';
import { makeRun } from '../../../support/sample-run.ts';

class World {
  readonly lives: FakeConnection[] = [];
  readonly backend = new Backend({
    now: () => 0,
    wait: async () => undefined,
    connect: async () => {
      const connection = new FakeConnection(answer);
      this.lives.push(connection);
      return connection;
    },
  });
  readonly feed = new RunFeed(this.backend);
  changes = 0;

  constructor() {
    this.feed.onChange(() => this.changes++);
  }

  get watches(): readonly Asked[] {
    return this.lives.flatMap(({ asked }) => asked.filter(({ method }) => method === 'runs/watch'));
  }
}

function answer({ method }: Asked): unknown {
  if (method === 'runs/list') return { runs: [makeRun({ id: 'old' })], nextCursor: null, total: 1 };
  return new Promise(() => undefined);
}

describe('RunFeed', () => {
  it('starts nothing before somebody looks, and watches once', async () => {
    const world = new World();
    expect(world.lives).toEqual([]);
    await Promise.all([world.feed.follow(), world.feed.follow()]);
    expect(world.watches).toHaveLength(1);
  });

  it('watches a backend that was ready before', async () => {
    const world = new World();
    await world.backend.start();
    await world.feed.follow();
    await world.feed.follow();
    expect(world.watches).toHaveLength(1);
  });

  it('hears of runs, and passes over what is none', async () => {
    const world = new World();
    await world.feed.follow();
    await settle();
    world.watches[0]?.options.onNews?.('runs/changed', { runs: [makeRun({ id: 'new' })], removed: [] });
    world.watches[0]?.options.onNews?.('runs/changed', { runs: 'none' });
    world.watches[0]?.options.onNews?.('work/progressed', { fraction: 1 });
    expect(world.feed.list.get('new')).toBeDefined();
    expect(world.changes).toBe(1);
  });

  it('begins anew with a backend that has come back', async () => {
    const world = new World();
    await world.feed.follow();
    await world.feed.list.loadMore();
    world.lives[0]?.die('killed');
    await settle();
    expect(world.watches).toHaveLength(2);
    expect(world.watches[0]?.options.signal?.aborted).toBe(true);
    expect(world.feed.list.isLoaded).toBe(false);
    expect(world.changes).toBe(1);
  });
});
