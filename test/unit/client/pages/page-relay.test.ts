import { describe, expect, it } from 'vitest';
import { CtsError, type EditorMessage, type PageAction, type PageInput } from '#protocol';
import type { RequestOptions } from '../../../../client/backend/connection.ts';
import { PageRelay } from '../../../../client/pages/page-relay.ts';
import { settle } from '../../../support/fake-backend.ts';

type Ask = (method: string, params: object, options: RequestOptions) => unknown;

const LOG: PageInput = { page: 'log', path: '/logs/rlog.zst', name: 'rlog.zst' };
const STATE = { session: 's1' };

/** A page, an editor and a backend around the relay. */
class Desk {
  readonly posted: EditorMessage[] = [];
  readonly asked: { readonly method: string; readonly params: object }[] = [];
  readonly acts: PageAction[] = [];
  readonly complaints: string[] = [];
  readonly observed: string[] = [];
  readonly remembered: string[] = [];
  isTrusted = true;
  readonly relay: PageRelay;

  constructor(
    ask: Ask = (method) => (method === 'sessions/open' ? STATE : { method }),
    input: PageInput = LOG,
  ) {
    this.relay = new PageRelay({
      input,
      post: (message) => this.posted.push(message),
      begin: () => ({ kind: 'begin', input, state: null, isTrusted: this.isTrusted, backend: 'ready' }),
      isTrusted: () => this.isTrusted,
      relay: async (method, params, options) => {
        this.asked.push({ method, params });
        return ask(method, params, options);
      },
      act: async (action) => {
        this.acts.push(action);
        if (action.action === 'close') throw new CtsError('DISK_FULL', 'No room');
        return { path: null };
      },
      remember: (state) => this.remembered.push(state),
      complete: (method, params) => (method === 'sessions/open' ? { ...params, maxBytes: 5 } : params),
      observe: (method) => this.observed.push(method),
      complain: (message) => this.complaints.push(message),
    });
  }

  async say(...messages: readonly unknown[]): Promise<void> {
    for (const message of messages) this.relay.take(message);
    await settle();
  }

  ask(id: number, method: string, params: object = {}): Promise<void> {
    return this.say({ kind: 'request', id, method, params });
  }

  get failures(): readonly string[] {
    return this.posted.flatMap((message) => (message.kind === 'failure' ? [message.error.code] : []));
  }
}

