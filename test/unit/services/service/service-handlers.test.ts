import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CTS_VERSION, type Health, type RequestContext } from '#protocol';
import { REQUESTS } from '#contract';
import { PrometheusMetrics } from '../../../../server/adapters/metrics/service-metrics.ts';
import { resolveSettings } from '../../../../server/services/service/resolve-settings.ts';
import { createServiceHandlers } from '../../../../server/services/service/service-handlers.ts';
import { ToolRegistry } from '../../../../server/services/tools/tool-registry.ts';
import { rlogToCsv } from '../../../../server/tools/rlog-to-csv/rlog-to-csv.ts';
import { fakeMachine } from '../../../support/fake-machine.ts';
import { sharedDir } from '../../../support/shared.ts';

const context: RequestContext = { signal: new AbortController().signal, notify: () => undefined };
const HEALTH: Health = {
  status: 'healthy',
  isReady: true,
  version: CTS_VERSION,
  uptimeSeconds: 1,
  timestamp: '2026-01-02T03:04:05.000Z',
  checks: [],
};

function openHandlers(environment: Readonly<Record<string, string>> = {}) {
  const { settings } = resolveSettings({
    environment,
    flags: {},
    isStartedByClient: false,
    defaultDataFolder: '/data',
    resolvePath: (path) => path,
  });
  return createServiceHandlers({
    settings,
    tools: new ToolRegistry([rlogToCsv]),
    health: { check: async () => HEALTH },
    metrics: new PrometheusMetrics({ toolIds: [], routes: [], machine: fakeMachine() }),
  });
}

describe('requests about the service', () => {
  const METHODS = [
    'service/version',
    'service/health',
    'service/capabilities',
    'service/configuration',
    'service/metrics',
  ] as const;

  it.each(METHODS)('%s is answered as the contract says', async (method) => {
    const answer: unknown = await openHandlers()[method]({}, context);
    expect(REQUESTS[method].result.parse(answer)).toEqual(answer);
  });

  it('tell the versions that clients of CTS-Lite look at', async () => {
    expect(await openHandlers()['service/version']({}, context)).toEqual({
      ctsVersion: CTS_VERSION,
      protocolVersion: 1,
      apiVersion: '0.1.0',
      minClientVersion: '0.8.0',
      deprecatedFeatures: [],
    });
  });

  it('tell what the service can do, and its limits', async () => {
    const capabilities = await openHandlers({ CTS_MAX_CONCURRENT_RUNS: '2' })['service/capabilities'](
      {},
      context,
    );
    expect(capabilities).toMatchObject({
      apiVersion: '0.8.1',
      monitors: [],
      limits: { maxConcurrentRuns: 2, maxUploadBytes: 1_073_741_824, maxArtifactBytes: 4_294_967_296 },
    });
    expect(capabilities.tools.map(({ id }) => id)).toEqual(['rlog-to-csv']);
  });

  it.skipIf(sharedDir === undefined)('have every feature of CTS-Lite', async () => {
    const golden = JSON.parse(
      readFileSync(join(sharedDir ?? '', 'golden/api/capabilities.json'), 'utf8'),
    ) as { features: string[]; api_version: string };
    const { apiVersion, features } = await openHandlers()['service/capabilities']({}, context);
    expect(features).toEqual(expect.arrayContaining(golden.features));
    expect(apiVersion).toBe(golden.api_version);
  });

  it('say that metrics are switched off', async () => {
    const handlers = openHandlers({ CTS_ENABLE_METRICS: 'false' });
    await expect(handlers['service/metrics']({}, context)).rejects.toMatchObject({
      code: 'ENDPOINT_NOT_FOUND',
      message: 'Metrics are switched off: this service was set up with enable_metrics false.',
    });
    expect((await handlers['service/capabilities']({}, context)).features).not.toContain('metrics');
  });
});
