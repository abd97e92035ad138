import { describe, expect, test, vi } from 'vitest';
import { createLogDocument } from '../../../../webviews/log/log-document.ts';
import { type FakeLogOptions, makeFakeLogHost } from '../../../support/fake-log-hosts.ts';
import { makeSessionState } from '../../../support/fake-log.ts';
import { failWith } from '../../../support/fake-page-host.ts';

async function open(options: FakeLogOptions = {}) {
  const host = makeFakeLogHost(options);
  const log = createLogDocument(host, await host.begun);
  await log.open();
  return { host, log };
}

describe('an open log', () => {
  test('is as long as its events, or as it is said to become', async () => {
    const { log, host } = await open({ state: { phase: 'reading', seconds: 20.6, expectedSeconds: 66 } });
    expect(log.whole.get()).toEqual({ from: 0, to: 66 });
    host.tellState(makeSessionState({ seconds: 66.16, revision: 2 }));
    expect(log.whole.get()).toEqual({ from: 0, to: 66.16 });
    expect(log.range.get()).toEqual({ from: 0, to: 66.16 });
  });

  test('cursor and range stay inside', async () => {
    const { log } = await open();
    log.cursor.set(1e9);
    expect(log.cursor.get()).toBe(66.16);
    log.cursor.set(Number.NaN);
    expect(log.cursor.get()).toBe(0);
    log.range.set({ from: 50, to: -3 });
    expect(log.range.get()).toEqual({ from: 0, to: 50 });
  });

  test('a range that somebody chose does not grow with the log', async () => {
    const { log, host } = await open({ state: { phase: 'reading', seconds: 20, expectedSeconds: 66 } });
    log.range.set({ from: 2, to: 4 });
    host.tellState(makeSessionState({ revision: 2 }));
    expect(log.range.get()).toEqual({ from: 2, to: 4 });
  });

  test('ranges are walked back and forth', async () => {
    const { log } = await open();
    log.showWhole();
    log.range.set({ from: 1, to: 2 });
    log.noteRange();
    log.walkRanges(-1);
    expect(log.range.get()).toEqual({ from: 0, to: 66.16 });
    log.walkRanges(1);
    expect(log.range.get()).toEqual({ from: 1, to: 2 });
  });
});

describe('what was remembered', () => {
  const remembered = {
    tab: 'events',
    cursor: 27,
    range: { from: 14, to: 42 },
    parts: { events: { text: 'x' } },
  };

  test('is there again', async () => {
    const { log } = await open({ remembered });
    expect(log.tab.get()).toBe('events');
    expect(log.cursor.get()).toBe(27);
    expect(log.range.get()).toEqual({ from: 14, to: 42 });
    expect(log.remembered('events')).toEqual({ text: 'x' });
    expect(log.remembered('constructor')).toBeUndefined();
  });

  test('waits until the log is read that far, and is not forgotten meanwhile', async () => {
    const { log, host } = await open({
      remembered,
      state: { phase: 'reading', seconds: 10, expectedSeconds: 66 },
    });
    expect(log.cursor.get()).toBe(0);
    log.remember('can', { text: 'y' });
    expect(host.remembered.at(-1)).toMatchObject({
      cursor: 27,
      range: { from: 14, to: 42 },
      parts: { can: { text: 'y' } },
    });
    host.tellState(makeSessionState({ phase: 'reading', seconds: 43, expectedSeconds: 66, revision: 2 }));
    expect(log.cursor.get()).toBe(27);
    expect(log.range.get()).toEqual({ from: 14, to: 42 });
  });

  test('is kept with every change', async () => {
    const { log, host } = await open();
    log.cursor.set(5);
    log.range.set({ from: 1, to: 9 });
    log.follow.set(false);
    log.tab.set('logs');
    expect(host.remembered.at(-1)).toMatchObject({
      tab: 'logs',
      cursor: 5,
      range: { from: 1, to: 9 },
      isFollowing: false,
    });
    log.showWhole();
    expect(host.remembered.at(-1)).toMatchObject({ range: null });
  });
});