describe('PageRelay', () => {
  it('begins a page that is ready, and answers what it asks', async () => {
    const desk = new Desk();
    await desk.say({ kind: 'ready' });
    await desk.ask(1, 'tools/list');
    expect(desk.posted).toEqual([
      { kind: 'begin', input: LOG, state: null, isTrusted: true, backend: 'ready' },
      { kind: 'answer', id: 1, result: { method: 'tools/list' } },
    ]);
    expect(desk.observed).toEqual(['tools/list']);
  });

  it.each([
    ['text', 'hello'],
    ['nothing', null],
    ['an unknown kind', { kind: 'exec', id: 1 }],
    ['more than is asked for', { kind: 'cancel', id: 1, more: 2 }],
    ['a negative id', { kind: 'taken', id: -1 }],
    ['a method of great length', { kind: 'request', id: 1, method: 'x'.repeat(101), params: {} }],
    ['params that are none', { kind: 'request', id: 1, method: 'tools/list', params: [] }],
    ['an action that there is not', { kind: 'act', id: 1, what: { action: 'format' } }],
    ['a state without end', { kind: 'remember', state: 'x'.repeat(65_537) }],
    ['an address that is none', { kind: 'act', id: 1, what: { action: 'openExternal', url: 'nowhere' } }],
  ])('does not believe %s', async (_name, message) => {
    const desk = new Desk();
    await desk.say(message);
    expect([desk.posted, desk.asked, desk.acts, desk.remembered]).toEqual([[], [], [], []]);
    expect(desk.complaints).toHaveLength(1);
  });

  it.each([
    'artifacts/read',
    'runs/clean',
    'store/verify',
    'logs/readEvents',
    'constructor',
    'initialize',
    'sessions',
  ])('refuses %s, which no page needs', async (method) => {
    const desk = new Desk();
    await desk.ask(1, method);
    expect(desk.asked).toEqual([]);
    expect(desk.failures).toEqual(['ENDPOINT_NOT_FOUND']);
  });

  it('opens the log of the page with the settings of the user, and no other', async () => {
    const desk = new Desk();
    await desk.ask(1, 'sessions/open', { path: '/logs/rlog.zst' });
    await desk.ask(2, 'sessions/open', { path: '/home/user/.ssh/id_rsa' });
    expect(desk.asked).toEqual([
      { method: 'sessions/open', params: { path: '/logs/rlog.zst', maxBytes: 5 } },
    ]);
    expect(desk.failures).toEqual(['INPUT_FORBIDDEN']);
  });

  it('asks about the logs that the page has opened only', async () => {
    const desk = new Desk();
    await desk.ask(1, 'sessions/events', { session: 's1' });
    await desk.ask(2, 'sessions/open', { path: '/logs/rlog.zst' });
    await desk.ask(3, 'sessions/events', { session: 's1' });
    await desk.ask(4, 'sessions/events', { session: 's2' });
    await desk.ask(5, 'sessions/events');
    expect(desk.asked.map(({ method }) => method)).toEqual(['sessions/open', 'sessions/events']);
    expect(desk.failures).toEqual(['INPUT_FORBIDDEN', 'INPUT_FORBIDDEN', 'INPUT_FORBIDDEN']);
  });

  it('runs nothing where the workspace is not trusted', async () => {
    const desk = new Desk();
    desk.isTrusted = false;
    await desk.ask(1, 'runs/start');
    await desk.ask(2, 'runs/rerun');
    await desk.ask(3, 'runs/list');
    expect(desk.asked.map(({ method }) => method)).toEqual(['runs/list']);
    expect(desk.failures).toEqual(['INPUT_FORBIDDEN', 'INPUT_FORBIDDEN']);
  });

  it('tells failures of the backend with code, message and advice', async () => {
    const desk = new Desk(() => {
      throw new CtsError('NOT_A_LOG', 'It is none', {
        actions: ['Choose another.'],
        details: { firstBytes: '1F8B' },
      });
    });
    await desk.ask(1, 'tools/list');
    expect(desk.posted).toEqual([
      {
        kind: 'failure',
        id: 1,
        error: {
          code: 'NOT_A_LOG',
          message: 'It is none',
          actions: ['Choose another.'],
          details: { firstBytes: '1F8B' },
        },
      },
    ]);
  });

  it('passes news on, with their blocks as bytes', async () => {
    const desk = new Desk((_method, _params, { onNews }) => {
      onNews?.('sessions/changed', { block: { base64: 'AQ==' } });
      return {};
    });
    await desk.ask(4, 'runs/watch');
    const block = { bytes: Uint8Array.of(1).buffer };
    expect(desk.posted[0]).toEqual({ kind: 'news', id: 4, method: 'sessions/changed', params: { block } });
  });

  it('stops what is taken back, and answers it no more', async () => {
    let signal: AbortSignal | undefined;
    const held = Promise.withResolvers<object>();
    const desk = new Desk((_method, _params, options) => {
      signal = options.signal;
      return held.promise;
    });
    await desk.ask(1, 'runs/watch');
    await desk.say({ kind: 'cancel', id: 1 });
    expect(signal?.aborted).toBe(true);
    held.resolve({});
    await settle();
    expect(desk.posted).toEqual([]);
  });

  it('stops everything when the page begins anew or is closed', async () => {
    const signals: AbortSignal[] = [];
    const desk = new Desk((_method, _params, { signal }) => {
      if (signal !== undefined) signals.push(signal);
      return new Promise(() => undefined);
    });
    await desk.ask(1, 'runs/watch');
    await desk.say({ kind: 'ready' });
    await desk.ask(1, 'runs/watch');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    desk.relay.close();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    desk.relay.tell({ kind: 'trusted' });
    expect(desk.posted.map(({ kind }) => kind)).toEqual(['begin']);
  });

  it('lets no page ask without end, nor twice under one id', async () => {
    const desk = new Desk(() => new Promise(() => undefined));
    for (let id = 0; id < 101; id++) await desk.ask(id, 'runs/watch');
    await desk.ask(5, 'runs/watch');
    expect(desk.asked).toHaveLength(100);
    expect(desk.failures).toEqual(['OVERLOADED', 'INVALID_REQUEST']);
  });

  it('holds answers with many bytes back until the page has taken those before', async () => {
    const base64 = Buffer.alloc(3 * 1024 * 1024).toString('base64');
    const desk = new Desk(() => ({ block: { base64 } }));
    await desk.ask(1, 'tools/list');
    await desk.ask(2, 'tools/list');
    expect(desk.posted).toMatchObject([{ id: 1 }]);
    await desk.say({ kind: 'taken', id: 1 });
    expect(desk.posted).toMatchObject([{ id: 1 }, { id: 2 }]);
  });

  it('does what is asked of the editor, and says what failed', async () => {
    const desk = new Desk();
    await desk.say({ kind: 'act', id: 1, what: { action: 'copyText', text: '<b>' } });
    await desk.say({ kind: 'act', id: 2, what: { action: 'close' } });
    expect(desk.acts).toEqual([{ action: 'copyText', text: '<b>' }, { action: 'close' }]);
    expect(desk.posted).toMatchObject([
      { kind: 'answer', id: 1 },
      { kind: 'failure', id: 2, error: { code: 'DISK_FULL' } },
    ]);
  });

  it('keeps what a page remembers', async () => {
    const desk = new Desk();
    await desk.say({ kind: 'remember', state: '{"tab":"can"}' });
    expect(desk.remembered).toEqual(['{"tab":"can"}']);
  });
});
