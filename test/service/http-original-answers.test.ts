import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askServer } from '../support/http-client.ts';
import { openTestServer, type TestServer } from '../support/http-server.ts';
import { sharedDir } from '../support/shared.ts';

const folder = join(sharedDir ?? '', 'golden/api');
const isThere = sharedDir !== undefined && existsSync(folder);

/** One call of the original, with what came of it. */
interface GoldenCall {
  readonly args: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly http_error?: { readonly status: number; readonly detail: string };
}

function readGolden(name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

async function ask(url: string): Promise<Record<string, unknown>> {
  return JSON.parse((await askServer(url)).body) as Record<string, unknown>;
}

async function post(url: string, body: unknown) {
  const headers = { 'content-type': 'application/json' };
  const response = await askServer(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return {
    status: response.status,
    detail: (JSON.parse(response.body) as { readonly detail: string }).detail,
  };
}

/** Names of members, through objects and the first entries of lists, without those below `free`. */
function listMembers(value: unknown, free: ReadonlySet<string>, at = ''): readonly string[] {
  if (Array.isArray(value)) return listMembers(value[0], free, `${at}[]`);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [
    `${at}.${name}`,
    ...(free.has(name) ? [] : listMembers(member, free, `${at}.${name}`)),
  ]);
}

describe.skipIf(!isThere)('answers of CTS-Lite', () => {
  it('/v1/version is the same and more', async () => {
    const { url } = await openTestServer();
    expect(await ask(`${url}/v1/version`)).toMatchObject(readGolden('version.json') as object);
  });

  it.each([
    ['capabilities.json', '/v1/capabilities', ['parameters']],
    ['metrics_summary.json', '/v1/metrics', ['errors_by_endpoint', 'tools_usage']],
  ])('%s has no member that %s lacks', async (name, path, free) => {
    const { url } = await openTestServer();
    const given = new Set(listMembers(await ask(url + path), new Set(free)));
    const expected = listMembers(readGolden(name), new Set(free));
    expect(expected.length).toBeGreaterThan(10);
    expect(expected.filter((member) => !given.has(member))).toEqual([]);
  });

  it('parameters of tools are described with the same members', async () => {
    interface WithParameters {
      readonly tools: readonly { readonly parameters: Readonly<Record<string, object>> }[];
    }
    const { url } = await openTestServer();
    const [original] = Object.values(
      (readGolden('capabilities.json') as WithParameters).tools[0]?.parameters ?? {},
    );
    const { tools } = (await ask(`${url}/v1/capabilities`)) as unknown as WithParameters;
    for (const parameter of Object.values(tools[0]?.parameters ?? {}))
      expect(Object.keys(parameter)).toEqual(expect.arrayContaining(Object.keys(original ?? {})));
  });

  it('unknown things are told in the same words', async () => {
    const calls = readGolden('functions.json') as Record<string, readonly GoldenCall[]>;
    const { url } = await openTestServer();
    for (const { args, http_error: expected } of calls['post_runs_errors'] ?? [])
      if (expected?.status === 404) expect(await post(`${url}/v1/runs`, args)).toEqual(expected);
    for (const { args, http_error: expected } of calls['get_run_unknown'] ?? [])
      expect(await ask(`${url}/v1/runs/${String(args['run_id'])}`)).toMatchObject({ ...expected });
    for (const { args, result } of calls['delete_run_unknown'] ?? []) {
      const { status, body } = await askServer(`${url}/v1/runs/${String(args['run_id'])}`, {
        method: 'DELETE',
      });
      expect(status).toBe(200);
      expect(JSON.parse(body)).toMatchObject(result as object);
    }
  });
});

describe('metrics at the root', () => {
  async function askMetrics(accept: string | undefined, settings?: Parameters<typeof openTestServer>[0]) {
    const server: TestServer & { readonly url: string } = await openTestServer(settings);
    return askServer(`${server.url}/metrics`, { ...(accept !== undefined && { headers: { accept } }) });
  }

  it.each([
    undefined,
    '*/*',
    'text/plain',
    'application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.3',
  ])('are text for Prometheus when %s is wanted', async (accept) => {
    const { headers, body } = await askMetrics(accept);
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(body).toContain('# group: execution_metrics\n');
    expect(body).toContain('\ncts_runs_total 3\n');
  });

  it('are JSON when JSON is wanted', async () => {
    const { headers, body } = await askMetrics('application/json');
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(body)).toMatchObject({ execution_metrics: { runs_total: 3, success_rate: 0.5 } });
  });

  it('are not there when they are switched off', async () => {
    const { status } = await askMetrics(undefined, { settings: { isMetricsEnabled: false } });
    expect(status).toBe(404);
  });
});

describe('readiness', () => {
  it('is refused with the reason in a word', async () => {
    const { url } = await openTestServer({
      handlers: {
        'service/health': async () => ({
          status: 'unhealthy',
          isReady: false,
          version: '9.9.9',
          uptimeSeconds: 1,
          timestamp: '2026-01-02T03:04:05.000Z',
          checks: [],
        }),
      },
    });
    const { status, body } = await askServer(`${url}/v1/health/ready`);
    expect([status, JSON.parse(body)]).toEqual([
      503,
      { status: 'not_ready', timestamp: '2026-01-02T03:04:05.000Z' },
    ]);
  });
});
