import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';
import { type RequestHandlers } from '#protocol';
import { findAnswer, hideFailure } from '../../server/transports/http/answered-failure.ts';
import type { StreamPorts } from '../../server/transports/http/http-ports.ts';
import { listProblemHeaders, toProblemBody } from '../../server/transports/http/problem-body.ts';
import { registerStreams } from '../../server/transports/http/streams/register-streams.ts';
import { STREAM_TIMING, type StreamTiming } from '../../server/transports/http/streams/stream-timing.ts';
import { FakeClock } from './fake-clock.ts';

/** What a test hands to the streams: handlers and ports that it does not expect are left out. */
export interface StreamServerOptions {
  readonly handlers?: Partial<RequestHandlers>;
  readonly contents?: StreamPorts['contents'];
  readonly uploads?: StreamPorts['uploads'];
  readonly access?: StreamPorts['access'];
  readonly maxUploadBytes?: number;
  readonly timing?: Partial<StreamTiming>;
  /** Sees the server before there is a route. */
  readonly onApp?: (app: FastifyInstance) => void;
}

/** The streams behind a bare server on a free port, until the test is over. */
export interface StreamServer {
  readonly url: string;
  readonly port: number;
  readonly app: FastifyInstance;
  /** What was written down as a bug of ours. */
  readonly failures: readonly unknown[];
  /** Closes the service as it closes itself. */
  close(): Promise<void>;
}

/** Starts the streams. */
export async function openStreamServer(options: StreamServerOptions = {}): Promise<StreamServer> {
  const closing = new AbortController();
  const failures: unknown[] = [];
  const ports = createPorts(options, closing.signal, failures);
  const app = createApp(ports, failures);
  options.onApp?.(app);
  await registerStreams(app, ports, { ...STREAM_TIMING, ...options.timing });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    closing.abort();
    await app.close();
  };
  onTestFinished(close);
  return { url: `http://127.0.0.1:${port}`, port, app, failures, close };
}

/** As much of the real server as the streams count on: checks before them, problems behind them, media types apart. */
function createApp({ access }: StreamPorts, failures: unknown[]): FastifyInstance {
  const app = fastify({
    forceCloseConnections: true,
    routerOptions: { constraints: { media: mediaConstraint() as never } },
  });
  app.addHook('onRequest', async (request, reply) => {
    access.admit(request.raw);
    await access.authenticate(request.raw);
    void reply.header('x-checked', 'yes');
  });
  app.setErrorHandler((error, request, reply) => {
    const answer = findAnswer(error);
    if (answer === undefined) failures.push(error);
    const told = answer ?? hideFailure(error);
    const path = request.params as Record<string, string>;
    return reply
      .code(told.traits.httpStatus)
      .headers(listProblemHeaders(told))
      .send(toProblemBody(told, { requestId: request.id, path }));
  });
  return app;
}

function createPorts(options: StreamServerOptions, closing: AbortSignal, failures: unknown[]): StreamPorts {
  const ports = {
    handlers: { ...options.handlers },
    settings: { maxUploadBytes: options.maxUploadBytes ?? 1_000_000 },
    log: {
      request: () => undefined,
      failure: ({ error }: { readonly error: unknown }) => void failures.push(error),
    },
    contents: options.contents,
    uploads: options.uploads,
    access: options.access ?? { admit: () => undefined, authenticate: () => Promise.resolve() },
    clock: new FakeClock(),
    closing,
  };
  // What is missing is not asked for, or the test fails.
  return ports as unknown as StreamPorts;
}

/** Routes that name the media type of their body stand beside those that do not. */
function mediaConstraint() {
  return {
    name: 'media',
    storage: () => {
      const handlers = new Map<unknown, unknown>();
      return {
        get: (type: unknown) => handlers.get(type) ?? null,
        set: (type: unknown, handler: unknown) => {
          handlers.set(type, handler);
        },
      };
    },
    deriveConstraint: ({ headers }: IncomingMessage): string =>
      (headers['content-type'] ?? '').replace(/;.*$/, '').trim().toLowerCase(),
  };
}
