import { describe, expect, it } from 'vitest';
import { describeApi } from '../../../../server/transports/http/api-description.ts';
import { writeCurlExample } from '../../../../server/transports/openapi/curl-example.ts';
import { buildOpenApi } from '../../../../server/transports/openapi/openapi-document.ts';

const { paths } = buildOpenApi(describeApi(), '9.9.9');

describe('writeCurlExample', () => {
  it.each([
    ['get', '/v1/health', 'curl http://127.0.0.1:8080/v1/health'],
    ['get', '/v1/runs/{runId}', 'curl http://127.0.0.1:8080/v1/runs/RUN_ID'],
    ['delete', '/v1/runs/{runId}', 'curl -X DELETE http://127.0.0.1:8080/v1/runs/RUN_ID'],
    ['post', '/v1/runs/{runId}/cancel', 'curl -X POST http://127.0.0.1:8080/v1/runs/RUN_ID/cancel'],
    ['get', '/v1/logs/info', "curl 'http://127.0.0.1:8080/v1/logs/info?path=PATH'"],
    ['get', '/v1/runs/{runId}/logs', 'curl -N http://127.0.0.1:8080/v1/runs/RUN_ID/logs'],
    [
      'post',
      '/v1/runs/clean',
      `curl -H 'Content-Type: application/json' -d '{"older_than_seconds":604800,"dry_run":true}' http://127.0.0.1:8080/v1/runs/clean`,
    ],
    ['get', '/v1/rpc', undefined],
  ])('%s %s', (verb, path, expected) => {
    expect(writeCurlExample(verb, path, paths[path]![verb]!)).toBe(expected);
  });
});
