import type { CapabilitiesBody, HealthBody, MetricsBody, VersionBody } from '#protocol';
import type { CommandContext } from '../context.ts';
import { EXIT_DONE } from '../exit-codes.ts';
import { formatBytes, formatPlural } from '../render/quantities.ts';
import { layOutTable } from '../render/text-table.ts';

/** `cts status`: which service is used, and what it is doing. */
export async function showStatus(context: CommandContext): Promise<number> {
  const { output } = context;
  const { http, version } = await context.openService();
  const [health, metrics, capabilities] = await Promise.all([
    http.ask('GET /v1/health'),
    http.ask('GET /v1/metrics'),
    http.ask('GET /v1/capabilities'),
  ]);
  const status = describeStatus(http.base, { version, health, metrics, capabilities });
  if (output.options.json === true) await output.printJson(status);
  else
    await output.print(
      layOutTable([{ heading: '' }, { heading: '' }], listFacts(status))
        .slice(1)
        .join('\n'),
    );
  return EXIT_DONE;
}

interface Answers {
  readonly version: Partial<VersionBody> | undefined;
  readonly health: HealthBody;
  readonly metrics: MetricsBody;
  readonly capabilities: CapabilitiesBody;
}

interface Status {
  readonly url: string;
  readonly status: string;
  readonly version: string;
  readonly protocol_version: number | null;
  readonly uptime: string;
  readonly active_runs: number | null;
  readonly queued_runs: number | null;
  readonly runs_total: number | null;
  readonly max_concurrent_runs: number | null;
  readonly disk_free_bytes: number | null;
  readonly artifact_storage_bytes: number;
  readonly tools: readonly string[];
}

function describeStatus(base: URL, { version, health, metrics, capabilities }: Answers): Status {
  const runs = metrics.execution_metrics;
  const limit = capabilities.limits['max_concurrent_runs'];
  return {
    url: base.href,
    status: health.status,
    version: health.version,
    protocol_version: version?.protocol_version ?? null,
    uptime: health.uptime,
    active_runs: runs['active_runs'] ?? null,
    queued_runs: runs['queued_runs'] ?? null,
    runs_total: runs['runs_total'] ?? null,
    max_concurrent_runs: typeof limit === 'number' ? limit : null,
    disk_free_bytes: metrics.system_metrics['disk_free_bytes'] ?? null,
    artifact_storage_bytes: metrics.business_metrics.artifact_storage_bytes,
    tools: capabilities.tools.map(({ id }) => id),
  };
}

function listFacts(status: Status): readonly (readonly string[])[] {
  const { active_runs, queued_runs, runs_total, disk_free_bytes, max_concurrent_runs } = status;
  const atOnce = max_concurrent_runs === null ? '' : `, at most ${String(max_concurrent_runs)} at once`;
  const runs = [
    `${String(active_runs ?? '?')} active`,
    `${String(queued_runs ?? '?')} queued`,
    `${String(runs_total ?? '?')} since the start`,
  ];
  const free = disk_free_bytes === null ? '' : `, ${formatBytes(disk_free_bytes)} free`;
  return [
    ['Service', status.url],
    ['Status', status.status],
    ['Version', status.version],
    ['Uptime', status.uptime],
    ['Runs', `${runs.join(', ')}${atOnce}`],
    ['Disk', `${formatBytes(status.artifact_storage_bytes)} of artifacts${free}`],
    ['Tools', `${formatPlural(status.tools.length, 'tool')}: ${status.tools.join(', ')}`],
  ];
}
