import { CtsError, type HealthReportBody } from '#protocol';
import type { CommandContext } from '../context.ts';
import type { HttpClient } from '../http/http-client.ts';
import { formatBytes, formatPlural } from '../render/quantities.ts';
import type { CheckDepth, CheckResult } from './check.ts';

/** Every byte that is kept may be read. */
const VERIFY_IDLE_MS = 3_600_000;

/** Whether a service answers, how its parts are, and whether what it keeps is whole. */
export async function checkService(
  context: CommandContext,
  depth: CheckDepth,
): Promise<readonly CheckResult[]> {
  try {
    const { http, version } = await context.openService();
    const found = `CTS ${version?.cts_version ?? '(unknown version)'} at ${http.base.href}`;
    return [
      { level: 'ok', name: 'service', found },
      ...listHealth(await http.ask('GET /v1/health/comprehensive')),
      await verifyStore(http, depth),
    ];
  } catch (error) {
    if (!(error instanceof CtsError)) throw error;
    const advice = error.actions[0] === undefined ? {} : { advice: error.actions[0] };
    return [{ level: 'fail', name: 'service', found: `${error.code}: ${error.message}`, ...advice }];
  }
}

const LEVELS: Readonly<Record<string, CheckResult['level']>> = {
  healthy: 'ok',
  degraded: 'warn',
  unhealthy: 'fail',
};

function listHealth({ checks }: HealthReportBody): readonly CheckResult[] {
  return checks.map(({ name, status, details }) => {
    const facts = Object.entries(details).map(([key, value]) => `${key} ${formatFact(value)}`);
    const level = LEVELS[status] ?? 'fail';
    const found = [status, ...(level === 'ok' ? [] : facts)].join(', ');
    return { level, name: `service: ${name.replaceAll('_', ' ')}`, found };
  });
}

function formatFact(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

async function verifyStore(http: HttpClient, { withChecksums }: CheckDepth): Promise<CheckResult> {
  const kept = await http.ask('GET /v1/store/verify', {
    query: { with_checksums: withChecksums },
    idleMs: VERIFY_IDLE_MS,
  });
  const { database, runs, artifacts, contentBytes, missing, damaged } = kept;
  const name = withChecksums ? 'store, every byte' : 'store';
  const content = `${formatPlural(runs, 'run')}, ${formatPlural(artifacts, 'artifact')}, ${formatBytes(contentBytes)}`;
  if (kept.isIntact) return { level: 'ok', name, found: content };
  return {
    level: 'fail',
    name,
    found: `database ${database}; ${missing.length} missing, ${damaged.length} damaged of ${content}`,
    advice: `Restore the data folder from a backup, or do these again: ${[...missing, ...damaged].slice(0, 5).join(', ')}`,
  };
}
