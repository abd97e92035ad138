import { describe, expect, it } from 'vitest';
import type { ListRunsParams, StartRunParams } from '#protocol';
import { createTestServer } from '../../../support/http-server.ts';

async function startRun(body: object, headers: Readonly<Record<string, string>> = {}) {
  const asked: StartRunParams[] = [];
  const server = await createTestServer({
    handlers: {
      'runs/start': async (params) => {
        asked.push(params);
        throw new Error('far enough');
      },
    },
  });
  const response = await server.service.app.inject({
    method: 'POST',
    url: '/v1/runs',
    payload: body,
    headers,
  });
  return { response, params: asked[0] };
}

describe('POST /v1/runs', () => {
  it('hands everything over in the words of the contract', async () => {
    const body = {
      tool_id: 'x',
      params: { a: 1, b: ['0x1', 2], c: true, d: 't' },
      input: { type: 'path', value: '/l' },
      name: 'mine',
      timeout_seconds: 5,
      max_bytes: 10,
      repo_root: '/r',
      deps_dir: null,
      install_missing_deps: false,
    };
    const { params } = await startRun(body, { 'idempotency-key': 'k1' });
    expect(params).toEqual({
      toolId: 'x',
      parameters: body.params,
      input: { type: 'path', path: '/l' },
      name: 'mine',
      timeoutSeconds: 5,
      maxBytes: 10,
      idempotencyKey: 'k1',
    });
  });

  it.each([
    [
      { type: 'upload', value: 'u' },
      { type: 'upload', uploadId: 'u' },
    ],
    [
      { type: 'artifact', value: 'a' },
      { type: 'artifact', artifactId: 'a' },
    ],
    [null, undefined],
  ])('takes the input %j', async (input, expected) => {
    const { params } = await startRun({ tool_id: 'x', input });
    expect(params?.input).toEqual(expected);
  });

  it.each([[{ deep: 1 }], [[[1]]], [null], [[null]], [[{}]]])(
    'refuses %j as the value of a parameter by name',
    async (value) => {
      const { response, params } = await startRun({ tool_id: 'x', params: { watch: value } });
      expect(params).toBeUndefined();
      expect(response.json()).toMatchObject({
        status: 400,
        code: 'INVALID_PARAMETER',
        detail: "Parameter 'watch' must be text, a number, true or false, or a list of these",
        details: { parameter: 'watch' },
      });
    },
  );

  it.each([
    ['no tool', {}, 'body.tool_id: Invalid input: expected string, received undefined'],
    ['a number as tool', { tool_id: 5 }, 'body.tool_id: Invalid input: expected string, received number'],
    ['an unknown member', { tool_id: 'x', tool: 1 }, 'body: Unrecognized key: "tool"'],
    ['a list', [], 'body: Invalid input: expected object, received array'],
    [
      'a bad timeout',
      { tool_id: 'x', timeout_seconds: 0 },
      'request.timeoutSeconds: Too small: expected number to be >=1',
    ],
  ])('tells what is wrong with %s', async (_what, body, issue) => {
    const { response } = await startRun(body);
    expect(response.statusCode).toBe(422);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(response.json()).toMatchObject({ code: 'INVALID_REQUEST', details: { issues: [issue] } });
  });

  it('answers 200 and where the run is', async () => {
    const { service } = await createTestServer();
    const response = await service.app.inject({
      method: 'POST',
      url: '/v1/runs',
      payload: { tool_id: 'can-bitwatch' },
    });
    expect([response.statusCode, response.headers['location']]).toEqual([200, '/v1/runs/run-1']);
    expect(response.json()).toMatchObject({
      id: 'run-1',
      run_id: 'run-1',
      status: 'queued',
      duration: '1.5s',
      artifacts: ['artifact-1'],
      error: 'boom',
      error_category: 'tool_error',
      error_code: 'TOOL_FAILED',
    });
  });
});

