import { describe, expect, it } from 'vitest';
import type { RunLogEntry } from '#protocol';
import { RunLogs } from '../../../../server/services/runs/run-logs.ts';
import { FakeClock, settle } from '../../../support/fake-clock.ts';
import { MemoryRunLogStore } from '../../../support/memory-run-logs.ts';

/** Appends are held until the test lets them go. */
class SlowStore extends MemoryRunLogStore {
  release: () => void = () => undefined;

  override async append(runId: string, entries: readonly RunLogEntry[]): Promise<void> {
    await new Promise<void>((resolve) => (this.release = resolve));
    await super.append(runId, entries);
  }
}

/** Counts how often it is read. */
class CountingStore extends MemoryRunLogStore {
  reads = 0;

  override read(runId: string, after: number, limit: number): Promise<readonly RunLogEntry[]> {
    this.reads++;
    return super.read(runId, after, limit);
  }
}

let writtenBytes = 0;

async function openLogs(
  store = new MemoryRunLogStore(),
  maxBytes = 1e6,
  clock = new FakeClock(),
): Promise<RunLogs> {
  const observer = { observeLogWritten: (bytes: number) => void (writtenBytes += bytes) };
  const logs = new RunLogs({ store, clock, maxBytes, observer });
  await logs.open('r');
  return logs;
}

function say(logs: RunLogs, message: string, source: RunLogEntry['source'] = 'tool'): void | Promise<void> {
  return logs.append('r', { level: 'INFO', source, message });
}

/** A reader that gathers what it is given. */
class Reader {
  readonly sequences: number[] = [];
  readonly #leaving = new AbortController();
  readonly #hold: Promise<unknown> | undefined;

  constructor(hold?: Promise<unknown>) {
    this.#hold = hold;
  }

  follow(logs: RunLogs, after = 0): Promise<number> {
    return logs.follow('r', after, {
      signal: this.#leaving.signal,
      deliver: async (entries) => {
        this.sequences.push(...entries.map(({ sequence }) => sequence));
        await this.#hold;
      },
    });
  }

  leave(): void {
    this.#leaving.abort();
  }
}

function countTo(last: number, first = 1): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

describe('what a run says', () => {
  it('is numbered, dated and written down in order', async () => {
    writtenBytes = 0;
    const store = new MemoryRunLogStore();
    const logs = await openLogs(store);
    void say(logs, 'one');
    void say(logs, 'two', 'stderr');
    await logs.end('r');
    expect(writtenBytes).toBe(6);
    const timestamp = '2026-01-02T03:04:05.000Z';
    expect(store.logs.get('r')).toEqual([
      { sequence: 1, timestamp, level: 'INFO', source: 'tool', message: 'one' },
      { sequence: 2, timestamp, level: 'INFO', source: 'stderr', message: 'two' },
    ]);
  });

  it('goes on with the next number after a restart', async () => {
    const store = new MemoryRunLogStore();
    void say(await openLogs(store), 'one');
    await settle();
    const logs = await openLogs(store);
    void say(logs, 'two');
    await settle();
    expect(await logs.read('r', 0, 9)).toMatchObject({
      entries: [{ sequence: 1 }, { sequence: 2 }],
      isEnded: false,
    });
  });

  it('is left out when it becomes too much, but for the words of the service, and that is told', async () => {
    const logs = await openLogs(new MemoryRunLogStore(), 10);
    for (const message of ['12345', '12345', 'x', 'y']) void say(logs, message);
    void say(logs, 'the end', 'service');
    await logs.end('r');
    const { entries } = await logs.read('r', 0, 9);
    expect(entries.map(({ message }) => message)).toEqual([
      ...['12345', '12345', 'the end'],
      '2 more lines are left out: the log of a run may not grow further',
    ]);
  });

  it('holds the run back when it is said faster than it can be written', async () => {
    const store = new SlowStore();
    const logs = await openLogs(store);
    expect(say(logs, 'x'.repeat(1000))).toBeUndefined();
    const held = say(logs, 'x'.repeat(300_000));
    let isHeld = true;
    void Promise.resolve(held).then(() => (isHeld = false));
    await settle();
    expect(held).toBeInstanceOf(Promise);
    expect(isHeld).toBe(true);
    store.release();
    await settle();
    expect(isHeld).toBe(false);
  });

  it('is shown even when it cannot be written', async () => {
    const store = new MemoryRunLogStore();
    const logs = await openLogs(store);
    store.failure = new Error('full');
    void say(logs, 'one');
    await settle();
    expect((await logs.read('r', 0, 9)).entries).toMatchObject([{ message: 'one' }]);
  });

  it('is not kept when nobody opened a log for it', async () => {
    const store = new MemoryRunLogStore();
    const logs = await openLogs(store);
    expect(logs.append('other', { level: 'INFO', source: 'tool', message: 'x' })).toBeUndefined();
    await settle();
    expect(store.logs.has('other')).toBe(false);
  });
});

