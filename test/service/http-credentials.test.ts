import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { askServer, UPGRADE_HEADERS } from '../support/http-client.ts';
import { openTestServer } from '../support/http-server.ts';

const SECRET = 'a secret of at least thirty-two bytes';

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
