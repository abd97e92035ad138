import { describe, expect, it } from 'vitest';
import { HttpClient, type HttpClientOptions } from '../../../../cli/http/http-client.ts';
import { chooseDelayMs } from '../../../../cli/http/retry.ts';
import { hangUp, json, problem, text, useFakeService } from '../../../support/fake-service.ts';
import { HEALTH, QUEUED_RUN } from '../../../support/service-bodies.ts';

const service = useFakeService();
const HEALTHY = 'GET /v1/health';

function createClient(options: Partial<HttpClientOptions> = {}): HttpClient {
  return new HttpClient({
    base: new URL(service.current.url),
    version: '9.9.9',
    idleMs: 5000,
    verifiesTls: true,
    signal: new AbortController().signal,
    ...options,
  });
}

describe('a request', () => {
  it('says who asks, with the key that it was given', async () => {
    await createClient({ apiKey: 'k' }).ask(HEALTHY);
    expect(service.current.heard[0]?.headers).toMatchObject({
      'user-agent': 'cts/9.9.9',
      authorization: 'Bearer k',
      accept: 'application/json',
    });
  });

  it('goes below the path of the address, with what it names kept in one part', async () => {
    service.current.answer('GET /x/v1/runs/a%2F..%2Fb%3Fc', json(QUEUED_RUN));
    const http = createClient({ base: new URL(`${service.current.url}/x/`) });
    expect(await http.ask('GET /v1/runs/{id}', { id: 'a/../b?c' })).toEqual(QUEUED_RUN);
  });

  it('is answered in words of ours when it is not JSON', async () => {
    service.current.answer(HEALTHY, text('<html>hi</html>'));
    await expect(createClient().ask(HEALTHY)).rejects.toMatchObject({
      code: 'SERVER_UNREACHABLE',
      message: `What answers at ${service.current.url}/ is no CTS service: GET /v1/health gave no JSON`,
    });
  });

  it('ends when nobody wants it any more', async () => {
    service.current.answer(HEALTHY, () => undefined);
    const controller = new AbortController();
    const asked = createClient({ signal: controller.signal }).ask(HEALTHY);
    controller.abort(new Error('enough'));
    await expect(asked).rejects.toThrow(/abort|enough/);
  });

  it('is given up when the service stays silent', async () => {
    service.current.answer(HEALTHY, () => undefined);
    await expect(createClient({ idleMs: 50, attempts: 1 }).ask(HEALTHY)).rejects.toMatchObject({
      code: 'SERVER_UNREACHABLE',
      message: `No service answers at ${service.current.url}/: no answer within 0.05 s`,
    });
  });
});

describe('another attempt', () => {
  it.each([
    { what: 'a broken connection', answer: hangUp },
    { what: '503', answer: problem('OVERLOADED', 'busy', { headers: { 'retry-after': '0' } }) },
    { what: '429', answer: problem('RATE_LIMITED', 'slow', { headers: { 'retry-after': '0' } }) },
  ])('follows $what', async ({ answer }) => {
    service.current.answer(HEALTHY, answer, answer, json(HEALTH));
    expect(await createClient().ask(HEALTHY)).toEqual(HEALTH);
    expect(service.current.heard).toHaveLength(3);
  });

  it('is the third and last', async () => {
    service.current.answer(HEALTHY, problem('OVERLOADED', 'busy', { headers: { 'retry-after': '0' } }));
    await expect(createClient().ask(HEALTHY)).rejects.toMatchObject({ code: 'OVERLOADED', message: 'busy' });
    expect(service.current.heard).toHaveLength(3);
  });

  it.each([
    { what: 'what is wrong', answer: problem('INVALID_REQUEST', 'no') },
    { what: 'a bug', answer: problem('INTERNAL_ERROR', 'oops') },
  ])('does not follow $what', async ({ answer }) => {
    service.current.answer(HEALTHY, answer);
    await expect(createClient().ask(HEALTHY)).rejects.toThrow();
    expect(service.current.heard).toHaveLength(1);
  });

  it.each([
    { headers: {}, count: 1 },
    { headers: { 'idempotency-key': 'once' }, count: 3 },
  ])('of a start is made only with a key: $headers', async ({ headers, count }) => {
    service.current.answer('POST /v1/runs', hangUp);
    await expect(createClient().ask('POST /v1/runs', { json: {}, headers })).rejects.toMatchObject({
      code: 'SERVER_UNREACHABLE',
    });
    expect(service.current.heard).toHaveLength(count);
  });

  it.each([
    { attempt: 1, retryAfter: undefined, delayMs: 200 },
    { attempt: 2, retryAfter: undefined, delayMs: 800 },
    { attempt: 1, retryAfter: '2', delayMs: 2000 },
    { attempt: 1, retryAfter: '86400', delayMs: 30_000 },
    { attempt: 1, retryAfter: 'soon', delayMs: 200 },
    { attempt: 1, retryAfter: '-5', delayMs: 200 },
  ])(
    'waits $delayMs ms after attempt $attempt, Retry-After $retryAfter',
    ({ attempt, retryAfter, delayMs }) => {
      expect(chooseDelayMs(attempt, retryAfter)).toBe(delayMs);
    },
  );
});

describe('a failure of the service', () => {
  it.each([
    {
      what: 'a code that we know',
      answer: problem('RUN_NOT_FOUND', 'x'),
      code: 'RUN_NOT_FOUND',
      message: 'x',
    },
    {
      what: 'a code of the future',
      answer: problem('TOO_HOT', 'x', { status: 418, body: { error_category: 'tool_error' } }),
      code: 'TOOL_FAILED',
      message: 'x',
    },
    {
      what: 'CTS-Lite',
      answer: json({ detail: 'Artifact not found' }, 404),
      code: 'ENDPOINT_NOT_FOUND',
      message: 'Artifact not found',
    },
    {
      what: 'CTS-Lite about a body',
      answer: json({ detail: [{ msg: 'x' }] }, 422),
      code: 'INVALID_REQUEST',
      message: 'GET /v1/health was answered with status 422',
    },
    {
      what: 'a proxy',
      answer: problem('', '', { status: 502, body: { code: undefined, error_code: undefined } }),
      code: 'INTERNAL_ERROR',
      message: 'GET /v1/health was answered with status 502',
    },
    { what: 'a list', answer: json([], 403), code: 'UNAUTHENTICATED', message: /answered with status 403$/ },
  ])('of $what', async ({ answer, code, message }) => {
    service.current.answer(HEALTHY, answer);
    const failure = createClient().ask(HEALTHY);
    await expect(failure).rejects.toMatchObject({ code });
    await expect(failure).rejects.toThrow(message);
  });

  it('keeps advice and plain details', async () => {
    const body = { suggested_actions: ['Wait.'], details: { tool: 'x', names: ['a'], deep: { no: 1 } } };
    service.current.answer(HEALTHY, problem('TOOL_NOT_FOUND', 'x', { body }));
    await expect(createClient().ask(HEALTHY)).rejects.toMatchObject({
      actions: ['Wait.'],
      details: { tool: 'x', names: ['a'], requestId: 'req-1' },
    });
  });
});
