import { describe, expect, it } from 'vitest';
import { askServer, UPGRADE_HEADERS } from '../support/http-client.ts';
import { openTestServer } from '../support/http-server.ts';

const RUN = JSON.stringify({ tool_id: 'can-bitwatch' });
const JSON_TYPE = { 'content-type': 'application/json' };

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
