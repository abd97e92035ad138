import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CtsError } from '#protocol';
import { nameCaller } from './authentication.ts';
import type { HttpLimits, StreamPorts } from './http-ports.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered without authentication. */
    isOpen?: boolean;
    /** Answered also when the service is overloaded or closing. */
    isVital?: boolean;
    /** Answered late rather than refused when the service is overloaded. */
    isPatient?: boolean;
  }
}

/** Headers of answers that a page of an allowed origin may read. */
const EXPOSED_HEADERS = [
  ...['Link', 'Location', 'X-Total-Count', 'X-Request-Id', 'Retry-After'],
  ...['ETag', 'Content-Disposition', 'Content-Range', 'Accept-Ranges'],
  ...['Tus-Resumable', 'Upload-Offset', 'Upload-Length'],
];

/** Nothing that comes from here runs in a browser, and nothing is kept by it. */
const SAFE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/**
 * Puts the checks before all routes, in the order in which they cost: Host and Origin, the state of the service, CORS,
 * authentication, rate. Routes that are registered later pass them all.
 */
export async function registerGuards(
  app: FastifyInstance,
  ports: StreamPorts,
  limits: HttpLimits,
): Promise<void> {
  await measurePressure(app, limits);
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers({ ...SAFE_HEADERS, 'x-request-id': request.id });
    ports.access.admit(request.raw);
    refuseWhenBusy(app, request, ports);
    done();
  });
  await allowOrigins(app, ports.settings.allowedOrigins);
  app.addHook('onRequest', async (request) => {
    if (request.is404 || request.routeOptions.config.isOpen === true) return;
    await ports.access.authenticate(request.raw);
    const user = nameCaller(request.headers);
    if (user !== undefined) ports.metrics.observeUser(user);
  });
  if (ports.settings.isRateLimited) await limitRate(app, ports.settings.maxRequestsPerMinute);
}

/** Only measures; the hook above refuses, so that Host comes first. */
async function measurePressure(app: FastifyInstance, { maxEventLoopDelayMs }: HttpLimits): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay: maxEventLoopDelayMs,
    sampleInterval: 500,
    pressureHandler: () => undefined,
  });
}

function refuseWhenBusy(app: FastifyInstance, request: FastifyRequest, { closing }: StreamPorts): void {
  const { isVital = false, isPatient = false } = request.routeOptions.config;
  if (isVital) return;
  if (closing.aborted)
    throw new CtsError('SHUTTING_DOWN', 'The service is closing and takes no more requests');
  if (!isPatient && app.isUnderPressure())
    throw new CtsError(
      'OVERLOADED',
      'The service has more to do than it can: it takes no requests for a moment',
    );
}

async function allowOrigins(app: FastifyInstance, allowedOrigins: readonly string[]): Promise<void> {
  const origins = new Set(allowedOrigins.filter((origin) => origin !== '*' && origin !== 'null'));
  if (origins.size === 0) return;
  await app.register(cors, () => (request: FastifyRequest, choose: ChooseCors) => {
    const { origin, 'access-control-request-method': asked } = request.headers;
    if (origin === undefined || !origins.has(origin)) choose(null, { origin: false });
    else choose(null, { ...CORS_OPTIONS, origin, preflight: asked !== undefined });
  });
}

type ChooseCors = (error: Error | null, options: Parameters<typeof cors>[1]) => void;

const CORS_OPTIONS = {
  credentials: true,
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  exposedHeaders: EXPOSED_HEADERS,
  maxAge: 600,
};

async function limitRate(app: FastifyInstance, maxRequestsPerMinute: number): Promise<void> {
  await app.register(rateLimit, {
    max: maxRequestsPerMinute,
    timeWindow: 60_000,
    allowList: (request) => /^(?:\/v1)?\/health(?:\/|$)/.test(request.routeOptions.url ?? ''),
    errorResponseBuilder: (_request, { ttl }) =>
      new CtsError(
        'RATE_LIMITED',
        `More than ${maxRequestsPerMinute} requests a minute came from this address`,
        {
          details: { retryAfterSeconds: Math.ceil(ttl / 1000) },
        },
      ),
  });
}
