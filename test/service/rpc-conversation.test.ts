import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { CancellationTokenSource, type ResponseError } from 'vscode-jsonrpc/node';
import { WebSocket } from 'ws';
import { CtsError } from '#protocol';
import { FollowedRuns } from '../support/followed-runs.ts';
import { HeldRequests, VERSION, VERSION_HANDLER } from '../support/held-requests.ts';
import { connectEditor, RawRpcClient } from '../support/rpc-client.ts';
import { RawClient } from '../support/stream-clients.ts';
import { openStreamServer } from '../support/stream-server.ts';

describe('a conversation with an editor (vscode-jsonrpc)', () => {
  it('answers requests of the contract, defaults filled in', async () => {
    const list = vi.fn(() => Promise.resolve({ runs: [], nextCursor: null, total: 0 }));
    const { url } = await openStreamServer({ handlers: { 'runs/list': list } });
    const editor = await connectEditor(url);
    expect(await editor.sendRequest('runs/list', { states: ['queued'] })).toEqual({
      runs: [],
      nextCursor: null,
      total: 0,
    });
    expect(list.mock.calls).toMatchObject([[{ states: ['queued'], limit: 100 }, {}]]);
  });

  it('takes a request without parameters', async () => {
    const { url } = await openStreamServer({ handlers: VERSION_HANDLER });
    const editor = await connectEditor(url);
    expect(await editor.sendRequest('service/version')).toEqual(VERSION);
  });

  it('begins with a handshake', async () => {
    const { url } = await openStreamServer({ handlers: VERSION_HANDLER });
    const editor = await connectEditor(url);
    expect(await editor.sendRequest('initialize', { protocolVersion: 3, client: 'test 1.0' })).toEqual({
      protocolVersion: 3,
      ctsVersion: '9.9.9',
    });
  });

  it.each([
    { protocolVersion: 2, advice: 'Update the client.' },
    { protocolVersion: 4, advice: 'Update the service.' },
  ])('refuses version $protocolVersion with advice', async ({ protocolVersion, advice }) => {
    const { url } = await openStreamServer({ handlers: VERSION_HANDLER });
    const editor = await connectEditor(url);
    await expect(editor.sendRequest('initialize', { protocolVersion })).rejects.toMatchObject({
      code: -32602,
      data: { code: 'INVALID_PARAMETER', actions: [advice] },
    });
  });

  it('tells failures by code, with everything that is known of them', async () => {
    const failure = new CtsError('RUN_NOT_FOUND', 'No run with id x', {
      details: { runId: 'x' },
      actions: ['List runs: cts runs list'],
    });
    const { url } = await openStreamServer({ handlers: { 'runs/get': () => Promise.reject(failure) } });
    const editor = await connectEditor(url);
    await expect(editor.sendRequest('runs/get', { runId: 'x' })).rejects.toMatchObject({
      code: -31430,
      message: 'No run with id x',
      data: {
        code: 'RUN_NOT_FOUND',
        category: 'validation_error',
        details: { runId: 'x' },
        actions: ['List runs: cts runs list'],
      },
    });
  });

  it.each([
    { method: 'runs/get', params: {}, code: -32602, says: 'runId' },
    { method: 'runs/get', params: { runId: 'x', more: 1 }, code: -32602, says: 'more' },
    { method: 'runs/readLog', params: { runId: 'x', limit: 0 }, code: -32602, says: 'limit' },
    { method: 'runs/nothing', params: {}, code: -32601, says: 'runs/nothing' },
    { method: 'toString', params: {}, code: -32601, says: 'toString' },
    { method: '__proto__', params: {}, code: -32601, says: '__proto__' },
  ])('refuses $method with $params', async ({ method, params, code, says }) => {
    const { url } = await openStreamServer();
    const editor = await connectEditor(url);
    const error: unknown = await editor.sendRequest(method, params).catch((failure: unknown) => failure);
    expect((error as ResponseError).code).toBe(code);
    expect((error as ResponseError).message).toContain(says);
  });

  it('hides a bug, and writes it down', async () => {
    const handlers = { 'tools/list': () => Promise.reject(new Error('the secret inside')) };
    const server = await openStreamServer({ handlers });
    const editor = await connectEditor(server.url);
    const error: unknown = await editor.sendRequest('tools/list').catch((failure: unknown) => failure);
    expect(error).toMatchObject({ code: -32603, data: { code: 'INTERNAL_ERROR' } });
    expect(JSON.stringify(error)).not.toContain('secret');
    expect(server.failures).toMatchObject([{ message: 'the secret inside' }]);
  });

  it('stops work that is cancelled', async () => {
    const held = new HeldRequests();
    const { url } = await openStreamServer(held);
    const editor = await connectEditor(url);
    const source = new CancellationTokenSource();
    const answer = editor.sendRequest('tools/list', {}, source.token);
    await vi.waitFor(() => {
      expect(held.begun).toHaveLength(1);
    });
    source.cancel();
    await expect(answer).rejects.toMatchObject({ code: -32800 });
    expect(held.begun[0]?.aborted).toBe(true);
  });

  it('tells news under the request that they belong to, before its answer', async () => {
    const runs = new FollowedRuns();
    await runs.begin('r1', 'one');
    await runs.begin('r2', 'other');
    const { url } = await openStreamServer(runs);
    const client = await RawRpcClient.connect(url);
    client.request('a', 'runs/followLog', { runId: 'r1' });
    client.request(7, 'runs/followLog', { runId: 'r2' });
    await vi.waitFor(() => {
      expect(client.messages).toHaveLength(2);
    });
    await runs.say('r1', 'two');
    await runs.end('r1');
    expect(await client.answerTo('a')).toEqual({ jsonrpc: '2.0', id: 'a', result: { lastSequence: 2 } });
    const news = client.messages.filter((message) => 'method' in (message as object));
    expect(news).toMatchObject([
      { method: 'runs/logAppended', params: { requestId: 'a', runId: 'r1', entries: [{ message: 'one' }] } },
      { method: 'runs/logAppended', params: { requestId: 7, runId: 'r2', entries: [{ message: 'other' }] } },
      { method: 'runs/logAppended', params: { requestId: 'a', runId: 'r1', entries: [{ message: 'two' }] } },
    ]);
  });
});

