import { describe, expect, it } from 'vitest';
import { CtsError, type RequestContext } from '#protocol';
import { RpcSession } from '../../../../server/transports/rpc/rpc-session.ts';
import { settle } from '../../../support/fake-clock.ts';

/** One end of a conversation, in a test's hands. */
class TestSession {
  readonly sent: unknown[] = [];
  /** Settles what is sent while it is set. */
  flushing: Promise<void> = Promise.resolve();
  readonly session: RpcSession;

  constructor(answer: (method: string, params: unknown, context: RequestContext) => Promise<unknown>) {
    this.session = new RpcSession({
      answer,
      tellFailure: (error) => (error instanceof CtsError ? error : new CtsError('INTERNAL_ERROR', 'a bug')),
      send: (text) => {
        this.sent.push(JSON.parse(text));
        return this.flushing;
      },
    });
  }

  ask(id: string | number, method = 'm'): void {
    this.session.take(JSON.stringify({ jsonrpc: '2.0', id, method }));
  }
}

describe('a conversation', () => {
  it('answers each request under its id, in the order in which they are ready', async () => {
    const test = new TestSession(async (method) => {
      if (method === 'slow') await settle();
      return method;
    });
    test.ask(1, 'slow');
    test.ask('b', 'quick');
    await settle();
    await settle();
    expect(test.sent).toEqual([
      { jsonrpc: '2.0', id: 'b', result: 'quick' },
      { jsonrpc: '2.0', id: 1, result: 'slow' },
    ]);
  });

  it('answers null where there is nothing to say', async () => {
    const test = new TestSession(() => Promise.resolve(undefined));
    test.ask(1);
    await settle();
    expect(test.sent).toEqual([{ jsonrpc: '2.0', id: 1, result: null }]);
  });

  it('answers a request that was taken back, when its work has stopped', async () => {
    const test = new TestSession(
      (_method, _params, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            reject(new Error('stopped'));
          });
        }),
    );
    test.ask(1);
    test.session.take('{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}');
    await settle();
    expect(test.sent).toEqual([
      { jsonrpc: '2.0', id: 1, error: { code: -32800, message: 'm was cancelled' } },
    ]);
  });

  it('counts a request as being answered until its answer is on its way', async () => {
    const test = new TestSession(() => Promise.resolve(0));
    let flush = (): void => undefined;
    test.flushing = new Promise((resolve) => {
      flush = resolve;
    });
    for (let id = 0; id < 100; id++) test.ask(id);
    await settle();
    test.ask(100);
    expect(test.sent.at(-1)).toMatchObject({ id: 100, error: { data: { code: 'OVERLOADED' } } });
    flush();
    await settle();
    test.ask(101);
    await settle();
    expect(test.sent.at(-1)).toEqual({ jsonrpc: '2.0', id: 101, result: 0 });
  });

  it('stops everything when it is over', () => {
    const signals: AbortSignal[] = [];
    const test = new TestSession((_method, _params, { signal }) => {
      signals.push(signal);
      return new Promise(() => undefined);
    });
    test.ask(1);
    test.ask(2);
    test.session.close();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });
});
