import { beforeEach, describe, expect, it } from 'vitest';
import { DiskRunLogStore } from '../../server/adapters/data-folder/disk-run-log-store.ts';
import type { RunLogStore } from '../../server/services/runs/run-log-store.ts';
import { MemoryRunLogStore } from '../support/memory-run-logs.ts';
import { buildLogEntries } from '../support/store-records.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();

const STORES: readonly { readonly name: string; readonly open: () => RunLogStore }[] = [
  { name: 'disk', open: () => new DiskRunLogStore(folder.path) },
  { name: 'memory', open: () => new MemoryRunLogStore() },
];

describe.each(STORES)('run log store: $name', ({ open }) => {
  let store: RunLogStore;

  beforeEach(() => {
    store = open();
  });

  it('has no line of a run that said nothing', async () => {
    expect(await store.read('run-1', 0, 10)).toEqual([]);
    expect(await store.repair('run-1')).toBe(0);
    await store.append('run-1', []);
    expect(await store.read('run-1', 0, 10)).toEqual([]);
  });

  it('gives lines back as they were said', async () => {
    const entries = [
      ...buildLogEntries(1, 2),
      {
        ...buildLogEntries(3, 3)[0]!,
        message: 'two\nlines, "quotes", \u2028, a lone \ud800, 🚗',
        level: 'ERROR' as const,
      },
    ];
    await store.append('run-1', entries);
    expect(await store.read('run-1', 0, 10)).toEqual(entries);
  });

  it('keeps the logs of runs apart', async () => {
    await store.append('run-1', buildLogEntries(1, 2));
    await store.append('run-2', buildLogEntries(1, 1, 'other'));
    expect(await store.read('run-2', 0, 10)).toEqual(buildLogEntries(1, 1, 'other'));
    expect(await store.repair('run-1')).toBe(2);
  });

  it.each([
    { after: 0, limit: 3, first: 1, last: 3 },
    { after: 3, limit: 3, first: 4, last: 6 },
    { after: 98, limit: 5, first: 99, last: 100 },
    { after: 100, limit: 5, first: 101, last: 100 },
    { after: 1000, limit: 5, first: 101, last: 100 },
  ])('reads at most $limit lines after $after', async ({ after, limit, first, last }) => {
    await store.append('run-1', buildLogEntries(1, 100));
    expect(await store.read('run-1', after, limit)).toEqual(buildLogEntries(first, last));
    expect(await store.read('run-1', after, limit)).toEqual(buildLogEntries(first, last));
  });

  it('keeps the order of calls that nobody waited for', async () => {
    const calls = Array.from({ length: 200 }, (_, i) => store.append('run-1', buildLogEntries(i + 1, i + 1)));
    await Promise.all(calls);
    expect(await store.read('run-1', 0, 1000)).toEqual(buildLogEntries(1, 200));
  });

  it('lets readers follow from anywhere while lines come', async () => {
    const message = 'x'.repeat(500);
    const seen: number[] = [];
    for (let first = 1; first < 2000; first += 100) {
      await store.append('run-1', buildLogEntries(first, first + 99, message));
      for (const entry of await store.read('run-1', seen.at(-1) ?? 0, 1000)) seen.push(entry.sequence);
      const [again] = await store.read('run-1', Math.floor(first / 2), 1);
      expect(again?.sequence).toBe(Math.floor(first / 2) + 1);
    }
    expect(seen).toEqual(Array.from({ length: 2000 }, (_, i) => i + 1));
  });

  it('tells the last line, and goes on behind it', async () => {
    await store.append('run-1', buildLogEntries(1, 5000));
    expect(await store.repair('run-1')).toBe(5000);
    await store.append('run-1', buildLogEntries(5001, 5001));
    expect(await store.read('run-1', 4999, 10)).toEqual(buildLogEntries(5000, 5001));
  });

  it.each(['', '.', '..', '../escape', 'a/b', 'a\\b', 'a\0b', '-rf', 'C:', 'x'.repeat(101)])(
    'knows no run %j',
    async (id) => {
      await expect(store.read(id, 0, 1)).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
      await expect(store.append(id, buildLogEntries(1, 1))).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
      await expect(store.repair(id)).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
    },
  );
});
