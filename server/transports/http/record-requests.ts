import type { FastifyInstance } from 'fastify';
import type { HttpPorts } from './http-ports.ts';

/** Writes a line and counts, for every request that was answered. */
export function recordRequests(
  app: FastifyInstance,
  { log, metrics }: Pick<HttpPorts, 'log' | 'metrics'>,
): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { id: request_id, method } = request;
    const { statusCode: status, elapsedTime } = reply;
    const ms = Math.round(elapsedTime * 1000) / 1000;
    log.request({ request_id, method, path: request.url.split('?')[0] ?? '', status, ms });
    metrics.observeRequest(nameRoute(method, request.routeOptions.url), status, ms);
    done();
  });
}

/** Addresses that nobody answers count as one: whoever tries many must not fill the metrics. */
function nameRoute(method: string, path: string | undefined): string {
  return path === undefined ? 'unknown' : `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`;
}
