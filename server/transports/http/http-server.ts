import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { CtsError } from '#protocol';
import { createAccessChecks } from './access-checks.ts';
import { readAuthenticationRules } from './authentication.ts';
import { registerDocuments } from './document-routes.ts';
import { answerFailure, describeMissingRoute } from './failure-answers.ts';
import { chooseFastifyOptions } from './fastify-options.ts';
import { registerGuards } from './guards.ts';
import { HTTP_LIMITS, type HttpPorts, type StreamPorts } from './http-ports.ts';
import { takeJsonBodies } from './json-bodies.ts';
import { registerPages } from './pages/page-routes.ts';
import { registerReports } from './pages/report-route.ts';
import { recordRequests } from './record-requests.ts';
import { type RegisteredRoute, RegisteredRoutes } from './registered-routes.ts';
import { registerTable } from './register-table.ts';
import { registerStreams } from './streams/register-streams.ts';

/** The service on HTTP. */
export interface HttpService {
  /** The server itself, for tests that inject requests. */
  readonly app: FastifyInstance;
  /** Every route that is answered. */
  readonly routes: readonly RegisteredRoute[];
  /** @throws {CtsError} ADDRESS_IN_USE, ADDRESS_REFUSED. */
  listen(): Promise<ListeningAddress>;
  /** Takes no more requests, ends the streams, waits for what is being answered, and closes. */
  close(options?: CloseOptions): Promise<void>;
}

/** Where the service listens. */
export interface ListeningAddress {
  readonly host: string;
  readonly port: number;
  /** For programs on the same machine. */
  readonly url: string;
}

/** How the service is closed. */
export interface CloseOptions {
  /** Connections that are still open after so long are cut. */
  readonly graceMs?: number;
}

const GRACE_MS = 5000;

/** Builds the service on HTTP; it listens when it is told to. */
export async function createHttpServer(ports: HttpPorts): Promise<HttpService> {
  const limits = { ...HTTP_LIMITS, ...ports.limits };
  const closing = new AbortController();
  const scene = joinPorts(ports, limits.maxFailedAuthentications, closing.signal);
  const routes = new RegisteredRoutes();
  const app = fastify(
    chooseFastifyOptions({
      limits,
      createRequestId: ports.createRequestId,
      answerFailure: (error, request, reply) => answerBeforeRouting(error, { request, reply }, scene),
    }),
  );
  routes.listen(app);
  answerFailures(app, routes, scene);
  recordRequests(app, ports);
  takeJsonBodies(app);
  await registerGuards(app, scene, limits);
  registerTable(app, scene);
  registerDocuments(app, ports);
  registerPages(app, ports);
  registerReports(app, ports);
  await registerStreams(app, scene);
  await app.ready();
  return {
    app,
    routes: routes.list(),
    listen: () => listen(app, ports.settings),
    close: (options) => closeServer(app, closing, options),
  };
}

function joinPorts(ports: HttpPorts, maxFailedAuthentications: number, closing: AbortSignal): StreamPorts {
  const { settings, token, clock } = ports;
  const { host: boundHost, allowedHosts, allowedOrigins } = settings;
  const access = createAccessChecks({
    rules: { boundHost, allowedHosts, allowedOrigins },
    authentication: readAuthenticationRules(settings, token),
    maxFailedAuthentications,
    clock,
  });
  return { ...ports, access, closing };
}

function answerFailures(app: FastifyInstance, routes: RegisteredRoutes, ports: StreamPorts): void {
  app.setErrorHandler((error, request, reply) => answerFailure(error, { request, reply }, ports));
  app.setNotFoundHandler((request, reply) =>
    answerFailure(describeMissingRoute(request, routes.listVerbs(request.url)), { request, reply }, ports),
  );
}

/** No hook has run yet: Host comes first here, too. */
function answerBeforeRouting(
  error: Error,
  exchange: Parameters<typeof answerFailure>[1],
  ports: StreamPorts,
): void {
  try {
    ports.access.admit(exchange.request.raw);
    void answerFailure(error, exchange, ports);
  } catch (refusal) {
    void answerFailure(refusal, exchange, ports);
  }
}

async function listen(
  app: FastifyInstance,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<ListeningAddress> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    throw describeListenFailure(cause, `${host}:${port}`);
  }
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no address and port');
  return { host, port: address.port, url: `http://${nameForLocalCallers(host)}:${address.port}` };
}

/** Name under which programs on the same machine reach an address. */
function nameForLocalCallers(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return isIPv6(host) ? `[${host}]` : host;
}

function describeListenFailure(cause: unknown, address: string): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE')
    return new CtsError('ADDRESS_IN_USE', `Cannot listen on ${address}: another program listens there`, {
      actions: ['Choose another port with --port, or stop the other program.'],
      cause,
    });
  if (typeof code !== 'string') return cause;
  return new CtsError('ADDRESS_REFUSED', `Cannot listen on ${address}: the system refuses it (${code})`, {
    actions: ['Choose an address of this machine with --host, and a port above 1023 with --port.'],
    cause,
  });
}

async function closeServer(
  app: FastifyInstance,
  closing: AbortController,
  { graceMs = GRACE_MS }: CloseOptions = {},
): Promise<void> {
  closing.abort();
  const cut = setTimeout(() => {
    app.server.closeAllConnections();
  }, graceMs);
  try {
    await app.close();
    if (app.server.listening) await once(app.server, 'close');
  } finally {
    clearTimeout(cut);
  }
}
