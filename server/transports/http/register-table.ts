import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext } from '#protocol';
import type { StreamPorts } from './http-ports.ts';
import { readOrigin } from './request-origin.ts';
import { ROUTE_TABLE } from './route-table.ts';
import type { AnswerScene, TableRoute } from './table-route.ts';

/** Adds every line of the route table. */
export function registerTable(app: FastifyInstance, ports: StreamPorts): void {
  for (const route of ROUTE_TABLE)
    app.route({
      method: route.described.verb,
      url: route.described.path,
      config: { isOpen: route.described.isOpen ?? false, isVital: route.isVital },
      handler: (request, reply) => answer(route, { request, reply }, ports),
    });
}

async function answer(
  route: TableRoute,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  { handlers, clock }: StreamPorts,
): Promise<FastifyReply> {
  const { status, headers, body } = await route.respond(
    {
      path: request.params,
      query: request.query,
      body: request.body,
      idempotencyKey: readIdempotencyKey(request),
    },
    { handlers, context: createContext(reply), scene: describeScene(request, clock.now()) },
  );
  return reply.code(status).headers(headers).send(body);
}

/** The signal is aborted when the caller goes away before the answer. */
function createContext(reply: FastifyReply): RequestContext {
  const caller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) caller.abort();
  });
  return { signal: caller.signal, notify: () => undefined };
}

function describeScene({ headers, url, params }: FastifyRequest, now: string): AnswerScene {
  return { origin: readOrigin(headers), url, path: params as Readonly<Record<string, string>>, now };
}

function readIdempotencyKey({ headers }: FastifyRequest): string | undefined {
  return [headers['idempotency-key']].flat()[0];
}
