import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { askServer, UPGRADE_HEADERS } from '../support/http-client.ts';
import { openTestServer } from '../support/http-server.ts';

const RUN = JSON.stringify({ tool_id: 'can-bitwatch' });
const JSON_TYPE = { 'content-type': 'application/json' };
const SECRET = 'a secret of at least thirty-two bytes';

/** A way into the service: a plain request, one that changes something, a stream, an upgrade, an address that is none. */
const WAYS = [
  ['GET', '/v1/runs', {}],
  ['GET', '/v1/health', {}],
  ['POST', '/v1/runs', JSON_TYPE],
  ['GET', '/v1/runs/run-1/logs', { accept: 'text/event-stream' }],
  ['GET', '/v1/rpc', UPGRADE_HEADERS],
  ['GET', '/v1/nope', {}],
  ['GET', '/v1/runs/%zz', {}],
  ['OPTIONS', '/v1/runs', { 'access-control-request-method': 'POST' }],
] as const;

const FOREIGN_HOSTS = [
  'evil.example',
  '127.0.0.1.evil.example:8080',
  '10.1.2.3',
  'localhost@evil.example',
  'localhost:x',
];
const FOREIGN_ORIGINS = [
  'http://evil.example',
  'null',
  'http://127.0.0.1:1',
  'https://127.0.0.1.evil.example',
];

describe('a name that was bent to this machine', () => {
  it.each(WAYS)('reaches nothing with %s %s', async (method, path, headers) => {
    const { url, state } = await openTestServer({ settings: { apiKeys: ['k'] } });
    const codes = await Promise.all(
      FOREIGN_HOSTS.map(async (host) => {
        const { status, code } = await askServer(url + path, {
          method,
          headers: { ...headers, host },
          ...(method === 'POST' && { body: RUN }),
        });
        return [status, code];
      }),
    );
    expect(codes).toEqual(FOREIGN_HOSTS.map(() => [421, 'HOST_REFUSED']));
    expect(state.asked).toEqual([]);
  });
});

describe('a page of another site', () => {
  it.each(WAYS)('reaches nothing with %s %s', async (method, path, headers) => {
    const { url, state } = await openTestServer({
      settings: { allowedOrigins: ['https://tools.example', '*'] },
    });
    const codes = await Promise.all(
      FOREIGN_ORIGINS.map(async (origin) => {
        const {
          status,
          code,
          headers: answered,
        } = await askServer(url + path, {
          method,
          headers: { ...headers, origin },
          ...(method === 'POST' && { body: RUN }),
        });
        return [status, code, answered['access-control-allow-origin']];
      }),
    );
    expect(codes).toEqual(FOREIGN_ORIGINS.map(() => [403, 'ORIGIN_REFUSED', undefined]));
    expect(state.asked).toEqual([]);
  });

  it.each(WAYS.slice(0, 3))('that is allowed may read what %s %s answers', async (method, path, headers) => {
    const origin = 'https://tools.example';
    const { url } = await openTestServer({ settings: { allowedOrigins: [origin] } });
    const response = await askServer(url + path, {
      method,
      headers: { ...headers, origin },
      ...(method === 'POST' && { body: RUN }),
    });
    expect(response.status).toBe(200);
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    });
  });

  it('that is allowed is told before it asks, without a key', async () => {
    const origin = 'https://tools.example';
    const { url } = await openTestServer({ settings: { allowedOrigins: [origin], apiKeys: ['k'] } });
    const asked = {
      'access-control-request-method': 'DELETE',
      'access-control-request-headers': 'authorization',
    };
    const { status, headers } = await askServer(`${url}/v1/runs/r`, {
      method: 'OPTIONS',
      headers: { origin, ...asked },
    });
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-headers': 'authorization',
    });
    expect(headers['access-control-allow-methods']).toContain('DELETE');
  });

  it('of the service itself is at home', async () => {
    const { url } = await openTestServer();
    const { status, headers } = await askServer(`${url}/v1/runs`, { headers: { origin: url } });
    expect([status, headers['access-control-allow-origin']]).toEqual([200, undefined]);
  });
});

