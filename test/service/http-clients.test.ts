import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askServer, UPGRADE_HEADERS } from '../support/http-client.ts';
import { openTestServer } from '../support/http-server.ts';

/** Opens a connection, sends a beginning, and resolves when the other side has closed it. */
function openSlowClient(
  url: string,
  beginning: string,
): { readonly socket: Socket; readonly closed: Promise<string> } {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  const closed = new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (piece) => (text += piece.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(text);
    });
  });
  socket.write(beginning);
  return { socket, closed };
}

describe('clients that never finish', () => {
  it(
    'are closed, 300 of them within ten seconds, while others are answered',
    { timeout: 30_000 },
    async () => {
      const { url } = await openTestServer();
      const startMs = performance.now();
      const clients = Array.from({ length: 300 }, () =>
        openSlowClient(url, 'GET /v1/runs HTTP/1.1\r\nHost: localhost\r\nX'),
      );
      const drip = setInterval(() => {
        for (const { socket } of clients) if (socket.writable) socket.write('x');
      }, 500);
      onTestFinished(() => {
        clearInterval(drip);
      });
      expect((await askServer(`${url}/v1/health`)).status).toBe(200);
      const answers = await Promise.all(clients.map(({ closed }) => closed));
      expect(performance.now() - startMs).toBeLessThan(10_000);
      expect(new Set(answers.map((answer) => answer.split('\r\n')[0]))).toEqual(
        new Set(['HTTP/1.1 408 Request Timeout']),
      );
    },
  );

  it('are closed when a body does not come', async () => {
    const limits = { requestTimeoutMs: 300, headersTimeoutMs: 200, connectionsCheckingIntervalMs: 50 };
    const { url, state } = await openTestServer({ limits });
    const head =
      'POST /v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{';
    expect(await openSlowClient(url, head).closed).toMatch(/^HTTP\/1\.1 408 /);
    expect(state.asked).toEqual([]);
  });

  it('are closed when they send nothing more on an open connection', async () => {
    const limits = { keepAliveTimeoutMs: 100, connectionsCheckingIntervalMs: 50 };
    const { url } = await openTestServer({ limits });
    const head = 'GET /v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n';
    expect(await openSlowClient(url, head).closed).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('what is no HTTP', () => {
  it.each([
    ['rubbish', 'rubbish\r\n\r\n', 400],
    ['TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\r\n', 400],
    ['no host', 'GET /v1/health HTTP/1.1\r\n\r\n', 400],
    ['a host of the old protocol', 'GET /v1/health HTTP/1.0\r\n\r\n', 421],
    [
      'two lengths',
      'POST /v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}',
      400,
    ],
    [
      'a length and chunks',
      'POST /v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
  ])('is answered and closed: %s', async (_what, text, status) => {
    const { url, state } = await openTestServer();
    const { closed, socket } = openSlowClient(url, text);
    socket.end();
    expect(await closed).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(state.asked).toEqual([]);
  });

  it('costs nothing when two hosts are named: the first counts', async () => {
    const { url } = await openTestServer();
    const text =
      'GET /v1/runs HTTP/1.1\r\nHost: evil.example\r\nHost: localhost\r\nConnection: close\r\n\r\n';
    expect(await openSlowClient(url, text).closed).toMatch(/^HTTP\/1\.1 4(00|21) /);
  });
});

describe('a caller that goes away', () => {
  it('stops what was being done for it', async () => {
    const aborted = Promise.withResolvers<unknown>();
    const started = Promise.withResolvers<unknown>();
    const { url, failures } = await openTestServer({
      handlers: {
        'logs/info': (_params, { signal }) => {
          started.resolve(undefined);
          return new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              aborted.resolve(signal.reason);
              reject(signal.reason as Error);
            });
          });
        },
      },
    });
    const text = 'GET /v1/logs/info?path=/x HTTP/1.1\r\nHost: localhost\r\n\r\n';
    const { socket } = openSlowClient(url, text);
    await started.promise;
    socket.destroy();
    await aborted.promise;
    expect((await askServer(`${url}/v1/health`)).status).toBe(200);
    expect(failures).toEqual([]);
  });
});

describe('a service that has too much to do', () => {
  it('says so, and when to come back; that it lives it always says', async () => {
    const { url } = await openTestServer({ limits: { maxEventLoopDelayMs: 50 } });
    const block = setInterval(() => {
      const untilMs = performance.now() + 150;
      while (performance.now() < untilMs);
    }, 1);
    onTestFinished(() => {
      clearInterval(block);
    });
    const overloaded = await waitFor(
      () => askServer(`${url}/v1/runs`),
      ({ status }) => status === 503,
    );
    expect([overloaded.code, overloaded.headers['retry-after']]).toEqual(['OVERLOADED', '2']);
    expect((await askServer(`${url}/v1/health/live`)).status).toBe(200);
    // Readers of logs are let in all the same.
    expect((await askServer(`${url}/v1/runs/nope/logs`)).code).toBe('RUN_NOT_FOUND');
    expect((await askServer(`${url}/v1/runs`, { headers: { host: 'evil.example' } })).code).toBe(
      'HOST_REFUSED',
    );
    clearInterval(block);
    await waitFor(
      () => askServer(`${url}/v1/runs`),
      ({ status }) => status === 200,
    );
  });
});

describe('closing', () => {
  it('lets answers end, takes no more, and ends streams and sockets', async () => {
    const answer = Promise.withResolvers<undefined>();
    const started = Promise.withResolvers<undefined>();
    const { url, service } = await openTestServer({
      handlers: {
        'tools/list': async () => {
          started.resolve(undefined);
          await answer.promise;
          return [];
        },
      },
    });
    const asked = askServer(`${url}/v1/tools`);
    await started.promise;
    const { socket } = openSlowClient(url, 'GET /v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const text = new Promise<string>((resolve) => socket.on('data', (piece) => resolve(piece.toString())));
    expect(await text).toMatch(/^HTTP\/1\.1 200 /);
    const closed = service.close();
    answer.resolve(undefined);
    expect((await asked).body).toBe('[]');
    await closed;
    await expect(askServer(`${url}/v1/health`)).rejects.toThrow('ECONNREFUSED');
  });

  it('cuts what does not end by itself', async () => {
    const started = Promise.withResolvers<undefined>();
    const { url, service } = await openTestServer({
      handlers: {
        'tools/list': () => {
          started.resolve(undefined);
          return new Promise(() => undefined);
        },
      },
    });
    const asked = askServer(`${url}/v1/tools`).catch((error: unknown) => error);
    await started.promise;
    await service.close({ graceMs: 50 });
    expect(await asked).toBeInstanceOf(Error);
  });

  it('answers requests on open connections with a problem meanwhile', async () => {
    const { service } = await openTestServer();
    const closed = service.close();
    const [late, live] = await Promise.all([
      service.app.inject('/v1/runs').catch((error: unknown) => error),
      service.app.inject('/v1/health/live').catch((error: unknown) => error),
    ]);
    await closed;
    expect(late).toMatchObject({ statusCode: 503 });
    expect(live).toMatchObject({ statusCode: 200 });
  });
});

describe('listening', () => {
  it('names the port that is taken', async () => {
    const { url } = await openTestServer();
    const port = Number(new URL(url).port);
    await expect(openTestServer({ settings: { port } })).rejects.toMatchObject({
      code: 'ADDRESS_IN_USE',
      message: `Cannot listen on 127.0.0.1:${port}: another program listens there`,
    });
  });

  it('names the address that is not its own', async () => {
    await expect(openTestServer({ settings: { host: '203.0.113.1' } })).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
      message: 'Cannot listen on 203.0.113.1:0: the system refuses it (EADDRNOTAVAIL)',
    });
  });

  it('tells where local programs find it', async () => {
    const { url } = await openTestServer({ settings: { host: '0.0.0.0' } });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await askServer(`${url}/v1/rpc`, { headers: UPGRADE_HEADERS })).status).toBe(101);
  });
});

describe('what is written down', () => {
  it('is a line a request, without query, and a count by route', async () => {
    const { url, lines, observed } = await openTestServer();
    await askServer(`${url}/v1/runs/some-id?secret=1`);
    await askServer(`${url}/v1/nope/other-id`);
    expect(lines).toMatchObject([
      { request_id: 'request-1', method: 'GET', path: '/v1/runs/some-id', status: 422 },
      { request_id: 'request-2', method: 'GET', path: '/v1/nope/other-id', status: 404 },
    ]);
    expect(lines[0]?.ms).toBeGreaterThanOrEqual(0);
    expect(observed).toEqual(['GET /v1/runs/{runId} 422', 'unknown 404']);
  });
});

/** Asks until the answer is as wanted. */
async function waitFor<Answer>(
  ask: () => Promise<Answer>,
  isWanted: (answer: Answer) => boolean,
): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
  }
}
