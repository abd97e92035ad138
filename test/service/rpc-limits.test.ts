import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { CtsError, type RequestHandlers } from '#protocol';
import { HeldRequests, VERSION, VERSION_HANDLER } from '../support/held-requests.ts';
import { countResources } from '../support/open-resources.ts';
import { connectSocket, RawRpcClient } from '../support/rpc-client.ts';
import { openStreamServer } from '../support/stream-server.ts';

describe('limits of a conversation', () => {
  it('refuses a message of more than 1 MiB, and only that conversation ends', async () => {
    const { url } = await openStreamServer({ handlers: VERSION_HANDLER });
    const [big, other] = [await RawRpcClient.connect(url), await RawRpcClient.connect(url)];
    big.send('x'.repeat(1_048_577));
    const [code] = (await once(big.socket, 'close')) as [number];
    expect([1006, 1009]).toContain(code);
    other.request(1, 'service/version');
    expect(await other.answerTo(1)).toMatchObject({ result: VERSION });
  });

  it('answers a hundred requests at once, and tells the next to wait', async () => {
    const held = new HeldRequests();
    const { url } = await openStreamServer(held);
    const client = await RawRpcClient.connect(url);
    for (let id = 0; id <= 100; id++) client.request(id, 'tools/list');
    expect(await client.answerTo(100)).toMatchObject({
      error: { code: -31537, data: { code: 'OVERLOADED' } },
    });
    expect(held.begun).toHaveLength(100);
    held.release();
    await client.answerTo(99);
    client.request(101, 'service/version');
    expect(await client.answerTo(101)).toMatchObject({ result: VERSION });
  });

  it('holds work back for a client that does not read', async () => {
    let delivered = 0;
    const handlers: Partial<RequestHandlers> = {
      'logs/readEvents': async (_params, { signal, notify }) => {
        const lines = ['x'.repeat(100_000)];
        for (; delivered < 1000 && !signal.aborted; delivered++) await notify('logs/eventsRead', { lines });
        throw new CtsError('NOT_A_LOG', 'over');
      },
    };
    const { url } = await openStreamServer({ handlers });
    const client = await RawRpcClient.connect(url);
    client.socket.pause();
    client.request(1, 'logs/readEvents', { path: 'x' });
    let before = -1;
    await vi.waitFor(
      () => {
        const last = before;
        before = delivered;
        expect(before).toBeGreaterThan(0);
        expect(before).toBe(last);
      },
      { interval: 100, timeout: 5000 },
    );
    expect(before).toBeLessThan(200);
    client.socket.resume();
    await client.answerTo(1);
    expect(delivered).toBe(1000);
  });

  it('stops reading from a client that does not read its answers', async () => {
    const answer = vi.fn(() => Promise.resolve({ ...VERSION, ctsVersion: 'x'.repeat(500_000) }));
    const { url } = await openStreamServer({ handlers: { 'service/version': answer } });
    const client = await RawRpcClient.connect(url);
    client.socket.pause();
    for (let id = 0; id < 3000; id++) client.request(id, 'service/version');
    let before = -1;
    await vi.waitFor(
      () => {
        const last = before;
        before = answer.mock.calls.length;
        expect(before).toBe(last);
      },
      { interval: 200, timeout: 5000 },
    );
    expect(before).toBeLessThan(300);
  });

  it('stops all work of a client that vanishes', async () => {
    const held = new HeldRequests();
    const { url } = await openStreamServer(held);
    const client = await RawRpcClient.connect(url);
    for (let id = 0; id < 10; id++) client.request(id, 'tools/list');
    await vi.waitFor(() => {
      expect(held.begun).toHaveLength(10);
    });
    client.socket.terminate();
    await vi.waitFor(() => {
      expect(held.begun.every(({ aborted }) => aborted)).toBe(true);
    });
  });

  it('leaves nothing behind when a thousand clients come and go', { timeout: 60_000 }, async () => {
    const held = new HeldRequests();
    const { url } = await openStreamServer(held);
    const visit = async (): Promise<void> => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/rpc`);
      await once(socket, 'open');
      socket.send('{"jsonrpc":"2.0","id":1,"method":"tools/list"}');
      await nextTurn();
      socket.terminate();
      await once(socket, 'close');
    };
    await visit();
    await nextTurn();
    const before = countResources();
    for (let round = 0; round < 20; round++) await Promise.all(Array.from({ length: 50 }, visit));
    await vi.waitFor(
      () => {
        expect(held.begun.every(({ aborted }) => aborted)).toBe(true);
        expect(countResources().handles).toBeLessThanOrEqual(before.handles + 5);
        expect(countResources().files).toBeLessThanOrEqual(before.files + 5);
      },
      { timeout: 5000 },
    );
  });

  it('closes a socket that leaves pings unanswered, and keeps one that answers', async () => {
    const { url } = await openStreamServer({ timing: { pingMs: 20 } });
    const dead = await connectSocket(`${url}/v1/rpc`, { autoPong: false });
    const alive = await connectSocket(`${url}/v1/rpc`);
    await once(dead, 'close');
    await once(alive, 'ping');
    expect(alive.readyState).toBe(WebSocket.OPEN);
  });

  it('says goodbye when the service closes, and stops all work', async () => {
    const held = new HeldRequests();
    const server = await openStreamServer(held);
    const client = await RawRpcClient.connect(server.url);
    client.request(1, 'tools/list');
    await vi.waitFor(() => {
      expect(held.begun).toHaveLength(1);
    });
    const closed = once(client.socket, 'close');
    await server.close();
    expect((await closed)[0]).toBe(1001);
    expect(held.begun[0]?.aborted).toBe(true);
    expect(server.failures).toEqual([]);
  });
});