describe('bodies', () => {
  it.each([
    ['text/plain', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a form with files', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['nothing', {}],
    ['JSON nearly', { 'content-type': 'application/jsonp' }],
    ['JSON hidden in plain text', { 'content-type': 'text/plain; application/json' }],
    ['no type', { 'content-type': '' }],
    ['rubbish', { 'content-type': 'rubbish' }],
  ])('said to be %s are refused, and start nothing', async (_what, headers) => {
    const { url, state } = await openTestServer();
    const response = await askServer(`${url}/v1/runs`, { method: 'POST', headers, body: RUN });
    expect([response.status, response.code, state.asked]).toEqual([415, 'CONTENT_TYPE_REFUSED', []]);
  });

  it.each([
    ['no JSON', '{', '400 INVALID_JSON'],
    ['JSON and more', `${RUN}x`, '400 INVALID_JSON'],
    ['a hidden prototype', '{"tool_id":"can-bitwatch","__proto__":{"x":1}}', '400 INVALID_JSON'],
    ['a deeper one', '{"tool_id":"can-bitwatch","params":{"__proto__":{"x":1}}}', '400 INVALID_JSON'],
    [
      'a constructor',
      '{"tool_id":"can-bitwatch","params":{"constructor":{"prototype":{}}}}',
      '400 INVALID_JSON',
    ],
    [
      'a deep list',
      `{"tool_id":"x","params":{"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}}`,
      '400 INVALID_PARAMETER',
    ],
    ['a deep list alone', `${'['.repeat(500_000)}${']'.repeat(500_000)}`, '422 INVALID_REQUEST'],
    [
      'a deep object',
      `{"tool_id":"x","params":${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}}`,
      '400 INVALID_PARAMETER',
    ],
    [
      'many members',
      `{"tool_id":"x",${Array.from({ length: 90_000 }, (_v, index) => `"a${index}":1`).join()}}`,
      '422 INVALID_REQUEST',
    ],
    ['a megabyte and a byte', `"${'x'.repeat(1_048_575)}"`, '413 BODY_TOO_LARGE'],
    ['nothing', '', '422 INVALID_REQUEST'],
  ])('with %s are refused', async (_what, body, expected) => {
    const { url, failures } = await openTestServer();
    const response = await askServer(`${url}/v1/runs`, { method: 'POST', headers: JSON_TYPE, body });
    expect(`${response.status} ${response.code}`).toBe(expected);
    expect(response.body.length).toBeLessThan(10_000);
    expect(failures).toEqual([]);
    expect(({} as { readonly x?: number }).x).toBeUndefined();
  });

  it('of a megabyte are read', async () => {
    const { url } = await openTestServer();
    const params = { output_prefix: 'x'.repeat(1_048_576 - 60) };
    const body = JSON.stringify({ tool_id: 'can-bitwatch', params });
    const { status } = await askServer(`${url}/v1/runs`, { method: 'POST', headers: JSON_TYPE, body });
    expect(status).toBe(200);
  });

  it('whose length is a lie do not last', async () => {
    const { url } = await openTestServer();
    const headers = { ...JSON_TYPE, 'transfer-encoding': 'chunked' };
    const { code } = await askServer(`${url}/v1/runs`, {
      method: 'POST',
      headers,
      body: ' '.repeat(2_000_000),
    });
    expect(code).toBe('BODY_TOO_LARGE');
  });
});

describe('headers', () => {
  it('of 16 KiB and more are refused', async () => {
    const { url } = await openTestServer();
    const { status } = await askServer(`${url}/v1/health`, { headers: { 'x-long': 'a'.repeat(17_000) } });
    expect(status).toBe(431);
  });

  it('of every answer keep browsers from doing anything with it', async () => {
    const { url } = await openTestServer();
    for (const path of ['/v1/runs', '/v1/nope', '/metrics']) {
      const { headers } = await askServer(url + path);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'cache-control': 'no-store',
      });
    }
  });
});

