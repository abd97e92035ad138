import { getSettingField, type SettingKey } from './setting-fields.ts';
import {
  type FoundSetting,
  readEnvironmentLayer,
  readFileLayer,
  readFlagLayer,
  type SettingLayer,
  type SettingsFile,
} from './setting-layers.ts';
import type { SettingValue } from './setting-values.ts';
import { checkSettings } from './settings-checks.ts';
import { readPresetLayer } from './settings-presets.ts';
import { isLoopbackHost, type ServiceSettings } from './service-settings.ts';

/** Everything that settings are made of. */
export interface SettingsSources {
  readonly file?: SettingsFile;
  /** All variables of the process; those that begin with `CTS_` count. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Options of the command line, by the key of their setting. */
  readonly flags: Readonly<Partial<Record<SettingKey, string>>>;
  /** Started by `cts` or an editor for its own use: the main lets in whoever holds the token it writes, and nobody else. */
  readonly isStartedByClient: boolean;
  /** Data folder by the convention of the platform. */
  readonly defaultDataFolder: string;
  /** Makes a path absolute and writes out `~`. */
  readonly resolvePath: (path: string) => string;
}

/** Settings that may be used, and what the operator should hear about them. */
export interface ResolvedSettings {
  readonly settings: ServiceSettings;
  /** A sentence each. */
  readonly warnings: readonly string[];
}

/** Seconds after which a service that was started by a client stops when nobody asks anything. */
const CLIENT_IDLE_SECONDS = 900;
const MEBIBYTE = 1_048_576;

/**
 * Puts settings together: defaults < preset < file < environment < flags.
 *
 * @throws {CtsError} INVALID_CONFIGURATION, with key, value, source and what was expected.
 */
export function resolveSettings(sources: SettingsSources): ResolvedSettings {
  const warnings: string[] = [];
  const file = sources.file === undefined ? new Map() : readFileLayer(sources.file, warnings);
  const environment = readEnvironmentLayer(sources.environment, warnings);
  const values = new SettingValues(withPreset([readFlagLayer(sources.flags), environment, file], sources));
  const settings = assembleSettings(values, sources);
  checkSettings(settings, {
    nameSource: (key) => values.nameSource(key),
    isStartedByClient: sources.isStartedByClient,
  });
  return { settings, warnings: [...warnings, ...adviseOn(settings)] };
}

/** An environment that nobody knows is development, as in comma-tools; a warning has been said by then. */
function withPreset(layers: readonly SettingLayer[], sources: SettingsSources): readonly SettingLayer[] {
  const isNamed = Boolean(sources.environment['CTS_ENVIRONMENT']?.trim());
  const chosen = layers.find((layer) => layer.has('environment'))?.get('environment')?.value;
  if (chosen === undefined && !isNamed) return layers;
  return [...layers, readPresetLayer((chosen ?? 'development') as SettingValue<'environment'>)];
}

/** Values by key, the first layer that has one first. */
class SettingValues {
  readonly #layers: readonly SettingLayer[];

  constructor(layers: readonly SettingLayer[]) {
    this.#layers = layers;
  }

  /** The value, or the default. */
  get<Key extends SettingKey>(key: Key): SettingValue<Key> {
    return (this.#find(key)?.value ?? getSettingField(key).default) as SettingValue<Key>;
  }

  /** The value, if somebody gave one. */
  getGiven<Key extends SettingKey>(key: Key): SettingValue<Key> | undefined {
    return this.#find(key)?.value as SettingValue<Key> | undefined;
  }

  nameSource(key: SettingKey): string {
    return this.#find(key)?.source ?? 'the default';
  }

  #find(key: SettingKey): FoundSetting | undefined {
    return this.#layers.find((layer) => layer.has(key))?.get(key);
  }
}

function assembleSettings(values: SettingValues, sources: SettingsSources): ServiceSettings {
  return {
    environment: values.get('environment'),
    debug: values.get('debug'),
    logLevel: values.get('log_level'),
    host: values.get('host'),
    port: values.get('port'),
    ...assembleFolders(values, sources),
    ...assembleRunLimits(values),
    ...assembleStorageLimits(values),
    ...assembleAccess(values, sources),
    isMetricsEnabled: values.get('enable_metrics'),
    areHealthChecksEnabled: values.get('enable_health_checks'),
    idleSeconds:
      values.getGiven('idle_timeout_seconds') ?? (sources.isStartedByClient ? CLIENT_IDLE_SECONDS : 0),
  };
}

