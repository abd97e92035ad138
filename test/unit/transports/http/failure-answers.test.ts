import { describe, expect, it } from 'vitest';
import { CtsError, ERROR_TRAITS, type ErrorCode } from '#protocol';
import { ProblemBody } from '#http-bodies';
import { createTestServer } from '../../../support/http-server.ts';

async function failWith(error: unknown) {
  const server = await createTestServer({
    handlers: {
      'service/metrics': () => {
        throw error;
      },
    },
  });
  return { ...server, response: await server.service.app.inject('/v1/metrics') };
}

describe('a failure', () => {
  it.each(Object.keys(ERROR_TRAITS) as ErrorCode[])('of the code %s is a problem', async (code) => {
    const { response } = await failWith(
      new CtsError(code, 'What was done', { details: { a: 1 }, actions: ['Do'] }),
    );
    const { category, httpStatus } = ERROR_TRAITS[code];
    expect(response.statusCode).toBe(httpStatus);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(ProblemBody.parse(response.json())).toEqual({
      type: `/docs#${code}`,
      title: expect.stringMatching(/^[A-Z][a-z ]+$/) as string,
      status: httpStatus,
      detail: 'What was done',
      code,
      error_code: code,
      error_category: category,
      suggested_actions: ['Do'],
      details: { a: 1 },
      request_id: 'request-1',
    });
    expect(response.headers['x-request-id']).toBe('request-1');
    expect('retry-after' in response.headers).toBe([429, 503].includes(httpStatus));
  });

  it('says how long to wait', async () => {
    const { response } = await failWith(
      new CtsError('QUEUE_FULL', 'Full', { details: { retryAfterSeconds: 30 } }),
    );
    expect(response.headers['retry-after']).toBe('30');
  });

  it('of ours tells nothing of the inside, and is written down', async () => {
    const bug = new TypeError('secret of /home/me');
    const { response, failures } = await failWith(bug);
    expect(response.json()).toMatchObject({ status: 500, code: 'INTERNAL_ERROR', details: {} });
    expect(response.body).not.toMatch(/secret|home|TypeError|\.ts/);
    expect(failures).toEqual([bug]);
  });

  it.each(['text', undefined, { code: 'RUN_NOT_FOUND', message: 'no CtsError' }, new Proxy({}, {})])(
    'that is no error at all (%j) is ours, too',
    async (thrown) => {
      const { response } = await failWith(thrown);
      expect(response.json()).toMatchObject({ code: 'INTERNAL_ERROR' });
    },
  );
});

describe('sentences of CTS-Lite', () => {
  it.each([
    [{ method: 'POST', url: '/v1/runs', payload: { tool_id: 'nope' } }, 'Tool not found: nope'],
    [{ url: '/v1/tools/nope' }, 'Tool not found: nope'],
    [{ url: '/v1/runs/zzz' }, '"Run \'zzz\' not found"'],
    [{ method: 'POST', url: '/v1/runs/zzz/rerun' }, '"Run \'zzz\' not found"'],
    [{ url: '/v1/artifacts/a/metadata' }, 'Artifact not found'],
    [{ url: '/v1/artifacts/a/download' }, 'Artifact not found'],
    [{ url: '/v1/downloads/d9' }, 'Download d9 not found'],
  ] as const)('%j', async (request, detail) => {
    const { service } = await createTestServer();
    const response = await service.app.inject(request);
    expect(response.json()).toMatchObject({ status: 404, detail });
  });

  it('keeps what the service suggests beside them', async () => {
    const { service } = await createTestServer();
    const response = await service.app.inject('/v1/tools/nope');
    expect(response.json()).toMatchObject({ suggested_actions: ['Did you mean can-bitwatch?'] });
  });

  it('names the run', async () => {
    const { service } = await createTestServer();
    const response = await service.app.inject('/v1/runs/zzz/manifest');
    expect(response.json()).toMatchObject({ run_id: 'zzz', code: 'RUN_NOT_FOUND' });
  });
});

describe('addresses that are none', () => {
  it.each([
    '/',
    '/v1',
    '/v1/nope',
    '/v1/runs/a/b/c/d',
    '/v2/runs',
    '/v1/runs/%zz',
    `/v1/tools/${'x'.repeat(600)}`,
  ])('%s is not found', async (url) => {
    const { service } = await createTestServer();
    const response = await service.app.inject(url);
    expect(response.json()).toMatchObject({ status: 404, code: 'ENDPOINT_NOT_FOUND' });
  });

  it.each([
    ['PUT', '/v1/runs', 'GET, HEAD, POST'],
    ['DELETE', '/v1/runs/r1/logs', 'GET'],
    ['PATCH', '/v1/runs/r1', 'DELETE, GET, HEAD'],
    ['POST', '/v1/health?x=1', 'GET, HEAD'],
    ['OPTIONS', '/v1/runs', 'GET, HEAD, POST'],
  ] as const)('%s %s is told what is answered there', async (method, url, allow) => {
    const { service } = await createTestServer();
    const response = await service.app.inject({ method, url });
    expect([response.statusCode, response.headers['allow']]).toEqual([405, allow]);
    expect(response.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
  });

  it('takes a slash at the end', async () => {
    const { service } = await createTestServer();
    expect((await service.app.inject('/v1/runs/')).statusCode).toBe(200);
  });
});
