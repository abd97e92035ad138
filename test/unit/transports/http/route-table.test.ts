import { describe, expect, it } from 'vitest';
import { REQUESTS } from '#contract';
import type { DescribedRoute } from '../../../../server/transports/http/described-route.ts';
import { ROUTE_TABLE } from '../../../../server/transports/http/route-table.ts';
import { createTestServer, type TestServer } from '../../../support/http-server.ts';

/** What is sent where the table wants a body. */
const BODIES: Readonly<Record<string, object>> = {
  '/v1/runs': { tool_id: 'can-bitwatch', params: {} },
  '/v1/runs/clean': {},
  '/v1/uploads': { filename: 'in.csv', size: 5 },
  '/v1/downloads': { route: 'a/b' },
  '/v1/monitors': { tool_id: 'can_bus_check' },
  '/v1/monitors/start': { tool_id: 'can_bus_check' },
};

/** Requests that more than one answer belongs to: they are in the streams. */
const STREAMED = ['runs/watch', 'runs/followLog', 'artifacts/read', 'logs/readEvents', 'dbc/decode'];

async function openFilledServer(): Promise<TestServer> {
  const server = await createTestServer();
  for (const url of ['/v1/runs', '/v1/uploads', '/v1/downloads', '/v1/monitors'])
    await server.service.app.inject({ method: 'POST', url, payload: BODIES[url]! });
  server.state.asked.length = 0;
  return server;
}

function fillPath({ path }: DescribedRoute): string {
  return path
    .replace(':runId', 'run-1')
    .replace(':artifactId', 'artifact-1')
    .replace(':uploadId', 'upload-1')
    .replace(':downloadId', 'd1')
    .replace(':monitorId', 'm1')
    .replace(':toolId', 'can-bitwatch')
    .replace(/\/v1\/artifacts$/, '/v1/artifacts?run_id=run-1')
    .replace('/logs/info', '/logs/info?path=/x/rlog');
}

function sendTo({ service }: TestServer, route: DescribedRoute) {
  const { verb, path } = route;
  const example = route.body?.[0]?.example as object | undefined;
  const payload = verb === 'POST' ? (BODIES[path] ?? example) : undefined;
  return service.app.inject({ method: verb, url: fillPath(route), ...(payload && { payload }) });
}

describe('the route table', () => {
  it.each(ROUTE_TABLE.map((route) => [`${route.described.verb} ${route.described.path}`, route] as const))(
    '%s asks its request and answers what is described',
    async (_name, { method, described }) => {
      const server = await openFilledServer();
      const response = await sendTo(server, described);
      const [answer] = described.answers;
      expect({ status: response.statusCode, asked: server.state.asked }).toEqual({
        status: answer?.status,
        asked: [method],
      });
      // Strict schemas: a member too many fails as well as one too few.
      expect(answer?.content?.[0]?.schema?.parse(response.json())).toEqual(response.json());
    },
  );

  it('reaches every request of the contract but those that stream', () => {
    const reached = new Set<string>(ROUTE_TABLE.map(({ method }) => method));
    // Open logs belong to one conversation: they are asked over JSON-RPC alone.
    const methods = Object.keys(REQUESTS).filter((method) => !method.startsWith('sessions/'));
    expect(methods.filter((method) => !reached.has(method))).toEqual(STREAMED);
  });

  it.each(
    ROUTE_TABLE.filter(({ described }) => described.verb === 'GET').map(({ described }) => [
      described.path,
      described,
    ]),
  )('answers HEAD %s without a body', async (_path, described) => {
    const { service } = await openFilledServer();
    const response = await service.app.inject({ method: 'HEAD', url: fillPath(described) });
    expect([response.statusCode, response.body]).toEqual([200, '']);
  });
});
