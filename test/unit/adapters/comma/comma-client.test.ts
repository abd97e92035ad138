import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CtsError } from '#protocol';
import { CommaClient, reachOf, type CommaOptions } from '../../../../server/adapters/comma/comma-client.ts';
import {
  answerRaw,
  answerStatus,
  FakeCommaApi,
  keepSilent,
  type Mischief,
} from '../../../support/fake-comma-api.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const TOKEN = 'eyJ0eXAiOiJKV1QifQ.a-secret-nobody-may-see.c2ln';
const ROUTE = { dongleId: '0123456789abcdef', logId: '2024-04-19--12-33-20' };
const FILES = `/v1/route/${ROUTE.dongleId}|${ROUTE.logId}/files`;
const SEGMENTS = `/v1/device/${ROUTE.dongleId}/segments`;

describe('CommaClient', () => {
  const home = useTemporaryFolder();
  const stop = new AbortController();
  const strangers = { access: 'anonymous', signal: stop.signal } as const;
  const owner = { access: 'token', signal: stop.signal } as const;
  let api: FakeCommaApi;
  let clock: FakeClock;
  let client: CommaClient;

  beforeEach(async () => {
    api = await FakeCommaApi.start();
    api.tokens.add(TOKEN);
    clock = new FakeClock('2026-01-01T00:00:00.000Z');
    client = createClient({});
  });
  afterEach(async () => {
    client.close();
    await api.close();
  });

  function createClient(options: Partial<CommaOptions>, token = TOKEN): CommaClient {
    const tokenPlaces = { environment: { COMMA_JWT: token }, homeFolder: home.path };
    const rate = { calls: 1000, windowMs: 60_000 };
    return new CommaClient({ clock, tokenPlaces, baseUrl: api.url, rate, ...options });
  }

  async function failureOf(asked: Promise<unknown>): Promise<CtsError> {
    const failure = await asked.then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!(failure instanceof CtsError)) throw new Error(`Not a CtsError: ${String(failure)}`);
    expect(`${failure.message} ${JSON.stringify(failure.details)}`).not.toContain(TOKEN);
    return failure;
  }

  it('lists the files of a route', async () => {
    api.answer(FILES, { logs: ['https://h/0/rlog.zst'], qlogs: null, extra: 5 });
    const none = { qlogs: [], cameras: [], dcameras: [], ecameras: [], qcameras: [] };
    expect(await client.listFiles(ROUTE, owner)).toEqual({ logs: ['https://h/0/rlog.zst'], ...none });
    const { headers } = api.requests[0] ?? {};
    expect(headers?.authorization).toBe(`JWT ${TOKEN}`);
    expect(headers?.['user-agent']).toMatch(/^cts\/\d/);
  });

  it('tells strangers no token', async () => {
    api.answer(FILES, { logs: [] }, 'public');
    await client.listFiles(ROUTE, strangers);
    expect(api.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('lists segments with their times, as far as they are times', async () => {
    const times = [
      '2024-04-19T12:33:20',
      '2024-04-19T14:33:20+02:00',
      1713530000000,
      'soon',
      null,
      -5,
      1e300,
    ];
    api.answer(SEGMENTS, { segments: times.map((start_time_utc) => ({ url: 'u', start_time_utc })) });
    const segments = await client.listSegments(ROUTE.dongleId, { fromMs: 5, toMs: 10 }, owner);
    const start = Date.UTC(2024, 3, 19, 12, 33, 20);
    expect(segments.map(({ startMs }) => startMs)).toEqual([
      start,
      start,
      1713530000000,
      ...Array<undefined>(4),
    ]);
    api.answer(SEGMENTS, {});
    expect(await client.listSegments(ROUTE.dongleId, { fromMs: 5, toMs: 10 }, owner)).toEqual([]);
  });

  it.each<[string, Mischief, 'anonymous' | 'token', string, string]>([
    ['404', answerStatus(404), 'token', 'ROUTE_NOT_FOUND', 'comma has no route'],
    ['403 to the owner', answerStatus(403), 'token', 'ROUTE_NOT_FOUND', 'no access'],
    ['403 to a stranger', answerStatus(403), 'anonymous', 'COMMA_TOKEN_MISSING', 'COMMA_JWT'],
    ['401 to a stranger', answerStatus(401), 'anonymous', 'COMMA_TOKEN_MISSING', '~/.comma/auth.json'],
    ['500', answerStatus(500), 'token', 'COMMA_UNREACHABLE', 'HTTP 500'],
    ['no JSON', answerRaw(200, `<html>${TOKEN}</html>`), 'token', 'DOWNLOAD_FAILED', 'no JSON'],
    ['a list', answerRaw(200, '[]'), 'token', 'DOWNLOAD_FAILED', 'not of the form expected'],
    ['numbers for addresses', answerRaw(200, '{"logs":[1]}'), 'token', 'DOWNLOAD_FAILED', 'at "logs.0"'],
    [
      'endless JSON',
      answerRaw(200, ' '.repeat(9e6)),
      'token',
      'DOWNLOAD_FAILED',
      'larger than 8388608 bytes',
    ],
    ['a cut answer', answerRaw(200, '{', { 'Content-Length': '9' }), 'token', 'COMMA_UNREACHABLE', 'Cannot'],
    [
      'a way to another machine',
      answerRaw(302, '', { Location: 'https://10.0.0.1/' }),
      'token',
      'DOWNLOAD_FAILED',
      'not a public',
    ],
    [
      'a way to a file',
      answerRaw(302, '', { Location: 'file:///etc/passwd' }),
      'token',
      'DOWNLOAD_FAILED',
      'not https',
    ],
    [
      'the token in a way',
      answerRaw(302, '', { Location: `http://${TOKEN}.example/` }),
      'token',
      'DOWNLOAD_FAILED',
      'not https',
    ],
  ])('answers %s with its code', async (...[, mischief, access, code, text]) => {
    client = createClient({ timeoutMs: 2000 });
    api.answer(FILES, {});
    api.spoil(FILES, (request, response, serve) => {
      mischief(request, response, serve);
      if (response.getHeader('content-length') === '9') setTimeout(() => response.destroy(), 20);
    });
    const failure = await failureOf(client.listFiles(ROUTE, { access, signal: stop.signal }));
    expect(failure.code).toBe(code);
    expect(failure.message.toLowerCase()).not.toContain(TOKEN.toLowerCase());
    expect(failure.message).toContain(text);
  });

  it('shows of a refused token its ends', async () => {
    const other = createClient({}, 'wrong-token-12345');
    const failure = await failureOf(other.listFiles(ROUTE, owner));
    expect(failure.code).toBe('COMMA_TOKEN_REFUSED');
    expect(failure.message).toContain('wron...2345');
  });

  it('asks nothing where a token is needed and there is none', async () => {
    const failure = await failureOf(createClient({}, '').listFiles(ROUTE, owner));
    expect([failure.code, api.requests.length]).toEqual(['COMMA_TOKEN_MISSING', 0]);
  });

  it('follows five ways, and gives the token to comma alone', async () => {
    const other = await FakeCommaApi.start();
    try {
      other.answer('/files', { logs: ['https://h/0/rlog.zst'] }, 'public');
      const hops = ['/a', '/b', '/c', `${other.url}/files`];
      [FILES, '/a', '/b', '/c'].forEach((path, index) => {
        api.spoil(path, answerStatus(307, { Location: hops[index] ?? '' }));
      });
      expect(await client.listFiles(ROUTE, owner)).toMatchObject({ logs: ['https://h/0/rlog.zst'] });
      expect(api.requests.map(({ headers }) => headers.authorization)).toEqual(Array(4).fill(`JWT ${TOKEN}`));
      expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    } finally {
      await other.close();
    }
  });

  it('does not walk in circles', async () => {
    api.spoil(FILES, ...Array<Mischief>(9).fill(answerStatus(302, { Location: encodeURI(FILES) })));
    expect((await failureOf(client.listFiles(ROUTE, owner))).message).toContain('more than 5 times');
    expect(api.requests).toHaveLength(6);
  });

  it.each([
    ['as long as it is told', { 'Retry-After': '7' }, 7000],
    ['until the time that it is told', { 'Retry-After': 'Thu, 01 Jan 2026 00:00:09 GMT' }, 9000],
    ['a minute', {}, 60_000],
  ])('waits %s after 429, and asks again', async (_, headers, waitMs) => {
    api.answer(FILES, { logs: ['x'] });
    api.spoil(FILES, answerStatus(429, headers));
    const listed = client.listFiles(ROUTE, owner);
    await waitUntil(() => clock.waiting === 1);
    clock.advance(waitMs - 1);
    expect([clock.waiting, api.requests.length]).toEqual([1, 1]);
    clock.advance(1);
    expect(await listed).toMatchObject({ logs: ['x'] });
  });

  it('does not wait for ever', async () => {
    api.spoil(FILES, answerStatus(429, { 'Retry-After': '86400' }));
    expect((await failureOf(client.listFiles(ROUTE, owner))).message).toContain('HTTP 429');
    api.spoil(FILES, ...Array<Mischief>(9).fill(answerStatus(429, { 'Retry-After': '0' })));
    const refused = failureOf(client.listFiles(ROUTE, owner));
    const ticking = setInterval(() => clock.advance(1), 1);
    expect((await refused).code).toBe('COMMA_UNREACHABLE');
    clearInterval(ticking);
    expect(api.requests).toHaveLength(5);
  });

  it('stops waiting when the caller does', async () => {
    api.spoil(FILES, answerStatus(429), keepSilent());
    const caller = new AbortController();
    const asking = { access: 'token', signal: caller.signal } as const;
    const listed = client.listFiles(ROUTE, asking);
    await waitUntil(() => clock.waiting === 1);
    const silent = client.listFiles(ROUTE, asking);
    await waitUntil(() => api.requests.length === 2);
    caller.abort(new Error('gone'));
    await expect(listed).rejects.toThrow('gone');
    await expect(silent).rejects.toThrow('gone');
    expect(clock.waiting).toBe(0);
  });

  it('gives up on a server that says nothing, or too little', async () => {
    const hasty = createClient({ timeoutMs: 100 });
    api.spoil(FILES, keepSilent());
    expect((await failureOf(hasty.listFiles(ROUTE, owner))).code).toBe('COMMA_UNREACHABLE');
    api.spoil(FILES, (_request, response) => {
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    expect((await failureOf(hasty.listFiles(ROUTE, owner))).message).toContain('did not answer in time');
  });

  it('says that comma cannot be reached', async () => {
    const gone = await FakeCommaApi.start();
    const baseUrl = gone.url;
    await gone.close();
    const failure = await failureOf(createClient({ baseUrl }).listFiles(ROUTE, owner));
    expect([failure.code, failure.message]).toEqual([
      'COMMA_UNREACHABLE',
      `Cannot reach ${new URL(baseUrl).host}: it refuses connections`,
    ]);
  });

  it('asks five times a minute at most', async () => {
    api.answer(FILES, { logs: [] });
    const tokenPlaces = { environment: { COMMA_JWT: TOKEN }, homeFolder: home.path };
    const polite = new CommaClient({ clock, tokenPlaces, baseUrl: api.url });
    const listed = Array.from({ length: 6 }, () => polite.listFiles(ROUTE, owner));
    await Promise.all(listed.slice(0, 5));
    expect([api.requests.length, clock.waiting]).toEqual([5, 1]);
    clock.advance(60_000);
    await Promise.all(listed);
    expect(api.requests).toHaveLength(6);
    polite.close();
  });
});

describe('reachOf', () => {
  it.each([
    ['https://api.comma.ai', 'public'],
    ['http://127.0.0.1:8080', 'public-and-loopback'],
    ['http://localhost', 'public-and-loopback'],
    ['http://[::1]:1', 'public-and-loopback'],
    ['https://10.0.0.1', 'public'],
  ])('of %s is %s', (url, reach) => {
    expect(reachOf(url)).toBe(reach);
  });
});

async function waitUntil(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}