describe('GET /v1/runs', () => {
  async function list(query: string) {
    const asked: ListRunsParams[] = [];
    const server = await createTestServer({
      handlers: {
        'runs/list': async (params) => {
          asked.push(params);
          return { runs: [], nextCursor: 'c2', total: 7 };
        },
      },
    });
    const response = await server.service.app.inject({
      url: `/v1/runs${query}`,
      headers: { host: 'localhost:99' },
    });
    return { response, params: asked[0] };
  }

  it.each([
    ['', {}],
    ['?status=failed', { states: ['failed'] }],
    ['?status=failed&status=running', { states: ['failed', 'running'] }],
    ['?status=failed,running', { states: ['failed', 'running'] }],
    ['?active=true', { states: ['queued', 'running'] }],
    ['?active=false', {}],
    ['?tool_id=x', { toolId: 'x' }],
    ['?tool=x', { toolId: 'x' }],
    ['?limit=5', { limit: 5 }],
    ['?last=5', { limit: 5 }],
    ['?cursor=c1', { cursor: 'c1' }],
    ['?since=2026-01-01T00:00:00Z', { since: '2026-01-01T00:00:00Z' }],
  ])('reads %j', async (query, expected) => {
    expect((await list(query)).params).toEqual({ limit: 100, ...expected });
  });

  it.each([
    '?status=done',
    '?limit=0',
    '?limit=x',
    '?limit=1&limit=2',
    '?active=yes',
    '?since=yesterday',
    '?token=x',
  ])('refuses %s', async (query) => {
    const { response, params } = await list(query);
    expect([response.statusCode, params]).toEqual([422, undefined]);
  });

  it('leads to the next page, and tells how many there are', async () => {
    const { response } = await list('?limit=5&tool=x&cursor=c1');
    expect(response.headers).toMatchObject({
      link: '<http://localhost:99/v1/runs?limit=5&tool=x&cursor=c2>; rel="next"',
      'x-total-count': '7',
    });
  });
});

describe('DELETE /v1/runs/{id}', () => {
  it.each([
    ['run-1', { message: 'Run cancelled', run_id: 'run-1', status: 'queued' }],
    ['zzz', { message: 'Run not found or already completed', run_id: 'zzz', status: null }],
  ])('answers 200 for %s', async (id, expected) => {
    const { service } = await createTestServer();
    await service.app.inject({ method: 'POST', url: '/v1/runs', payload: { tool_id: 'can-bitwatch' } });
    const response = await service.app.inject({ method: 'DELETE', url: `/v1/runs/${id}` });
    expect([response.statusCode, response.json()]).toEqual([200, expected]);
  });
});

describe('lists of what a run left', () => {
  it('leads to the rest of the lines of its log', async () => {
    const { service } = await createTestServer();
    await service.app.inject({ method: 'POST', url: '/v1/runs', payload: { tool_id: 'can-bitwatch' } });
    const page = await service.app.inject('/v1/runs/run-1/logs/list?limit=2');
    expect(page.json()).toMatchObject({
      run_id: 'run-1',
      has_more: true,
      logs: [{ sequence: 1 }, { sequence: 2 }],
    });
    const next = /<([^>]+)>/.exec(String(page.headers['link']))?.[1] ?? '';
    const rest = await service.app.inject(new URL(next).pathname + new URL(next).search);
    expect(rest.json()).toMatchObject({ has_more: false, logs: [{ sequence: 3 }] });
    expect(rest.headers['link']).toBeUndefined();
  });

  it('answers the artifacts of a run where its id stands for an artifact', async () => {
    const { service } = await createTestServer();
    await service.app.inject({ method: 'POST', url: '/v1/runs', payload: { tool_id: 'can-bitwatch' } });
    const headers = { host: '127.0.0.1:8080', 'x-forwarded-proto': 'https' };
    const list = await service.app.inject({ url: '/v1/artifacts/run-1', headers });
    expect(list.json()).toMatchObject([
      { id: 'artifact-1', download_url: 'https://127.0.0.1:8080/v1/artifacts/artifact-1/download' },
    ]);
    const neither = await service.app.inject('/v1/artifacts/nope');
    expect(neither.json()).toMatchObject({
      status: 404,
      code: 'ARTIFACT_NOT_FOUND',
      detail: 'Artifact not found',
    });
  });
});
