import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askServer, type TestResponse } from '../support/http-client.ts';
import { openTestServer } from '../support/http-server.ts';
import { sharedDir } from '../support/shared.ts';

/** What the original client did in one scenario, and the answers that it was given. */
interface Scenario {
  readonly name: string;
  /** `GET /path` to answers: status, body, media type. */
  readonly routes: Readonly<Record<string, readonly (readonly [number, unknown, string?])[]>>;
  readonly requests: readonly ClientRequest[];
}

interface ClientRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | null;
  readonly accept: string | null;
  readonly user_agent: string | null;
  readonly body: unknown;
}

const path = join(sharedDir ?? '', 'golden/cli/cts.json');
const scenarios =
  sharedDir !== undefined && existsSync(path)
    ? (JSON.parse(readFileSync(path, 'utf8')) as { readonly scenarios: readonly Scenario[] }).scenarios
    : [];

/** Scenarios about a server that fails, or is of another version than ours. */
const MADE_UP = new Set(['ping 500 x3', 'run 400', 'logs 404', 'version too old', 'version deprecated']);

const playable = scenarios.filter(({ name, requests }) => requests.length > 0 && !MADE_UP.has(name));

/** Ids of the scenarios, and those that a server with one of everything gives. */
const IDS: Readonly<Record<string, string>> = { r1: 'run-1', a1: 'artifact-1', u1: 'upload-1', m1: 'm1' };

/** A server on which one of everything is there already, as in the scenarios. */
async function openFilledServer() {
  const server = await openTestServer();
  const headers = { 'content-type': 'application/json' };
  const body = (value: object) => ({ method: 'POST', headers, body: JSON.stringify(value) });
  await askServer(`${server.url}/v1/runs`, body({ tool_id: 'can-bitwatch' }));
  await askServer(`${server.url}/v1/uploads`, body({ filename: 'in.csv', size: 5 }));
  await askServer(`${server.url}/v1/monitors`, body({ tool_id: 'can_bus_check' }));
  return server;
}

function play(url: string, request: ClientRequest): Promise<TestResponse> {
  const { method, authorization, accept, user_agent: agent } = request;
  const isRaw = isObject(request.body) && 'raw_len' in request.body;
  const body = isRaw ? 'hello' : request.body === null ? undefined : JSON.stringify(request.body);
  return askServer(url + giveIds(request.path), {
    method,
    headers: {
      ...(authorization !== null && { authorization }),
      accept: accept ?? '*/*',
      ...(agent !== null && { 'user-agent': agent }),
      ...(body !== undefined && !isRaw && { 'content-type': 'application/json' }),
      // As the client's library announces what it sends.
      ...(method !== 'GET' && { 'content-length': body?.length ?? 0 }),
    },
    ...(body !== undefined && { body }),
  });
}

function giveIds(path: string): string {
  return path.replaceAll(/\/([raum]1)(?=\/|$)/g, (_whole, id: string) => `/${IDS[id] ?? id}`);
}

/** Members of the expected answer that are missing in the given one, or of another JSON type; by path. */
function listDifferences(expected: unknown, given: unknown, at = ''): readonly string[] {
  if (Array.isArray(expected))
    return Array.isArray(given) ? listDifferences(expected[0], given[0], `${at}[]`) : [`${at} is no list`];
  if (isObject(expected)) {
    if (!isObject(given)) return [`${at} is no object`];
    return Object.entries(expected).flatMap(([name, value]) =>
      listDifferences(value, given[name], `${at}.${name}`),
    );
  }
  return isSameType(expected, given) ? [] : [`${at} is ${typeof given}, not ${typeof expected}`];
}

/** Null stands for what may be missing: the client copes with a value, too. */
function isSameType(expected: unknown, given: unknown): boolean {
  if (expected === undefined) return true;
  if (expected === null || given === null) return given !== undefined;
  return typeof expected === typeof given;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readAnswer({ headers, body }: TestResponse): unknown {
  return headers['content-type']?.startsWith('application/json') === true ? JSON.parse(body) : body;
}

describe.skipIf(playable.length === 0)('the client of CTS-Lite 0.8.1', () => {
  it.each(playable.map((scenario) => [scenario.name, scenario] as const))('%s', async (_name, scenario) => {
    const { url, failures } = await openFilledServer();
    for (const request of scenario.requests) {
      const [status, expected] = scenario.routes[`${request.method} ${request.path}`]?.[0] ?? [
        200,
        undefined,
      ];
      const response = await play(url, request);
      expect([request.path, response.status]).toEqual([request.path, status]);
      expect(listDifferences(expected, readAnswer(response))).toEqual([]);
    }
    expect(failures).toEqual([]);
  });

  it('finds bytes where it is told they are', async () => {
    const { url } = await openFilledServer();
    const { body } = await askServer(`${url}/v1/artifacts/artifact-1`);
    const { download_url: address } = JSON.parse(body) as { readonly download_url: string };
    const download = await askServer(address);
    expect(download.headers['content-type']).toMatch(/^text\/csv/);
    expect(download.body).toBe('a,b\r\n1,2\r\n');
  });
});
