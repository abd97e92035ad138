import { describe, expect, it } from 'vitest';
import { type CtsOutcome, runFakeCts } from '../../../support/fake-engine.ts';
import { json, text, useFakeService } from '../../../support/fake-service.ts';
import { SILENT_INFO } from '../../../support/sample-answers.ts';

const service = useFakeService();

function cts(...args: readonly string[]): Promise<CtsOutcome> {
  return runFakeCts(['--url', service.current.url, ...args]);
}

async function readJson(...args: readonly string[]): Promise<unknown> {
  return JSON.parse((await cts(...args, '--json')).stdout);
}

describe('logs where the service is', () => {
  it('are described by it', async () => {
    service.current.answer('GET /v1/logs/info', json(SILENT_INFO));
    expect(await readJson('info', '/data/x', '--max-bytes', '1k', '--no-resync')).toEqual(SILENT_INFO);
    expect(service.current.heardAt('GET /v1/logs/info')[0]?.query).toEqual({
      path: '/data/x',
      max_bytes: '1024',
      resync: 'false',
    });
  });

  it('give their events line by line', async () => {
    service.current.answer('GET /v1/logs/events', text('{"a":1}\n{"b":2}\n', 'application/x-ndjson'));
    expect(await cts('events', '/data/x', '-s', 'can', '--from', '1', '--limit', '2')).toEqual({
      exitCode: 0,
      stdout: '{"a":1}\n{"b":2}\n',
      stderr: '',
    });
    expect(service.current.heardAt('GET /v1/logs/events')[0]?.query).toEqual({
      ...{ path: '/data/x', service: 'can', from: '1', limit: '2', resync: 'true' },
    });
  });

  it('tell why they break off', async () => {
    service.current.answer('GET /v1/logs/events', text('{"a":1}\n{"error":{"message":"disk gone"}}\n'));
    expect(await cts('events', '/data/x')).toEqual({
      exitCode: 1,
      stdout: '{"a":1}\n',
      stderr: 'error INTERNAL_ERROR: The service broke off: disk gone\n',
    });
  });

  it('may hold no event that is asked for', async () => {
    service.current.answer('GET /v1/logs/events', text(''));
    expect(await cts('events', '/data/x')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'No event matches.\n',
    });
  });
});
