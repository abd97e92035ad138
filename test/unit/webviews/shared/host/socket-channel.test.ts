import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { openSocketChannel } from '../../../../../webviews/shared/host/socket-channel.ts';

interface Request {
  readonly id: number;
  readonly method: string;
  readonly params: { readonly id?: number };
}

const servers: WebSocketServer[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate();
    server.close();
  }
});

async function serve(onRequest: (request: Request, socket: ServerSocket) => void): Promise<WebSocketServer> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  servers.push(server);
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      onRequest(JSON.parse(data.toString('utf8')) as Request, socket);
    });
  });
  await once(server, 'listening');
  return server;
}

function connect(server: WebSocketServer) {
  const onBackend = vi.fn();
  const { port } = server.address() as AddressInfo;
  const channel = openSocketChannel({ url: `ws://127.0.0.1:${port}`, protocols: ['cts.rpc'], onBackend });
  return { channel, onBackend };
}

function answer(socket: ServerSocket, message: object): void {
  socket.send(JSON.stringify({ jsonrpc: '2.0', ...message }));
}

test('requests wait for the connection, and blocks become bytes', async () => {
  const server = await serve(({ id, method }, socket) => {
    answer(socket, { method: 'work/progressed', params: { requestId: id, fraction: 1, message: '' } });
    answer(socket, { id, result: { method, block: { base64: 'AQI=' } } });
  });
  const { channel, onBackend } = connect(server);
  const onNews = vi.fn();
  const result = await channel.request('tools/list', {}, { onNews });
  expect(result).toMatchObject({ method: 'tools/list' });
  const { block } = result as { readonly block: { readonly bytes: ArrayBuffer } };
  expect([...new Uint8Array(block.bytes)]).toEqual([1, 2]);
  expect(onNews).toHaveBeenCalledWith({ method: 'work/progressed', params: { fraction: 1, message: '' } });
  expect(onBackend).toHaveBeenCalledWith('ready');
});

test('a request that is taken back is taken back at the service', async () => {
  const seen: Request[] = [];
  const server = await serve((request) => seen.push(request));
  const { channel } = connect(server);
  const stop = new AbortController();
  const asked = channel.request('runs/watch', {}, { signal: stop.signal });
  await vi.waitFor(() => {
    expect(seen).toHaveLength(1);
  });
  stop.abort();
  await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' });
  await vi.waitFor(() => {
    expect(seen[1]).toMatchObject({ method: '$/cancelRequest', params: { id: seen[0]?.id } });
  });
});

test('a service that goes away fails what was asked, and is found again', async () => {
  let isFirst = true;
  const server = await serve(({ id }, socket) => {
    if (isFirst) socket.terminate();
    else answer(socket, { id, result: 'back' });
    isFirst = false;
  });
  const { channel, onBackend } = connect(server);
  await expect(channel.request('tools/list', {})).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE' });
  expect(onBackend).toHaveBeenLastCalledWith('restarting');
  await expect(channel.request('tools/list', {})).resolves.toBe('back');
  expect(onBackend).toHaveBeenLastCalledWith('ready');
});
