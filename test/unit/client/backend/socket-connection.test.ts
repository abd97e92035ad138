import { describe, expect, it } from 'vitest';
import { CtsError } from '#protocol';
import {
  locateRpc,
  openSocketConnection,
  readServiceUrl,
  type Socket,
} from '../../../../client/backend/socket-connection.ts';
import { settle } from '../../../support/fake-backend.ts';

type Event = { readonly data?: unknown; readonly code?: number; readonly reason?: string };

class FakeSocket implements Socket {
  readyState = 1;
  readonly sent: { id?: number; method: string; params: Record<string, unknown> }[] = [];
  readonly #listeners = new Map<string, (event: Event) => void>();
  readonly protocols: readonly string[];

  constructor(protocols: readonly string[]) {
    this.protocols = protocols;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as never);
  }

  close(): void {
    this.readyState = 3;
    this.fire('close', { code: 1000 });
  }

  addEventListener(type: string, listener: (event: Event) => void): void {
    this.#listeners.set(type, listener);
  }

  fire(type: string, event: Event = {}): void {
    this.#listeners.get(type)?.(event);
  }

  say(message: object): void {
    this.fire('message', { data: JSON.stringify({ jsonrpc: '2.0', ...message }) });
  }
}

async function open(answer: object = { result: { protocolVersion: 1, ctsVersion: '0.1.0' } }): Promise<{
  readonly socket: FakeSocket;
  readonly connection: ReturnType<typeof openSocketConnection>;
}> {
  const sockets: FakeSocket[] = [];
  const connection = openSocketConnection({
    url: new URL('http://127.0.0.1:8080'),
    token: 'secret',
    timeoutMs: 1000,
    createSocket: (_url, protocols) => {
      const socket = new FakeSocket(protocols);
      sockets.push(socket);
      return socket;
    },
  });
  connection.catch(() => undefined);
  const [socket] = sockets;
  if (socket === undefined) throw new Error('No socket was made');
  socket.fire('open');
  await settle();
  socket.say({ id: 1, ...answer });
  return { socket, connection };
}

describe('openSocketConnection', () => {
  it('introduces itself, with the token where browsers put it', async () => {
    const { socket, connection } = await open();
    expect((await connection).facts).toEqual({
      protocolVersion: 1,
      ctsVersion: '0.1.0',
      httpUrl: 'http://127.0.0.1:8080/',
      missing: [],
    });
    expect(socket.protocols).toEqual(['cts.rpc', 'cts.token.secret']);
    expect(socket.sent).toMatchObject([{ id: 1, method: 'initialize', params: { protocolVersion: 1 } }]);
  });

  it('says which side is to be updated where versions differ', async () => {
    const data = {
      code: 'INVALID_PARAMETER',
      details: { protocolVersion: 2, ctsVersion: '9.0.0' },
      actions: [],
    };
    const { connection } = await open({ error: { code: -32602, message: 'no', data } });
    await expect(connection).rejects.toMatchObject({
      code: 'CLIENT_TOO_OLD',
      message: 'The backend is CTS 9.0.0 and speaks protocol 2; this extension speaks 1',
      actions: ['Update the extension CTS.'],
    });
  });

  it('brings news to the request that they belong to, before its answer', async () => {
    const { socket, connection } = await open();
    const told: unknown[] = [];
    const answer = (await connection).request('runs/watch', {}, { onNews: (...news) => told.push(news) });
    await settle();
    const id = socket.sent.at(-1)?.id;
    socket.say({ method: 'runs/changed', params: { requestId: id, runs: [] } });
    socket.say({ method: 'runs/changed', params: { requestId: 99, runs: ['other'] } });
    socket.say({ id, result: { told: 1 } });
    expect(await answer).toEqual({ told: 1 });
    expect(told).toEqual([['runs/changed', { runs: [] }]]);
  });

  it('turns failures into those of the contract', async () => {
    const { socket, connection } = await open();
    const answer = (await connection).request('runs/get', { runId: 'r' });
    await settle();
    const data = { code: 'RUN_NOT_FOUND', details: { runId: 'r' }, actions: ['List runs: cts runs list'] };
    socket.say({ id: socket.sent.at(-1)?.id, error: { code: -31430, message: 'No run with id r', data } });
    await expect(answer).rejects.toMatchObject({
      code: 'RUN_NOT_FOUND',
      message: 'No run with id r',
      details: { runId: 'r' },
    });
  });

  it('takes a request back when its caller does', async () => {
    const { socket, connection } = await open();
    const caller = new AbortController();
    const answer = (await connection).request('runs/watch', {}, { signal: caller.signal });
    await settle();
    const id = socket.sent.at(-1)?.id;
    caller.abort(new CtsError('SHUTTING_DOWN', 'Enough'));
    expect(socket.sent.at(-1)).toMatchObject({ method: '$/cancelRequest', params: { id } });
    socket.say({ id, error: { code: -32800, message: 'cancelled' } });
    await expect(answer).rejects.toThrow('Enough');
  });

  it('fails what is waited for when the service goes away, and what is asked later', async () => {
    const { socket, connection } = await open();
    const opened = await connection;
    const answer = opened.request('tools/list', {});
    socket.readyState = 3;
    socket.fire('close', { code: 1001, reason: '' });
    await expect(answer).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE' });
    expect(await opened.closed).toBe('the connection ended (1001)');
    await expect(opened.request('tools/list', {})).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE' });
  });

  it.each(['no JSON', '{"jsonrpc":"2.0","id":77,"result":1}', '[]', 'null'])(
    'passes over %s',
    async (text) => {
      const { socket, connection } = await open();
      const answer = (await connection).request('tools/list', {});
      await settle();
      socket.fire('message', { data: text });
      socket.say({ id: socket.sent.at(-1)?.id, result: [] });
      expect(await answer).toEqual([]);
    },
  );

  it('does not send what no service takes', async () => {
    const { connection } = await open();
    const answer = (await connection).request('x', { text: 'x'.repeat(1_000_001) });
    await expect(answer).rejects.toMatchObject({ code: 'BODY_TOO_LARGE' });
  });

  it('says where nobody answers', async () => {
    const connection = openSocketConnection({
      url: new URL('http://127.0.0.1:1/'),
      token: undefined,
      timeoutMs: 1000,
      createSocket: (url, protocols) => new WebSocket(url, [...protocols]),
    });
    await expect(connection).rejects.toMatchObject({
      code: 'SERVER_UNREACHABLE',
      message: 'No CTS service answers at http://127.0.0.1:1',
    });
  });
});

describe('locateRpc', () => {
  it('speaks WebSocket as safely as HTTP', () => {
    expect(locateRpc(new URL('http://127.0.0.1:8080'))).toBe('ws://127.0.0.1:8080/v1/rpc');
    expect(locateRpc(new URL('https://cts.example/x'))).toBe('wss://cts.example/v1/rpc');
  });
});

describe('readServiceUrl', () => {
  it('takes host and port as HTTP', () => {
    expect(readServiceUrl('127.0.0.1:9000').href).toBe('http://127.0.0.1:9000/');
  });

  it.each(['ftp://host', 'http://user:pass@host', 'http://', 'javascript://x'])('refuses %s', (text) => {
    expect(() => readServiceUrl(text)).toThrow(/http:\/\/HOST:PORT or https:\/\/HOST is expected/);
  });
});
