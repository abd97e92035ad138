import { describe, expect, it } from 'vitest';
import type { Run, RunPage } from '#protocol';
import { type RunFilter, RunList } from '../../../../client/runs/run-list.ts';
import { makeRun } from '../../../support/sample-run.ts';

function makeRuns(count: number): readonly Run[] {
  return Array.from({ length: count }, (_, index) =>
    makeRun({
      id: `r${String(index).padStart(5, '0')}`,
      createdAt: new Date(1.8e12 - index * 1000).toISOString(),
    }),
  );
}

/** A backend with runs, newest first, that hands them out in pages. */
class Shelf {
  runs: readonly Run[];
  readonly asked: (string | undefined)[] = [];
  readonly list = new RunList((cursor, filter) => this.#page(cursor, filter));

  constructor(runs: readonly Run[]) {
    this.runs = runs;
  }

  async #page(cursor: string | undefined, { states, toolId }: RunFilter): Promise<RunPage> {
    this.asked.push(cursor);
    const matching = this.runs.filter(
      (run) =>
        (states.length === 0 || states.includes(run.state)) &&
        (toolId === undefined || run.toolId === toolId),
    );
    const start = Number(cursor ?? 0);
    const end = Math.min(start + 200, matching.length);
    const nextCursor = end < matching.length ? String(end) : null;
    return { runs: matching.slice(start, end), nextCursor, total: matching.length };
  }
}

describe('RunList', () => {
  it('keeps pages of ten thousand runs, and says how many are hidden', async () => {
    const shelf = new Shelf(makeRuns(10_000));
    expect(shelf.list.isLoaded).toBe(false);
    await shelf.list.loadMore();
    expect([shelf.list.list().length, shelf.list.hidden]).toEqual([200, 9800]);
    await Promise.all([shelf.list.loadMore(), shelf.list.loadMore()]);
    expect([shelf.list.list().length, shelf.list.hidden]).toEqual([400, 9600]);
    expect(shelf.asked).toEqual([undefined, '200']);
    expect(shelf.list.list().map(({ id }) => id)).toEqual(shelf.runs.slice(0, 400).map(({ id }) => id));
  });

  it('asks no more when all are there', async () => {
    const shelf = new Shelf(makeRuns(3));
    await shelf.list.loadMore();
    await shelf.list.loadMore();
    expect(shelf.asked).toEqual([undefined]);
    expect([shelf.list.isLoaded, shelf.list.hidden]).toEqual([true, 0]);
  });

  it('takes what is told: new runs, changes, and what is gone', async () => {
    const shelf = new Shelf(makeRuns(250));
    await shelf.list.loadMore();
    const fresh = makeRun({ id: 'new', state: 'queued', createdAt: new Date(1.9e12).toISOString() });
    expect(shelf.list.apply({ runs: [fresh], removed: [] })).toEqual({ isReordered: true, changed: [fresh] });
    expect(shelf.list.list()[0]).toBe(fresh);
    const running = { ...fresh, state: 'running', progress: 62 } as const;
    expect(shelf.list.apply({ runs: [running], removed: [] }).isReordered).toBe(false);
    const done = { ...fresh, state: 'completed' } as const;
    expect(shelf.list.apply({ runs: [done], removed: [] }).isReordered).toBe(true);
    expect(shelf.list.hidden).toBe(50);
    expect(shelf.list.apply({ runs: [], removed: ['new', 'never seen'] }).isReordered).toBe(true);
    expect([shelf.list.get('new'), shelf.list.hidden]).toEqual([undefined, 50]);
  });

  it('does not let a page that was late undo the end of a run', async () => {
    const running = makeRun({ id: 'r', state: 'running' });
    const held = Promise.withResolvers<RunPage>();
    const list = new RunList(() => held.promise);
    const loading = list.loadMore();
    list.apply({ runs: [{ ...running, state: 'completed' }], removed: [] });
    held.resolve({ runs: [running], nextCursor: null, total: 1 });
    await loading;
    expect(list.get('r')?.state).toBe('completed');
  });

  it('shows what a filter lets through, also of what is told later', async () => {
    const shelf = new Shelf([makeRun({ id: 'a', state: 'failed' }), makeRun({ id: 'b' })]);
    shelf.list.clear({ states: ['failed'] });
    await shelf.list.loadMore();
    expect(shelf.list.list().map(({ id }) => id)).toEqual(['a']);
    shelf.list.apply({ runs: [makeRun({ id: 'c' }), makeRun({ id: 'd', state: 'failed' })], removed: [] });
    expect(
      shelf.list
        .list()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['a', 'd']);
  });

  it('hides no more runs when one leaves what the filter lets through', async () => {
    const shelf = new Shelf(makeRuns(250).map((run) => ({ ...run, state: 'running' })));
    shelf.list.clear({ states: ['running'] });
    await shelf.list.loadMore();
    const [first] = shelf.list.list();
    if (first === undefined) throw new Error('There is no run');
    expect(shelf.list.apply({ runs: [{ ...first, state: 'completed' }], removed: [] }).isReordered).toBe(
      true,
    );
    expect([shelf.list.list().length, shelf.list.hidden]).toEqual([199, 50]);
  });

  it('forgets a page that was asked for before the filter changed', async () => {
    const held = Promise.withResolvers<RunPage>();
    const list = new RunList(() => held.promise);
    const loading = list.loadMore();
    list.clear({ states: ['failed'] });
    held.resolve({ runs: [makeRun()], nextCursor: null, total: 1 });
    await loading;
    expect([list.list(), list.isLoaded]).toEqual([[], false]);
  });
});
