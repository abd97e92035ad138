import { createParser } from 'eventsource-parser';
import { describe, expect, it, vi } from 'vitest';
import { CtsError } from '#protocol';
import { FollowedRuns } from '../support/followed-runs.ts';
import { countResources } from '../support/open-resources.ts';
import { RawClient } from '../support/stream-clients.ts';
import { openStreamServer } from '../support/stream-server.ts';

const LINE = { timestamp: '2026-01-02T03:04:05.000Z', level: 'INFO' };

interface Event {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: string;
}

function parseEvents(text: string): readonly Event[] {
  const events: Event[] = [];
  const parser = createParser({
    onEvent: ({ id, event, data }) => {
      events.push({ id, event, data });
    },
  });
  parser.feed(text);
  return events;
}

function messagesOf(text: string): readonly string[] {
  return parseEvents(text)
    .filter(({ id }) => id !== undefined)
    .map(({ data }) => (JSON.parse(data) as { readonly message: string }).message);
}

describe('the log of a run as server-sent events', () => {
  it('sends what was said, what is being said, and the end', async () => {
    const runs = new FollowedRuns();
    await runs.begin('r1', 'first', 'second ✓');
    const { url } = await openStreamServer({ handlers: runs.handlers });
    const response = await fetch(`${url}/v1/runs/r1/logs`);
    await runs.say('r1', 'third');
    await runs.end('r1');
    const line = (id: number, message: string): string =>
      `id: ${id}\ndata: ${JSON.stringify({ ...LINE, message, source: 'tool' })}\n\n`;
    expect(await response.text()).toBe(
      `retry: 1000\n\n${line(1, 'first')}${line(2, 'second ✓')}${line(3, 'third')}event: end\ndata: [DONE]\n\n`,
    );
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      // Set by a hook of the server, as those of CORS are.
      'x-checked': 'yes',
    });
  });

  it('sends headers before the run has said anything', async () => {
    const runs = new FollowedRuns();
    await runs.begin('r1');
    const { url } = await openStreamServer({ handlers: runs.handlers });
    const response = await fetch(`${url}/v1/runs/r1/logs/stream`);
    expect(response.status).toBe(200);
    await runs.end('r1');
    expect(parseEvents(await response.text())).toEqual([{ event: 'end', data: '[DONE]' }]);
  });

  it('gives those who come after the end everything, and the end', async () => {
    const runs = new FollowedRuns();
    await runs.begin('r1', 'one', 'two');
    await runs.end('r1');
    const { url } = await openStreamServer({ handlers: runs.handlers });
    const text = await (await fetch(`${url}/v1/runs/r1/logs`)).text();
    expect(messagesOf(text)).toEqual(['one', 'two']);
    expect(parseEvents(text).at(-1)).toMatchObject({ event: 'end', data: '[DONE]' });
  });

  it.each([
    { how: 'after', path: '?after=1', headers: {}, expected: ['two', 'three'] },
    { how: 'Last-Event-ID', path: '', headers: { 'last-event-id': '2' }, expected: ['three'] },
    {
      how: 'the header before the query',
      path: '?after=0',
      headers: { 'last-event-id': '2' },
      expected: ['three'],
    },
    { how: 'a place behind the end', path: '?after=99', headers: {}, expected: [] },
  ])('goes on by $how', async ({ path, headers, expected }) => {
    const runs = new FollowedRuns();
    await runs.begin('r1', 'one', 'two', 'three');
    await runs.end('r1');
    const { url } = await openStreamServer({ handlers: runs.handlers });
    const response = await fetch(`${url}/v1/runs/r1/logs${path}`, { headers });
    expect(messagesOf(await response.text())).toEqual(expected);
  });

  it.each(['?after=-1', '?after=x', '?after=1.5', '?afer=1', '?after=1&after=2'])(
    'refuses the place %s before any stream',
    async (query) => {
      const runs = new FollowedRuns();
      await runs.begin('r1', 'one');
      const { url } = await openStreamServer({ handlers: runs.handlers });
      const response = await fetch(`${url}/v1/runs/r1/logs${query}`);
      expect(response.status).toBe(422);
      expect(await response.json()).toMatchObject({ code: 'INVALID_REQUEST' });
      expect(runs.readers).toBe(0);
    },
  );

  it('answers 404 for a run that is not there, as a problem', async () => {
    const { url } = await openStreamServer({ handlers: new FollowedRuns().handlers });
    const response = await fetch(`${url}/v1/runs/nope/logs`, { headers: { accept: 'text/event-stream' } });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ code: 'RUN_NOT_FOUND' });
  });

  it('shows that an idle stream is alive', async () => {
    const runs = new FollowedRuns();
    await runs.begin('r1', 'one');
    const { port } = await openStreamServer({ handlers: runs.handlers, timing: { heartbeatMs: 5 } });
    const client = await RawClient.get(port, '/v1/runs/r1/logs');
    await client.waitFor(': keepalive\n\n');
    await runs.end('r1');
    await client.waitFor('[DONE]');
    expect(messagesOf(client.received)).toEqual(['one']);
    client.vanish();
  });

  it('tells why a stream breaks off, also to those who only know lines', async () => {
    const runs = new FollowedRuns();
    await runs.begin('r1', 'one');
    runs.failWith(new CtsError('STORE_UNAVAILABLE', 'Cannot read the log of run r1'));
    const { url } = await openStreamServer({ handlers: runs.handlers });
    const text = await (await fetch(`${url}/v1/runs/r1/logs`)).text();
    const last = parseEvents(text).at(-1);
    expect(last).toMatchObject({ event: 'error' });
    expect(JSON.parse(last?.data ?? '')).toEqual({
      ...LINE,
      level: 'ERROR',
      message: 'Cannot read the log of run r1',
      source: 'service',
      code: 'STORE_UNAVAILABLE',
    });
    expect(text).not.toContain('[DONE]');
  });

  it('hides a bug, and writes it down', async () => {
    const runs = new FollowedRuns();
    await runs.begin('r1', 'one');
    runs.failWith(new Error('the secret inside'));
    const server = await openStreamServer({ handlers: runs.handlers });
    const text = await (await fetch(`${server.url}/v1/runs/r1/logs`)).text();
    expect(text).toContain('INTERNAL_ERROR');
    expect(text).not.toContain('secret');
    expect(server.failures).toMatchObject([{ message: 'the secret inside' }]);
  });

  it('ends streams without the end event when the service closes', async () => {
    const runs = new FollowedRuns();
    await runs.begin('r1', 'one');
    const server = await openStreamServer({ handlers: runs.handlers });
    const client = await RawClient.get(server.port, '/v1/runs/r1/logs');
    await client.waitFor('one');
    await server.close();
    await client.waitForEnd();
    expect(client.received).not.toContain('event:');
    expect(runs.readers).toBe(0);
    expect(server.failures).toEqual([]);
  });

  it('does not answer HEAD, which would follow the run to its end', async () => {
    const runs = new FollowedRuns();
    await runs.begin('r1');
    const { url } = await openStreamServer({ handlers: runs.handlers });
    expect((await fetch(`${url}/v1/runs/r1/logs`, { method: 'HEAD' })).status).toBe(404);
  });
});

