import { refuseSetting } from './setting-layers.ts';
import type { SettingKey } from './setting-fields.ts';
import { isLoopbackHost, type ServiceSettings } from './service-settings.ts';

/** What a check knows besides the settings. */
export interface CheckContext {
  /** Where a setting comes from, for people. */
  readonly nameSource: (key: SettingKey) => string;
  readonly isStartedByClient: boolean;
}

/** A rule that settings broke. */
interface BrokenRule {
  readonly key: SettingKey;
  readonly given: unknown;
  readonly expected: string;
}

type Rule = (settings: ServiceSettings, context: CheckContext) => BrokenRule | undefined;

const SHORTEST_KEY = 16;
const SHORTEST_SECRET_BYTES = 32;
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^/\s*?#@]+$/;
const HOST_NAME = /^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(:\d{1,5})?$/;

/**
 * Refuses settings with which the service must not start.
 *
 * @throws {CtsError} INVALID_CONFIGURATION, with key, value, source and what was expected.
 */
export function checkSettings(settings: ServiceSettings, context: CheckContext): void {
  for (const findBroken of RULES) {
    const broken = findBroken(settings, context);
    if (broken !== undefined) throw refuseSetting({ ...broken, source: context.nameSource(broken.key) });
  }
}

const RULES: readonly Rule[] = [
  refuseShortKeys,
  refuseShortSecret,
  requireAuthentication,
  requireCredentials,
  requireMetrics,
  refuseWideOrigins,
  refuseStrangeHosts,
  refuseHeapBeyondMemory,
];

function refuseShortKeys({ apiKeys }: ServiceSettings): BrokenRule | undefined {
  if (apiKeys.every((key) => key.length >= SHORTEST_KEY)) return undefined;
  return { key: 'api_keys', given: undefined, expected: `keys of at least ${SHORTEST_KEY} characters` };
}

function refuseShortSecret({ jwtSecret }: ServiceSettings): BrokenRule | undefined {
  if (jwtSecret === undefined || new TextEncoder().encode(jwtSecret).length >= SHORTEST_SECRET_BYTES)
    return undefined;
  return { key: 'jwt_secret', given: undefined, expected: `at least ${SHORTEST_SECRET_BYTES} bytes` };
}

function requireAuthentication(settings: ServiceSettings): BrokenRule | undefined {
  const { environment, host, isAuthenticationRequired } = settings;
  if (isAuthenticationRequired || (environment !== 'production' && isLoopbackHost(host))) return undefined;
  const where = environment === 'production' ? 'in production' : `to listen on ${host}`;
  return { key: 'require_authentication', given: false, expected: `true ${where}` };
}

function requireCredentials(settings: ServiceSettings, context: CheckContext): BrokenRule | undefined {
  const { apiKeys, isAuthenticationRequired, jwtSecret } = settings;
  const canComeIn = apiKeys.length > 0 || jwtSecret !== undefined || context.isStartedByClient;
  if (!isAuthenticationRequired || canComeIn) return undefined;
  const where = isLoopbackHost(settings.host) ? '' : ` to listen on ${settings.host}`;
  return {
    key: 'require_authentication',
    given: true,
    expected: `api_keys or jwt_secret to be set with it${where}: nobody could come in`,
  };
}

function requireMetrics({ environment, isMetricsEnabled }: ServiceSettings): BrokenRule | undefined {
  if (environment !== 'production' || isMetricsEnabled) return undefined;
  return { key: 'enable_metrics', given: false, expected: 'true in production' };
}

/** `*` would let every page that the user visits drive the service. */
function refuseWideOrigins({ allowedOrigins }: ServiceSettings): BrokenRule | undefined {
  const given = allowedOrigins.find((origin) => !ORIGIN.test(origin));
  if (given === undefined) return undefined;
  return {
    key: 'cors_allowed_origins',
    given,
    expected: 'each origin by name, such as https://cts.example.org',
  };
}

function refuseStrangeHosts({ allowedHosts }: ServiceSettings): BrokenRule | undefined {
  const given = allowedHosts.find((host) => !HOST_NAME.test(host));
  if (given === undefined) return undefined;
  return { key: 'allowed_hosts', given, expected: 'each host by name, such as cts.example.org' };
}

function refuseHeapBeyondMemory(settings: ServiceSettings): BrokenRule | undefined {
  const { workerHeapMegabytes, workerResidentMegabytes } = settings;
  if (workerHeapMegabytes <= workerResidentMegabytes) return undefined;
  return {
    key: 'worker_heap_mb',
    given: workerHeapMegabytes,
    expected: `no more than worker_memory_mb, which is ${workerResidentMegabytes}`,
  };
}
