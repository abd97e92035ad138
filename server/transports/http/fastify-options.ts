import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyHttpOptions, FastifyReply, FastifyRequest } from 'fastify';
import type { CreateId } from '../../services/clock.ts';
import type { HttpLimits } from './http-ports.ts';
import { isLongRequest } from './streams/long-requests.ts';

/** What the server is made of, besides its limits. */
export interface ServerParts {
  readonly limits: HttpLimits;
  readonly createRequestId: CreateId;
  /** Answers a failure that comes before any route, e.g. an address that is none. */
  readonly answerFailure: (error: Error, request: FastifyRequest, reply: FastifyReply) => void;
}

/** Status lines for requests that cannot be parsed, by what Node says of them. */
const UNREADABLE_REQUESTS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Options of Fastify: its defaults wait for ever, and let one part of a path be 100 characters long. */
export function chooseFastifyOptions({
  limits,
  createRequestId,
  answerFailure,
}: ServerParts): FastifyHttpOptions<Server> {
  return {
    logger: false,
    genReqId: () => createRequestId(),
    requestIdHeader: false,
    bodyLimit: limits.maxBodyBytes,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    http: {
      headersTimeout: limits.headersTimeoutMs,
      connectionsCheckingInterval: limits.connectionsCheckingIntervalMs,
      maxHeaderSize: limits.maxHeaderBytes,
    },
    // Requests on open connections are answered while the service closes: with a problem.
    return503OnClosing: false,
    routerOptions: {
      ignoreTrailingSlash: true,
      maxParamLength: 500,
      constraints: { media: createMediaConstraint() },
    },
    // Requests are checked by the contract's schemas; loading Fastify's compilers would only slow down every start.
    schemaController: {
      compilersFactory: { buildValidator: refuseFastifySchema, buildSerializer: refuseFastifySchema },
    },
    frameworkErrors: answerFailure,
    clientErrorHandler: answerUnreadable,
  };
}

function refuseFastifySchema(): never {
  throw new Error(
    "A route has a schema of Fastify's; the route table describes routes by those of the contract",
  );
}

/** A request that was no HTTP, too large, or too slow: there is nothing to route, so the socket itself is answered. */
function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  const { code = '' } = error;
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT' && isLongRequest(socket)) return;
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = UNREADABLE_REQUESTS[code] ?? '400 Bad Request';
  socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  socket.destroySoon();
}

/** Lets two routes share verb and path when one of them names the media type of its body. */
function createMediaConstraint(): MediaConstraint {
  return {
    name: 'media',
    mustMatchWhenDerived: false,
    storage: () => {
      const routes = new Map<string, MediaRoute>();
      return {
        get: (mediaType: string) => routes.get(mediaType) ?? null,
        set: (mediaType: string, route: MediaRoute) => {
          routes.set(mediaType, route);
        },
      };
    },
    validate: () => undefined,
    deriveConstraint: ({ headers }: IncomingMessage) =>
      headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '',
  };
}

type MediaConstraint = NonNullable<
  NonNullable<FastifyHttpOptions<Server>['routerOptions']>['constraints']
>[string];

type MediaRoute = Parameters<ReturnType<MediaConstraint['storage']>['set']>[1];
