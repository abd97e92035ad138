import type { IncomingMessage } from 'node:http';
import websocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';
import type { DescribedRoute } from '../http/described-route.ts';
import type { StreamPorts } from '../http/http-ports.ts';
import type { StreamTiming } from '../http/streams/stream-timing.ts';
import { tellFailure } from '../http/streams/told-failure.ts';
import { RpcRequests } from './rpc-requests.ts';
import { RpcSession } from './rpc-session.ts';
import { TextSocket } from './text-socket.ts';

/** Of one message of a client. */
const MAX_MESSAGE_BYTES = 1_048_576;
/** For the other side to say goodbye when the service closes. */
const FAREWELL_MS = 1000;
/** For a refused upgrade whose answer Fastify does not tell the end of. */
const REFUSED_MS = 5000;
/** Close code of RFC 6455: the service goes away. */
const GOING_AWAY = 1001;
/** How browsers, which cannot send headers, hand over a token: see `AccessChecks`. */
const TOKEN_PROTOCOL = 'cts.token.';

/** What the documents say of JSON-RPC; docs/PROTOCOL.md says the rest. */
export const RPC_ROUTE: DescribedRoute = {
  verb: 'GET',
  path: '/v1/rpc',
  group: 'JSON-RPC',
  summary: 'Every request as JSON-RPC 2.0 over a WebSocket',
  description: 'One message a text frame. See docs/PROTOCOL.md.',
  requestHeaders: {
    'Sec-WebSocket-Protocol': '`cts.token.<token>`, where a browser cannot send Authorization',
  },
  answers: [{ status: 101, description: 'The connection is a WebSocket from here on' }],
  errors: [],
};

/**
 * Lets WebSockets in, at /v1/rpc only. Upgrades pass the same checks of Host, Origin and authentication as every other
 * request, since they are routed by Fastify.
 */
export async function registerRpc(
  app: FastifyInstance,
  ports: StreamPorts,
  timing: StreamTiming,
): Promise<void> {
  const requests = new RpcRequests(ports.handlers);
  await app.register(websocket, {
    options: { maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false, handleProtocols: chooseProtocol },
    // Broken framing, too large a message, a connection that was cut: the client's failures, and it is gone.
    errorHandler: (_error, socket) => {
      socket.terminate();
    },
  });
  closeRefusedUpgrades(app);
  await app.register((scope, _options, done) => {
    scope.get(RPC_ROUTE.path, { websocket: true }, (socket, request) => {
      converse(socket, { ports, requests, requestId: request.id, pingMs: timing.pingMs });
    });
    done();
  });
}

/** A socket that was meant to be upgraded belongs to nobody when the request was refused: it would stay open for ever. */
function closeRefusedUpgrades(app: FastifyInstance): void {
  const upgrades = new WeakSet<IncomingMessage>();
  app.server.on('upgrade', (request: IncomingMessage) => {
    upgrades.add(request);
    // Taken back by the WebSocket that it becomes.
    request.socket.setTimeout(REFUSED_MS, () => {
      request.socket.destroy();
    });
  });
  app.addHook('onResponse', ({ raw }, _reply, done) => {
    if (upgrades.has(raw)) raw.socket.destroySoon();
    done();
  });
}

interface Conversation {
  readonly ports: StreamPorts;
  readonly requests: RpcRequests;
  readonly requestId: string;
  readonly pingMs: number;
}

/** Listens before anything else is done: frames that come earlier would be lost. */
function converse(socket: WebSocket, { ports, requests, requestId, pingMs }: Conversation): void {
  const channel = new TextSocket(socket);
  const session = new RpcSession({
    answer: (method, params, context) => requests.answer(method, params, context),
    tellFailure: (error) => tellFailure(error, { ...ports, requestId }),
    send: (text) => channel.send(text),
  });
  channel.onText((text) => {
    session.take(text);
  });
  channel.keepAlive(pingMs);
  const leave = (): void => {
    session.close();
    socket.close(GOING_AWAY);
    setTimeout(() => {
      socket.terminate();
    }, FAREWELL_MS).unref();
  };
  ports.closing.addEventListener('abort', leave);
  socket.once('close', () => {
    ports.closing.removeEventListener('abort', leave);
    session.close();
  });
}

/** A token is no protocol that is spoken; it is only chosen when nothing else is offered, since browsers insist. */
function chooseProtocol(offered: Set<string>): string | false {
  const [first] = offered;
  return [...offered].find((protocol) => !protocol.startsWith(TOKEN_PROTOCOL)) ?? first ?? false;
}