describe('a page of a log', () => {
  it('has so many lines behind a number, and tells whether there are more', async () => {
    const logs = await openLogs();
    for (const message of ['a', 'b', 'c']) void say(logs, message);
    await logs.end('r');
    expect(await logs.read('r', 1, 1)).toMatchObject({
      entries: [{ message: 'b' }],
      hasMore: true,
      isEnded: false,
    });
    expect(await logs.read('r', 1, 2)).toMatchObject({ entries: [{}, {}], hasMore: false, isEnded: true });
    expect(await logs.read('r', 3, 9)).toEqual({ entries: [], hasMore: false, isEnded: true });
  });
});

describe('readers who follow', () => {
  it('get every line once, those of before and those that come, and end with the log', async () => {
    const logs = await openLogs();
    void say(logs, 'before');
    await settle();
    const readers = [new Reader(), new Reader(), new Reader()];
    const ends = readers.map((reader) => reader.follow(logs));
    for (let line = 2; line <= 50; line++) {
      void say(logs, `line ${String(line)}`);
      if (line % 7 === 0) await settle();
    }
    await logs.end('r');
    expect(await Promise.all(ends)).toEqual([50, 50, 50]);
    for (const { sequences } of readers) expect(sequences).toEqual(countTo(50));
  });

  it('may come when all is over', async () => {
    const logs = await openLogs();
    for (let line = 1; line <= 1200; line++) void say(logs, 'x');
    await logs.end('r');
    const reader = new Reader();
    expect(await reader.follow(logs)).toBe(1200);
    expect(reader.sequences).toEqual(countTo(1200));
  });

  it('may go on where they stopped', async () => {
    const logs = await openLogs();
    for (let line = 1; line <= 10; line++) void say(logs, 'x');
    await logs.end('r');
    const reader = new Reader();
    await reader.follow(logs, 7);
    expect(reader.sequences).toEqual([8, 9, 10]);
  });

  it('miss nothing when they are slower than thousands of lines', async () => {
    const logs = await openLogs(new MemoryRunLogStore(), 1e7);
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const reader = new Reader(promise);
    const end = reader.follow(logs);
    for (let line = 1; line <= 5000; line++) {
      void say(logs, 'x'.repeat(300));
      if (line % 500 === 0) await settle();
    }
    await logs.end('r');
    resolve(undefined);
    expect(await end).toBe(5000);
    expect(reader.sequences).toEqual(countTo(5000));
  });

  it('read the last lines of a log from memory, though it ended while they were slow', async () => {
    const store = new CountingStore();
    const logs = await openLogs(store);
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const readers = [new Reader(promise), new Reader(promise)];
    const ends = readers.map((reader) => reader.follow(logs));
    for (let line = 1; line <= 2000; line++) void say(logs, 'x');
    await logs.end('r');
    resolve(undefined);
    expect(await Promise.all(ends)).toEqual([2000, 2000]);
    expect(store.reads).toBe(0);
  });

  it('leave nothing of an ended log in memory', async () => {
    const store = new CountingStore();
    const logs = await openLogs(store);
    const end = new Reader().follow(logs);
    void say(logs, 'x');
    await logs.end('r');
    await end;
    await logs.read('r', 0, 10);
    expect(store.reads).toBe(1);
  });

  it('read old pages together', async () => {
    const store = new CountingStore();
    const logs = await openLogs(store);
    for (let line = 1; line <= 1200; line++) void say(logs, 'x');
    await logs.end('r');
    const readers = Array.from({ length: 100 }, () => new Reader());
    // Wherever they begin, they soon want the same pages.
    await Promise.all(readers.map((reader, place) => reader.follow(logs, place % 2)));
    for (const [place, { sequences }] of readers.entries())
      expect(sequences).toEqual(countTo(1200, 1 + (place % 2)));
    expect(store.reads).toBeLessThan(10);
  });

  it('hear lines together when they are many, so that each line does not cost a thousand deliveries', async () => {
    const clock = new FakeClock();
    const logs = await openLogs(new MemoryRunLogStore(), 1e6, clock);
    const readers = Array.from({ length: 100 }, () => new Reader());
    const ends = readers.map((reader) => reader.follow(logs));
    await settle();
    for (let line = 1; line <= 3; line++) {
      void say(logs, 'x');
      await settle();
    }
    expect(readers.map(({ sequences }) => sequences.length)).toEqual(readers.map(() => 0));
    clock.advance(40);
    await settle();
    for (const { sequences } of readers) expect(sequences).toEqual([1, 2, 3]);
    void say(logs, 'the last');
    // The end is not waited for.
    await logs.end('r');
    expect(await Promise.all(ends)).toEqual(readers.map(() => 4));
    expect(clock.waiting).toBe(0);
  });

  it('leave at once when they want to', async () => {
    const logs = await openLogs();
    const reader = new Reader();
    const end = reader.follow(logs);
    await settle();
    reader.leave();
    await expect(end).rejects.toThrow('aborted');
    void say(logs, 'nobody hears');
    await settle();
    expect(reader.sequences).toEqual([]);
  });
});
