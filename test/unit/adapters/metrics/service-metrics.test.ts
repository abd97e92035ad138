import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { PrometheusMetrics } from '../../../../server/adapters/metrics/service-metrics.ts';
import { fakeMachine } from '../../../support/fake-machine.ts';
import { parsePrometheusText } from '../../../support/prometheus-text.ts';
import { sharedDir } from '../../../support/shared.ts';

const RUN = 'GET /v1/runs/{runId}';
const START = 'POST /v1/runs';

let metrics: PrometheusMetrics;

beforeEach(() => {
  metrics = new PrometheusMetrics({
    toolIds: ['can-bitwatch', 'rlog-to-csv'],
    routes: [RUN, START, 'GET /v1/x'],
    machine: fakeMachine(),
  });
});

/** Everything that is counted, without the buckets and the machine. */
async function scrape(): Promise<Record<string, number>> {
  const families = [...parsePrometheusText(await metrics.prometheusText()).values()];
  const samples = families.flatMap((family) => [...family.samples]);
  return Object.fromEntries(samples.filter(([name, value]) => value !== 0 && !MACHINE.test(name)));
}

const MACHINE = /_bucket\{|cts_(cpu|memory|process|event|disk|uptime)/;

/** Five runs: two complete, one fails, one is canceled while it runs and one in the queue. */
function workThroughRuns(): void {
  for (let i = 0; i < 5; i++) metrics.observeRunQueued();
  metrics.observeRunStarted('rlog-to-csv');
  metrics.observeRunStarted('can-bitwatch');
  metrics.observeRunEnded({ toolId: 'can-bitwatch', state: 'canceled', seconds: null });
  metrics.observeRunStarted('rlog-to-csv');
  metrics.observeRunEnded({ toolId: 'rlog-to-csv', state: 'completed', seconds: 12 });
  metrics.observeRunEnded({ toolId: 'can-bitwatch', state: 'failed', seconds: 700 });
  metrics.observeRunStarted('a-tool-of-yesterday');
  metrics.observeRunEnded({ toolId: 'rlog-to-csv', state: 'completed', seconds: 5 });
  metrics.observeRunEnded({ toolId: 'a-tool-of-yesterday', state: 'canceled', seconds: 3 });
}

describe('the text for Prometheus', () => {
  it('counts runs exactly', async () => {
    workThroughRuns();
    expect(await scrape()).toEqual({
      'cts_runs_total{tool_id="rlog-to-csv",result="completed"}': 2,
      'cts_runs_total{tool_id="can-bitwatch",result="failed"}': 1,
      'cts_runs_total{tool_id="can-bitwatch",result="canceled"}': 1,
      'cts_runs_total{tool_id="other",result="canceled"}': 1,
      cts_runs_successful: 2,
      cts_runs_failed: 1,
      cts_runs_canceled: 2,
      'cts_tools_usage{tool_id="rlog-to-csv"}': 2,
      'cts_tools_usage{tool_id="can-bitwatch"}': 1,
      'cts_tools_usage{tool_id="other"}': 1,
      'cts_execution_duration_seconds_sum{tool_id="rlog-to-csv"}': 17,
      'cts_execution_duration_seconds_count{tool_id="rlog-to-csv"}': 2,
      'cts_execution_duration_seconds_sum{tool_id="can-bitwatch"}': 700,
      'cts_execution_duration_seconds_count{tool_id="can-bitwatch"}': 1,
      'cts_execution_duration_seconds_sum{tool_id="other"}': 3,
      'cts_execution_duration_seconds_count{tool_id="other"}': 1,
      cts_peak_concurrent_runs: 3,
    });
  });

  it('sorts runs into the buckets of the plans', async () => {
    workThroughRuns();
    const family = parsePrometheusText(await metrics.prometheusText()).get('cts_execution_duration_seconds');
    const buckets = [...(family?.samples ?? [])]
      .filter(([name]) => name.includes('_bucket') && name.includes('rlog-to-csv'))
      .map(([name, value]) => [/le="([^"]+)"/.exec(name)?.[1], value]);
    const atMost = ['10', '30', '60', '120', '300', '600', '+Inf'];
    expect(buckets).toEqual(atMost.map((limit, i) => [limit, i === 0 ? 1 : 2]));
  });

  it('counts requests exactly, by routes that are declared and by nothing else', async () => {
    metrics.observeRequest(RUN, 200, 3);
    metrics.observeRequest(RUN, 404, 1);
    metrics.observeRequest(START, 200, 6);
    metrics.observeRequest('GET /v1/runs/0192aa', 500, 1);
    metrics.observeRequest(RUN, 12_345, 1);
    metrics.observeRateLimited();
    metrics.observeAuthenticationFailed();
    metrics.observeAuthenticationFailed();
    for (const user of ['a', 'b', 'a']) metrics.observeUser(user);
    const counted = await scrape();
    expect(counted).toMatchObject({
      [`cts_api_requests_total{route="${RUN}",status="200"}`]: 1,
      [`cts_api_requests_total{route="${RUN}",status="404"}`]: 1,
      [`cts_api_requests_total{route="${START}",status="200"}`]: 1,
      'cts_api_requests_total{route="other",status="500"}': 1,
      [`cts_api_requests_total{route="${RUN}",status="other"}`]: 1,
      [`cts_api_errors{route="${RUN}"}`]: 2,
      'cts_api_errors{route="other"}': 1,
      [`cts_api_response_time_seconds_count{route="${RUN}"}`]: 3,
      cts_rate_limit_hits_total: 1,
      cts_authentication_failures_total: 2,
      cts_unique_users: 2,
    });
    expect(JSON.stringify(counted)).not.toContain('0192aa');
  });

  it('counts what is kept', async () => {
    metrics.observeStorage({ artifactBytes: 1000, logBytes: 50 });
    metrics.observeArtifactStored(24);
    metrics.observeLogWritten(5);
    metrics.observeStoreRepair('interrupted_run');
    metrics.observeStoreRepair('interrupted_run');
    expect(await scrape()).toEqual({
      cts_artifacts_generated: 1,
      cts_artifact_storage_bytes: 1024,
      cts_log_storage_bytes: 55,
      'cts_store_repairs_total{kind="interrupted_run"}': 2,
    });
  });

  it('tells how the machine is', async () => {
    const families = parsePrometheusText(await metrics.prometheusText());
    const read = (name: string) => families.get(name)?.samples.get(name);
    expect(read('cts_cpu_percent')).toBe(12.5);
    expect(read('cts_event_loop_lag_seconds')).toBe(0.002);
    expect(read('cts_disk_used_percent')).toBe(25);
    expect(read('cts_process_resident_memory_bytes')).toBe(90_000_000);
  });

  it('has every metric of the plans from the start, described, and with the prefix of CTS', async () => {
    const families = parsePrometheusText(await metrics.prometheusText());
    expect([...families.keys()].every((name) => name.startsWith('cts_'))).toBe(true);
    const planned = [
      'runs_total',
      'runs_successful',
      'runs_failed',
      'execution_duration_seconds',
      'api_requests_total',
      'api_response_time_seconds',
      'api_errors',
      'active_runs',
      'artifact_storage_bytes',
      'log_storage_bytes',
      'tools_usage',
      'artifacts_generated',
      'unique_users',
    ];
    for (const name of planned) expect(families.get(`cts_${name}`)?.help).toMatch(/\w/);
  });
});

describe('the summary', () => {
  it('begins with nothing', async () => {
    const { execution, api, business } = await metrics.summarize();
    expect(execution).toMatchObject({ runsTotal: 0, successRate: 0, averageExecutionSeconds: 0 });
    expect(api).toEqual({ requestsTotal: 0, averageResponseMs: 0, errorsByEndpoint: {} });
    expect(business).toEqual({ toolsUsage: {}, artifactsGenerated: 0, artifactStorageBytes: 0 });
  });

  it('says the same as the text', async () => {
    workThroughRuns();
    metrics.observeRunQueued();
    expect((await metrics.summarize()).execution).toEqual({
      runsTotal: 4,
      runsSuccessful: 2,
      runsFailed: 1,
      runsCanceled: 2,
      successRate: 0.5,
      averageExecutionSeconds: 180,
      activeRuns: 0,
      queuedRuns: 1,
      peakConcurrentRuns: 3,
    });
  });

  it('tells how the machine is', async () => {
    expect((await metrics.summarize()).system).toEqual({
      cpuPercent: 12.5,
      memoryPercent: 40,
      memoryAvailableBytes: 6_000_000_000,
      residentBytes: 90_000_000,
      eventLoopLagMs: 2,
      diskFreeBytes: 75_000_000_000,
      diskUsedPercent: 25,
      uptimeSeconds: 61,
    });
  });

  it.skipIf(sharedDir === undefined)('gives the figures of comma-tools for the same work', async () => {
    const tools = ['can-bitwatch', 'can-bitwatch', 'rlog-to-csv'];
    for (const tool of tools.slice(0, 2)) metrics.observeRunStarted(tool);
    metrics.observeRunEnded({ toolId: 'can-bitwatch', state: 'completed', seconds: 2 });
    metrics.observeRunEnded({ toolId: 'can-bitwatch', state: 'failed', seconds: 4 });
    metrics.observeRunStarted('rlog-to-csv');
    for (const [status, ms] of [
      [200, 100],
      [404, 200],
      [500, 300],
    ] as const)
      metrics.observeRequest('GET /v1/x', status, ms);
    metrics.observeArtifactStored(1024);
    const { execution, api, business } = await metrics.summarize();
    const golden = JSON.parse(
      readFileSync(join(sharedDir ?? '', 'golden/api/metrics_summary.json'), 'utf8'),
    ) as Golden;
    expect(execution).toMatchObject({
      runsTotal: golden.execution_metrics['runs_total'],
      successRate: golden.execution_metrics['success_rate'],
      averageExecutionSeconds: golden.execution_metrics['average_execution_time_seconds'],
      activeRuns: golden.execution_metrics['active_runs'],
      peakConcurrentRuns: golden.execution_metrics['peak_concurrent_runs'],
    });
    expect(api.requestsTotal).toBe(golden.api_metrics.requests_total);
    expect(api.averageResponseMs).toBeCloseTo(golden.api_metrics.average_response_time_ms, 9);
    expect(api.errorsByEndpoint).toEqual(golden.api_metrics.errors_by_endpoint);
    expect(business.toolsUsage).toEqual(golden.business_metrics['tools_usage']);
    expect(business.artifactStorageBytes).toBe(golden.business_metrics['artifact_storage_bytes']);
  });
});

interface Golden {
  readonly execution_metrics: Readonly<Record<string, number>>;
  readonly api_metrics: {
    readonly requests_total: number;
    readonly average_response_time_ms: number;
    readonly errors_by_endpoint: Readonly<Record<string, number>>;
  };
  readonly business_metrics: Readonly<Record<string, unknown>>;
}