describe('revisions', () => {
  test('are told at once when reading ends, and not too often before', async () => {
    vi.useFakeTimers();
    try {
      const { log, host } = await open({ state: { phase: 'reading', seconds: 1 } });
      const first = log.revision.get();
      for (let revision = 2; revision < 9; revision += 1) {
        host.tellState(makeSessionState({ phase: 'reading', seconds: revision, revision }));
      }
      expect(log.revision.get()).toBe(first);
      vi.advanceTimersByTime(500);
      expect(log.revision.get()).toBe(first + 1);
      host.tellState(makeSessionState({ phase: 'complete', revision: 20 }));
      expect(log.revision.get()).toBe(first + 2);
    } finally {
      vi.useRealTimers();
    }
  });

  test('bring a new overview', async () => {
    const { log, host } = await open();
    await vi.waitFor(() => {
      expect(log.overview.get()).not.toBeNull();
    });
    const asked = (): number => host.asked.filter(({ method }) => method === 'sessions/overview').length;
    const before = asked();
    log.tellRevision();
    await vi.waitFor(() => {
      expect(asked()).toBe(before + 1);
    });
  });
});

describe('a session that the engine has lost', () => {
  test('is opened anew where a request finds out', async () => {
    const { log, host } = await open();
    let isKnown = false;
    host.answer({
      'sessions/open': () => makeSessionState({ session: 's2' }),
      'sessions/activity': ({ session }) => {
        isKnown = session === 's2';
        if (!isKnown) throw failWith('SESSION_NOT_FOUND', 'There is no open log s1');
        return { revision: 1, services: [] };
      },
    });
    await expect(log.ask('sessions/activity', { columns: 3 })).resolves.toEqual({
      revision: 1,
      services: [],
    });
    expect(isKnown).toBe(true);
    expect(log.state.get()?.session).toBe('s2');
  });

  test('is opened a few times, ever later, where it is lost each time', async () => {
    vi.useFakeTimers();
    try {
      const { log, host } = await open();
      host.answer({
        'sessions/series': () => {
          throw failWith('SESSION_NOT_FOUND', 'There is no open log s1');
        },
      });
      const ask = (): Promise<unknown> =>
        log
          .ask('sessions/series', { keys: [], fromSeconds: 0, toSeconds: 1, columns: 10 })
          .catch((error: unknown) => error);
      const opened = (): number => host.asked.filter(({ method }) => method === 'sessions/open').length;
      log.revision.subscribe(() => void ask());
      void ask();
      await vi.advanceTimersByTimeAsync(400);
      expect(opened()).toBe(2);
      await vi.advanceTimersByTimeAsync(30_000);
      expect(opened()).toBe(5);
      expect(log.failure.get()).toMatchObject({ code: 'SESSION_NOT_FOUND' });
      await log.open();
      expect(log.failure.get()).toBeNull();
      expect(opened()).toBe(6);
    } finally {
      vi.useRealTimers();
    }
  });

  test('is opened anew when the backend is back', async () => {
    const { log, host } = await open();
    const revision = log.revision.get();
    host.answer({ 'sessions/open': () => makeSessionState({ session: 's3' }) });
    host.tellBackend('restarting');
    host.tellBackend('ready');
    await vi.waitFor(() => {
      expect(log.state.get()?.session).toBe('s3');
    });
    expect(log.revision.get()).toBeGreaterThan(revision);
  });

  test('other failures are told to whoever asked', async () => {
    const { log, host } = await open();
    host.answer({
      'sessions/activity': () => {
        throw failWith('INTERNAL_ERROR', 'no');
      },
    });
    await expect(log.ask('sessions/activity', { columns: 3 })).rejects.toMatchObject({
      code: 'INTERNAL_ERROR',
    });
    expect(host.asked.filter(({ method }) => method === 'sessions/open')).toHaveLength(1);
  });
});

test('a log that cannot be opened says why, and can be opened later', async () => {
  const host = makeFakeLogHost({
    answers: {
      'sessions/open': () => {
        throw failWith('FILE_NOT_FOUND', 'No file at /x');
      },
    },
  });
  const log = createLogDocument(host, await host.begun);
  await log.open();
  expect(log.failure.get()).toMatchObject({ code: 'FILE_NOT_FOUND' });
  host.answer({ 'sessions/open': () => makeSessionState() });
  await log.open();
  expect(log.failure.get()).toBeNull();
  expect(log.state.get()?.phase).toBe('complete');
});

test('what is to be shown reaches its tab only', async () => {
  const { log } = await open();
  const events = vi.fn();
  const can = vi.fn();
  log.onShow('events', events);
  log.onShow('can', can);
  log.show({ tab: 'events', services: ['can'] });
  expect(events).toHaveBeenCalledWith({ tab: 'events', services: ['can'] });
  expect(can).not.toHaveBeenCalled();
  expect(log.tab.get()).toBe('events');
});