describe('many readers, slow ones and those who vanish', () => {
  it('stops working for a client that has gone, at once', async () => {
    const runs = new FollowedRuns();
    await runs.begin('r1', 'one');
    const { port } = await openStreamServer({ handlers: runs.handlers });
    const client = await RawClient.get(port, '/v1/runs/r1/logs');
    await client.waitFor('one');
    expect(runs.readers).toBe(1);
    client.vanish();
    await vi.waitFor(() => {
      expect(runs.readers).toBe(0);
    });
  });

  it('holds no more for a reader that does not read than its socket, and loses nothing', async () => {
    const runs = new FollowedRuns();
    const lines = Array.from({ length: 40_000 }, (_, index) => `${index} ${'x'.repeat(1000)}`);
    await runs.begin('r1', ...lines);
    await runs.end('r1');
    let delivered = 0;
    const follow = runs.handlers['runs/followLog'];
    const { port } = await openStreamServer({
      handlers: {
        ...runs.handlers,
        'runs/followLog': (params, { signal, notify }) =>
          follow(params, {
            signal,
            notify: async (method, news) => {
              await notify(method, news);
              if ('entries' in news) delivered += (news.entries as readonly unknown[]).length;
            },
          }),
      },
    });
    const client = await RawClient.get(port, '/v1/runs/r1/logs');
    await client.waitFor('retry');
    client.socket.pause();
    const before = await settleValue(() => delivered);
    // 40 MB were said; what the kernel takes on loopback is a few.
    expect(before).toBeLessThan(15_000);
    client.socket.resume();
    await client.waitFor('[DONE]');
    const ids = client.received.match(/^id: \d+$/gm) ?? [];
    expect(ids.map((id) => Number(id.slice(4)))).toEqual(lines.map((_, index) => index + 1));
    client.vanish();
  });

  it('leaves nothing behind when a thousand clients come and go', { timeout: 60_000 }, async () => {
    const runs = new FollowedRuns();
    await runs.begin('r1', 'one');
    const { port } = await openStreamServer({ handlers: runs.handlers });
    const visit = async (): Promise<void> => {
      const client = await RawClient.get(port, '/v1/runs/r1/logs');
      await client.waitFor('one');
      client.vanish();
    };
    await visit();
    await vi.waitFor(() => {
      expect(runs.readers).toBe(0);
    });
    const before = countResources();
    for (let round = 0; round < 20; round++) await Promise.all(Array.from({ length: 50 }, visit));
    await vi.waitFor(
      () => {
        expect(runs.readers).toBe(0);
        expect(countResources().handles).toBeLessThanOrEqual(before.handles + 5);
        expect(countResources().files).toBeLessThanOrEqual(before.files + 5);
      },
      { timeout: 5000 },
    );
  });

  it('gives each of a thousand readers every line once, in order', { timeout: 60_000 }, async () => {
    const runs = new FollowedRuns();
    await runs.begin('r1', 'history');
    const { port } = await openStreamServer({ handlers: runs.handlers });
    const clients = await Promise.all(
      Array.from({ length: 1000 }, () => RawClient.get(port, '/v1/runs/r1/logs')),
    );
    await Promise.all(clients.map((client) => client.waitFor('history')));
    const lines = Array.from({ length: 50 }, (_, line) => `line ${line}.`);
    for (const line of lines) await runs.say('r1', line);
    await runs.end('r1');
    await Promise.all(clients.map((client) => client.waitFor('[DONE]')));
    for (const client of clients) {
      expect(messagesOf(withoutChunks(client.received))).toEqual(['history', ...lines]);
      client.vanish();
    }
  });
});

/** Waits until a number has stopped changing. */
async function settleValue(read: () => number): Promise<number> {
  let value = -1;
  await vi.waitFor(
    () => {
      const before = value;
      value = read();
      expect(value).toBe(before);
    },
    { interval: 100, timeout: 10_000 },
  );
  return value;
}

/** Takes chunk sizes out of a body; every chunk here is a whole number of frames. */
function withoutChunks(text: string): string {
  return text.slice(text.indexOf('\r\n\r\n') + 4).replace(/\r\n[0-9a-f]+\r\n|^[0-9a-f]+\r\n|\r\n/g, '');
}
