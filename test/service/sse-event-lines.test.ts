import { describe, expect, it, vi } from 'vitest';
import { CtsError, type ReadEventsParams, type RequestContext, type RequestHandlers } from '#protocol';
import { WHOLE_REPORT } from '../support/sample-answers.ts';
import { RawClient } from '../support/stream-clients.ts';
import { openStreamServer, type StreamServer } from '../support/stream-server.ts';

type ReadEvents = RequestHandlers['logs/readEvents'];

function serve(readEvents: ReadEvents): Promise<StreamServer> {
  return openStreamServer({ handlers: { 'logs/readEvents': readEvents } });
}

/** Reads batches of lines. */
function readLines(...batches: readonly (readonly string[])[]): ReadEvents {
  return async (_params, { notify }) => {
    for (const lines of batches) await notify('logs/eventsRead', { lines });
    return { delivered: batches.flat().length, report: WHOLE_REPORT };
  };
}

describe('events of a log as lines', () => {
  it('are sent as they are read', async () => {
    const { url } = await serve(readLines(['{"a":1}', '{"b":2}'], ['{"c":3}']));
    const response = await fetch(`${url}/v1/logs/events?path=x`);
    expect(await response.text()).toBe('{"a":1}\n{"b":2}\n{"c":3}\n');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/x-ndjson',
      'cache-control': 'no-store',
      'x-checked': 'yes',
    });
  });

  it('may be none', async () => {
    const { url } = await serve(readLines());
    const response = await fetch(`${url}/v1/logs/events?path=x`);
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('are chosen by the query', async () => {
    const asked: ReadEventsParams[] = [];
    const { url } = await serve((params, context: RequestContext) => {
      asked.push(params);
      return readLines()(params, context);
    });
    await fetch(
      `${url}/v1/logs/events?path=%2Fx%20y&service=can,carState&service=initData&from=-1.5&to=2&limit=9&schema=s&max_bytes=5&resync=false`,
    );
    expect(asked).toEqual([
      {
        path: '/x y',
        services: ['can', 'carState', 'initData'],
        fromSeconds: -1.5,
        toSeconds: 2,
        limit: 9,
        schema: 's',
        maxBytes: 5,
        resync: false,
      },
    ]);
  });

  it.each([
    '',
    '?path=',
    '?path=x&limit=0',
    '?path=x&limit=1.5',
    '?path=x&from=soon',
    '?path=x&resync=maybe',
    '?path=x&more=1',
  ])('are not read by the query %j', async (query) => {
    const { url } = await serve(readLines());
    const response = await fetch(`${url}/v1/logs/events${query}`);
    expect([response.status, await response.json()]).toMatchObject([422, { code: 'INVALID_REQUEST' }]);
  });

  it('fail with a status of their own before the first line', async () => {
    const { url } = await serve(() => Promise.reject(new CtsError('FILE_NOT_FOUND', 'No file x')));
    const response = await fetch(`${url}/v1/logs/events?path=x`);
    expect([response.status, await response.json()]).toMatchObject([404, { code: 'FILE_NOT_FOUND' }]);
  });

  it('fail with a last line behind the first one', async () => {
    const server = await serve(async (params, context) => {
      await readLines(['{"a":1}'])(params, context);
      throw new CtsError('NOT_A_LOG', 'It ends here', { details: { path: 'x' }, actions: ['Give a log.'] });
    });
    const text = await (await fetch(`${server.url}/v1/logs/events?path=x`)).text();
    const [first, last] = text.trimEnd().split('\n');
    expect(first).toBe('{"a":1}');
    expect(JSON.parse(last ?? '')).toEqual({
      error: {
        code: 'NOT_A_LOG',
        category: 'validation_error',
        message: 'It ends here',
        details: { path: 'x' },
        actions: ['Give a log.'],
      },
    });
  });

  it('hide a bug, and write it down', async () => {
    const server = await serve(async (params, context) => {
      await readLines(['{"a":1}'])(params, context);
      throw new Error('the secret inside');
    });
    const text = await (await fetch(`${server.url}/v1/logs/events?path=x`)).text();
    expect(text).toContain('INTERNAL_ERROR');
    expect(text).not.toContain('secret');
    expect(server.failures).toMatchObject([{ message: 'the secret inside' }]);
  });

  it('are read no faster than the client takes them, and not on when it has gone', async () => {
    let batches = 0;
    let signal: AbortSignal | undefined;
    const server = await serve(async (_params, context) => {
      signal = context.signal;
      const lines = ['x'.repeat(99_999)];
      for (; !context.signal.aborted; batches++) await context.notify('logs/eventsRead', { lines });
      throw context.signal.reason;
    });
    const client = await RawClient.get(server.port, '/v1/logs/events?path=x');
    client.socket.pause();
    let before = -1;
    await vi.waitFor(
      () => {
        const last = before;
        before = batches;
        expect(before).toBeGreaterThan(0);
        expect(before).toBe(last);
      },
      { interval: 100, timeout: 10_000 },
    );
    expect(before).toBeLessThan(200);
    client.vanish();
    await vi.waitFor(() => {
      expect(signal?.aborted).toBe(true);
    });
    expect(server.failures).toEqual([]);
  });

  it('are not read on for a client that has gone before the first line', async () => {
    let signal: AbortSignal | undefined;
    const server = await serve((_params, context) => {
      signal = context.signal;
      return new Promise((_, reject) => {
        context.signal.addEventListener('abort', () => {
          reject(context.signal.reason as Error);
        });
      });
    });
    const client = await RawClient.get(server.port, '/v1/logs/events?path=x');
    await vi.waitFor(() => {
      expect(signal).toBeDefined();
    });
    client.vanish();
    await vi.waitFor(() => {
      expect(signal?.aborted).toBe(true);
    });
    expect(server.failures).toEqual([]);
  });

  it('say that the service closes', async () => {
    const server = await serve(async ({ path }, { signal, notify }) => {
      await notify('logs/eventsRead', { lines: [path] });
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(signal.reason as Error);
        });
      });
    });
    const client = await RawClient.get(server.port, '/v1/logs/events?path=x');
    await client.waitFor('x\n');
    await server.close();
    await client.waitForEnd();
    expect(client.received).toContain('SHUTTING_DOWN');
    expect(server.failures).toEqual([]);
  });
});