describe('a service with keys', () => {
  const OPEN = ['/v1/version', '/v1/capabilities', '/v1/health', '/v1/health/live', '/v1/health/detailed'];
  const OPEN_AT_ROOT = ['/health', '/health/simple', '/openapi.json', '/docs'];
  const CLOSED = ['/v1/runs', '/v1/tools', '/v1/config/status', '/config/status', '/v1/metrics', '/metrics'];
  const CLOSED_STREAMS = [
    '/v1/runs/r/logs',
    '/v1/artifacts/a/download',
    '/v1/uploads/u',
    '/v1/artifacts/a/content',
  ];

  it('answers openly what clients need first', async () => {
    const { url } = await openTestServer({ settings: { apiKeys: ['k'] } });
    for (const path of [...OPEN, ...OPEN_AT_ROOT])
      expect([path, (await askServer(url + path)).status]).toEqual([path, 200]);
  });

  it.each([...CLOSED, ...CLOSED_STREAMS])('answers nothing at %s', async (path) => {
    const { url, state } = await openTestServer({ settings: { apiKeys: ['k'] } });
    const response = await askServer(url + path);
    expect([response.status, response.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(response.headers['www-authenticate']).toBe('Bearer realm="cts"');
    expect(state.asked).toEqual([]);
  });

  it('keeps WebSockets closed, too', async () => {
    const { url } = await openTestServer({ settings: { apiKeys: ['k'] } });
    const refused = await askServer(`${url}/v1/rpc`, { headers: UPGRADE_HEADERS });
    const offered = { ...UPGRADE_HEADERS, 'sec-websocket-protocol': 'cts.rpc, cts.token.k' };
    const admitted = await askServer(`${url}/v1/rpc`, { headers: offered });
    expect([refused.status, admitted.status, admitted.headers['sec-websocket-protocol']]).toEqual([
      401,
      101,
      'cts.rpc',
    ]);
  });

  it.each([
    [{ authorization: 'Bearer k' }],
    [{ authorization: 'JWT k' }],
    [{ 'x-api-key': 'k' }],
    [{ authorization: 'Bearer own-token' }],
  ])('lets in with %j', async (headers) => {
    const { url } = await openTestServer({ settings: { apiKeys: ['k'] }, token: 'own-token' });
    expect((await askServer(`${url}/v1/runs`, { headers })).status).toBe(200);
  });

  it('lets in with a JWT', async () => {
    const { url } = await openTestServer({ settings: { jwtSecret: SECRET } });
    const token = await new SignJWT()
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('cts')
      .setAudience('cts-api')
      .setExpirationTime(new Date('2026-01-02T04:00:00Z'))
      .sign(new TextEncoder().encode(SECRET));
    expect((await askServer(`${url}/v1/runs`, { headers: { authorization: `JWT ${token}` } })).status).toBe(
      200,
    );
  });

  it('takes no key from an address, and writes none down', async () => {
    const { url, lines, observed } = await openTestServer({ settings: { apiKeys: ['top-secret'] } });
    const inside = new URL(url);
    inside.username = 'top-secret';
    const answers = await Promise.all([
      askServer(`${url}/v1/tools?token=top-secret&api_key=top-secret&access_token=top-secret`),
      askServer(`${inside.href}v1/tools`),
      askServer(`${url}/v1/tools`, { headers: { authorization: 'Bearer top-secret' } }),
      askServer(`${url}/v1/tools`, { headers: { authorization: 'Bearer top-secret-not' } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 200, 401]);
    expect(JSON.stringify([lines, observed, answers])).not.toContain('top-secret');
  });

  it('slows down whoever guesses', async () => {
    const { url, observed } = await openTestServer({ settings: { apiKeys: ['k'] } });
    const guesses = Array.from({ length: 100 }, (_value, index) =>
      askServer(`${url}/v1/runs`, { headers: { 'x-api-key': `guess-${index}` } }),
    );
    const answers = await Promise.all(guesses);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    const limited = answers.filter(({ code }) => code === 'RATE_LIMITED');
    expect(limited).toHaveLength(90);
    expect(limited[0]?.headers['retry-after']).toBe('60');
    expect(observed.filter((line) => line === 'limited')).toHaveLength(90);
    expect((await askServer(`${url}/v1/health`)).status).toBe(200);
  });
});

describe('a service with a limit of requests', () => {
  it('tells who asks too often to wait; health is always answered', async () => {
    const { url, observed } = await openTestServer({
      settings: { isRateLimited: true, maxRequestsPerMinute: 3 },
    });
    const statuses: number[] = [];
    for (let count = 0; count < 5; count += 1) statuses.push((await askServer(`${url}/v1/runs`)).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const { code, headers } = await askServer(`${url}/v1/tools`);
    expect(code).toBe('RATE_LIMITED');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(observed).toContain('limited');
    for (const path of ['/v1/health', '/health/simple', '/v1/health/ready'])
      expect((await askServer(url + path)).status).toBe(200);
  });
});