describe('who may talk', () => {
  it('is decided before the upgrade, by the checks of every request', async () => {
    const access = {
      admit: () => {
        throw new CtsError('ORIGIN_REFUSED', 'no');
      },
      authenticate: () => Promise.resolve(),
    };
    const { url } = await openStreamServer({ access });
    const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/rpc`);
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('403');
  });

  it('leaves no socket open behind a refusal, wherever it was asked for', async () => {
    const access = {
      admit: () => {
        throw new CtsError('HOST_REFUSED', 'no');
      },
      authenticate: () => Promise.resolve(),
    };
    const { port } = await openStreamServer({ access });
    for (const path of ['/v1/rpc', '/v1/nothing', '/v1/runs/r1/logs']) {
      const client = await RawClient.get(port, path, [
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      ]);
      await client.waitForEnd();
      expect(client.received).toContain('HTTP/1.1 421');
    }
  });

  it('does not hear its token back where it offers a protocol besides', async () => {
    const { url } = await openStreamServer();
    const wsUrl = `${url.replace('http', 'ws')}/v1/rpc`;
    const both = new WebSocket(wsUrl, ['cts.token.secret', 'cts.rpc']);
    await once(both, 'open');
    expect(both.protocol).toBe('cts.rpc');
    both.terminate();
    const token = new WebSocket(wsUrl, ['cts.token.secret']);
    await once(token, 'open');
    token.terminate();
  });

  it.each(['/v1/nothing', '/v1/runs/r1/logs'])('upgrades nothing at %s', async (path) => {
    const runs = new FollowedRuns();
    const { url } = await openStreamServer(runs);
    const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`);
    const outcome = await Promise.race([once(socket, 'error'), once(socket, 'close')]);
    expect(outcome).toBeDefined();
    socket.terminate();
  });

  it('answers 404 to who asks without an upgrade', async () => {
    const { url } = await openStreamServer();
    expect((await fetch(`${url}/v1/rpc`)).status).toBe(404);
  });
});
