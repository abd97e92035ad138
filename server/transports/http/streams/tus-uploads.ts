import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { StreamPorts } from '../http-ports.ts';
import { admitLongBodies, leaveBodiesUnread } from './incoming-body.ts';
import type { StreamTiming } from './stream-timing.ts';
import type { TusEndpoint } from './tus-endpoint.ts';
import { TUS_PATH } from './tus-routes.ts';

/** Speaks tus 1.0, for uploads that survive a broken connection. */
export async function registerTusUploads(
  app: FastifyInstance,
  ports: StreamPorts,
  timing: StreamTiming,
): Promise<void> {
  let endpoint: Promise<TusEndpoint> | undefined;
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    endpoint ??= loadEndpoint(ports);
    return (await endpoint).answer(request, reply);
  };
  await app.register((scope, _options, done) => {
    leaveBodiesUnread(scope);
    admitLongBodies(scope, timing);
    scope.route({ method: ['OPTIONS', 'POST'], url: TUS_PATH, handler });
    scope.route({ method: ['OPTIONS', 'HEAD', 'PATCH', 'DELETE'], url: `${TUS_PATH}/:uploadId`, handler });
    done();
  });
}

/** By the first request that speaks tus: most services never see one, and all of them shall start quickly. */
async function loadEndpoint(ports: StreamPorts): Promise<TusEndpoint> {
  const module = await import('./tus-endpoint.ts');
  return new module.TusEndpoint(ports);
}