function assembleFolders(values: SettingValues, { defaultDataFolder, resolvePath }: SettingsSources) {
  const dataFolder = resolvePath(values.getGiven('data_dir') ?? defaultDataFolder);
  return {
    dataFolder,
    downloadFolder: resolvePath(values.getGiven('download_base_path') ?? `${dataFolder}/downloads`),
    inputRoots: values.get('input_roots').map((path) => resolvePath(path)),
    ...assembleDatabases(values, resolvePath),
  };
}

/** Where databases are looked for, and which are used. */
export type DatabaseSettings = Pick<ServiceSettings, 'dbcPaths' | 'dbcFiles'>;

/**
 * Puts together what a program that is no service needs to know of databases; all other settings are left alone, right
 * or wrong.
 *
 * @throws {CtsError} INVALID_CONFIGURATION.
 */
export function resolveDatabaseSettings({
  file,
  environment,
  resolvePath,
}: Pick<SettingsSources, 'file' | 'environment' | 'resolvePath'>): DatabaseSettings {
  const layers = [readEnvironmentLayer(pickDatabaseKeys(environment), [])];
  if (file !== undefined) layers.push(readFileLayer({ ...file, values: pickDatabaseKeys(file.values) }, []));
  return assembleDatabases(new SettingValues(layers), resolvePath);
}

function pickDatabaseKeys<Value>(values: Readonly<Record<string, Value>>): Record<string, Value> {
  const isKey = (name: string): boolean => /^(?:cts_)?(?:dbc_paths|dbc_files|opendbc)$/i.test(name);
  return Object.fromEntries(Object.entries(values).filter(([name]) => isKey(name)));
}

function assembleDatabases(
  values: SettingValues,
  resolvePath: SettingsSources['resolvePath'],
): DatabaseSettings {
  return {
    dbcPaths: values.get('dbc_paths').map((path) => resolvePath(path)),
    dbcFiles: values.get('dbc_files'),
  };
}

function assembleRunLimits(values: SettingValues) {
  return {
    maxConcurrentRuns: values.get('max_concurrent_runs'),
    maxQueuedRuns: values.get('max_queued_runs'),
    toolTimeoutSeconds: values.get('tool_timeout_seconds'),
    maxRunLogBytes: countBytes(values.get('max_run_log_mb')),
    workerHeapMegabytes: values.get('worker_heap_mb'),
    workerResidentMegabytes: values.get('worker_memory_mb'),
    interruptedRuns: values.get('interrupted_runs'),
  };
}

function assembleStorageLimits(values: SettingValues) {
  return {
    maxArtifactBytes: countBytes(values.get('max_artifact_size_mb')),
    maxUploadBytes: countBytes(values.get('max_upload_size_mb')),
    uploadExtensions: values.get('upload_extensions').map(readExtension),
    retentionDays: values.get('artifact_retention_days'),
    retentionBytes: countBytes(values.get('artifact_retention_mb')),
    cleanupIntervalMinutes: values.get('cleanup_interval_minutes'),
  };
}

function assembleAccess(values: SettingValues, { isStartedByClient }: SettingsSources) {
  const apiKeys = [...new Set(values.get('api_keys'))];
  const jwtSecret = values.getGiven('jwt_secret');
  const isGuarded = apiKeys.length > 0 || jwtSecret !== undefined || !isLoopbackHost(values.get('host'));
  return {
    isRateLimited: values.get('enable_rate_limiting'),
    maxRequestsPerMinute: values.get('max_requests_per_minute'),
    isAuthenticationRequired: isStartedByClient || (values.getGiven('require_authentication') ?? isGuarded),
    apiKeys,
    jwtSecret,
    jwtIssuer: values.get('jwt_issuer'),
    jwtAudience: values.get('jwt_audience'),
    allowedOrigins: values
      .get('cors_allowed_origins')
      .map((origin) => origin.toLowerCase().replace(/\/$/, '')),
    allowedHosts: values.get('allowed_hosts').map((name) => name.toLowerCase()),
  };
}

function countBytes(mebibytes: number): number {
  return Math.round(mebibytes * MEBIBYTE);
}

function readExtension(text: string): string {
  const lower = text.toLowerCase();
  if (lower === 'none') return '';
  return lower.startsWith('.') ? lower : `.${lower}`;
}

function adviseOn({ host, inputRoots }: ServiceSettings): readonly string[] {
  if (isLoopbackHost(host) || inputRoots.length > 0) return [];
  return [`input_roots is empty and ${host} is not a loopback address: runs can read uploads only.`];
}
