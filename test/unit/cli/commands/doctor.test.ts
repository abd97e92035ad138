import { describe, expect, it } from 'vitest';
import { type CtsOutcome, runFakeCts } from '../../../support/fake-engine.ts';
import { json, useFakeService } from '../../../support/fake-service.ts';
import { HEALTH_REPORT, VERIFIED } from '../../../support/service-bodies.ts';

const service = useFakeService();

function cts(...args: readonly string[]): Promise<CtsOutcome> {
  return runFakeCts(['--url', service.current.url, ...args]);
}

async function readJson(...args: readonly string[]): Promise<unknown> {
  return JSON.parse((await cts(...args, '--json')).stdout);
}

describe('cts doctor', () => {
  it('tells what it found', async () => {
    const { stdout } = await cts('doctor');
    expect(stdout).toMatch(/^ok +Node: v\d+/);
    expect(stdout).toMatch(/\nok +service: CTS 0\.1\.0 at http:/);
    expect(stdout).toMatch(/\nok +service: file system: healthy\n/);
    expect(stdout).toMatch(/\nok +store: 2 runs, 3 artifacts, 4\.5 kB\n$/);
  });

  it('reads every byte on wish', async () => {
    await cts('doctor', '--checksums');
    expect(service.current.heardAt('GET /v1/store/verify')[0]?.query).toEqual({ with_checksums: 'true' });
  });

  it('ends with 6 when something is wrong', async () => {
    service.current
      .answer('GET /v1/store/verify', json({ ...VERIFIED, isIntact: false, damaged: ['art-1'] }))
      .answer(
        'GET /v1/health/comprehensive',
        json({
          ...HEALTH_REPORT,
          checks: [{ ...HEALTH_REPORT.checks[0], status: 'degraded', details: { free: '5 %' } }],
        }),
      );
    const { exitCode, stdout } = await cts('doctor');
    expect(exitCode).toBe(6);
    expect(stdout).toContain('\nwarn  service: file system: degraded, free 5 %\n');
    expect(stdout).toContain('\nfail  store: database ok; 0 missing, 1 damaged of 2 runs');
    const told = (await readJson('doctor')) as { healthy: boolean; checks: unknown[] };
    expect(told.healthy).toBe(false);
    expect(told.checks.length).toBeGreaterThan(6);
  });

  it('goes on to the end when no service answers', async () => {
    const { exitCode, stdout } = await runFakeCts(['--url', 'http://127.0.0.1:9', 'doctor']);
    expect(exitCode).toBe(6);
    expect(stdout).toMatch(
      /\nfail {2}service: SERVER_UNREACHABLE: No service answers at http:\/\/127\.0\.0\.1:9\//,
    );
  });
});
