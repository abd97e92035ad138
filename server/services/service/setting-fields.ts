/** What a value of a setting is. `path` is text that becomes an absolute path, `secrets` a list that is never shown. */
export type SettingKind =
  'integer' | 'number' | 'boolean' | 'text' | 'path' | 'choice' | 'list' | 'paths' | 'secrets';

/** One setting: its value without any configuration, and what it may be. */
export interface SettingField {
  readonly kind: SettingKind;
  /** Undefined: follows from other settings. */
  readonly default?: string | number | boolean | readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly choices?: readonly string[];
  /** Other names of it, all of comma-tools or its plans; the first that is set counts. */
  readonly aliases?: readonly string[];
  /** It guards the service: a value that cannot be read is an error wherever it stands, never ignored. */
  readonly isGuard?: boolean;
  readonly summary: string;
}

/**
 * Every setting, by its key in configuration files; as a variable of the environment it is `CTS_` and the key in upper
 * case. Names and values of comma-tools where it had them. docs/CONFIGURATION.md lists the same rows in the same order.
 */
export const SETTING_FIELDS = {
  environment: {
    kind: 'choice',
    default: 'development',
    choices: ['development', 'staging', 'production'],
    summary: 'Preset that the other settings start from',
  },
  debug: { kind: 'boolean', default: false, summary: 'Shown in the configuration; changes nothing else' },
  log_level: {
    kind: 'choice',
    default: 'INFO',
    choices: ['DEBUG', 'INFO', 'WARNING', 'ERROR'],
    aliases: ['api_log_level'],
    summary: 'Least important lines of the log that are written',
  },
  host: {
    kind: 'text',
    default: '127.0.0.1',
    aliases: ['api_host'],
    isGuard: true,
    summary: 'Address to listen on',
  },
  port: {
    kind: 'integer',
    default: 8080,
    minimum: 0,
    maximum: 65_535,
    aliases: ['api_port'],
    isGuard: true,
    summary: 'Port to listen on; 0: any free one',
  },
  data_dir: {
    kind: 'path',
    aliases: ['data_root', 'base_storage_path', 'storage_dir', 'api_storage_dir'],
    isGuard: true,
    summary: 'Folder of runs, artifacts and uploads',
  },
  download_base_path: {
    kind: 'path',
    isGuard: true,
    summary: 'Folder that downloads from comma connect go to; `downloads` in the data folder',
  },
  input_roots: {
    kind: 'paths',
    default: [],
    isGuard: true,
    summary: 'Folders that inputs by path must lie in; none: any on loopback, else uploads only',
  },
  dbc_paths: {
    kind: 'paths',
    default: [],
    aliases: ['opendbc'],
    summary: 'Folders with DBC files, or opendbc checkouts, that databases are looked for in by name',
  },
  dbc_files: {
    kind: 'list',
    default: [],
    summary: 'Databases of buses, `BUS=NAME` or `BUS=FILE` each; without `BUS=` of all others',
  },

  max_concurrent_runs: {
    kind: 'integer',
    default: 3,
    minimum: 1,
    maximum: 256,
    aliases: ['max_workers'],
    summary: 'Runs at once; more wait',
  },
  max_queued_runs: { kind: 'integer', default: 1000, minimum: 1, summary: 'Runs that may wait' },
  tool_timeout_seconds: { kind: 'number', default: 300, minimum: 1, summary: 'Longest time of a run' },
  interrupted_runs: {
    kind: 'choice',
    default: 'fail',
    choices: ['fail', 'requeue'],
    summary: 'What becomes of runs that were running when the service died',
  },
  worker_heap_mb: {
    kind: 'integer',
    default: 1024,
    minimum: 64,
    summary: 'JavaScript heap of a run, in MiB',
  },
  worker_memory_mb: {
    kind: 'integer',
    default: 2048,
    minimum: 128,
    summary: 'Memory of a run in all, in MiB',
  },
  max_run_log_mb: { kind: 'number', default: 16, minimum: 0.01, summary: "Size of one run's log, in MiB" },

  max_artifact_size_mb: {
    kind: 'number',
    default: 4096,
    minimum: 0.01,
    summary: 'Size of one artifact, in MiB',
  },
  artifact_retention_days: {
    kind: 'number',
    default: 7,
    minimum: 0,
    aliases: ['retention_days'],
    summary: 'Days that ended runs and their artifacts are kept; 0: for ever',
  },
  artifact_retention_mb: {
    kind: 'number',
    default: 0,
    minimum: 0,
    summary: 'Size of all artifacts, in MiB; 0: no limit',
  },
  cleanup_interval_minutes: {
    kind: 'number',
    default: 60,
    minimum: 1,
    summary: 'Time between two clean-ups',
  },
  max_upload_size_mb: { kind: 'number', default: 1024, minimum: 0.01, summary: 'Size of one upload, in MiB' },
  upload_extensions: {
    kind: 'list',
    default: ['.zst', '.bz2', '.rlog', '.qlog', '.csv', 'none'],
    summary: 'Extensions of files that may be uploaded; `none` is a name without one',
  },

  require_authentication: {
    kind: 'boolean',
    default: false,
    isGuard: true,
    summary: 'Refuse requests without a key or token; on by itself as soon as one is configured',
  },
  api_keys: {
    kind: 'secrets',
    default: [],
    aliases: ['api_key'],
    isGuard: true,
    summary: 'Keys that let a client in, at least 16 characters each',
  },
  jwt_secret: {
    kind: 'text',
    isGuard: true,
    summary: 'Secret of HS256 tokens that let a client in, at least 32 bytes',
  },
  jwt_issuer: { kind: 'text', default: 'cts', isGuard: true, summary: '`iss` that tokens must carry' },
  jwt_audience: { kind: 'text', default: 'cts', isGuard: true, summary: '`aud` that tokens must carry' },
  enable_rate_limiting: {
    kind: 'boolean',
    default: false,
    isGuard: true,
    summary: 'Limit requests of each client',
  },
  max_requests_per_minute: {
    kind: 'integer',
    default: 60,
    minimum: 1,
    isGuard: true,
    summary: 'Requests a minute and client, when limited',
  },
  cors_allowed_origins: {
    kind: 'list',
    default: [],
    aliases: ['cors_origins'],
    isGuard: true,
    summary: 'Origins of web pages that may use the service',
  },
  allowed_hosts: {
    kind: 'list',
    default: [],
    isGuard: true,
    summary: 'Names under which the service may be asked, besides loopback and its own address',
  },

  enable_metrics: { kind: 'boolean', default: true, summary: 'Answer `/metrics` and `/v1/metrics`' },
  enable_health_checks: {
    kind: 'boolean',
    default: true,
    summary: 'Look at the parts of the service when asked for health',
  },
  idle_timeout_seconds: {
    kind: 'number',
    minimum: 0,
    summary: 'Stop after so long without a request or a run; 0: never',
  },
  config_warn_on_bad_env: {
    kind: 'boolean',
    default: true,
    summary: 'Ignore variables that cannot be read, with a warning; off: refuse to start',
  },
} as const satisfies Readonly<Record<string, SettingField>>;

/** Key of a setting, as configuration files spell it. */
export type SettingKey = keyof typeof SETTING_FIELDS;

/** Names that comma-tools knew and that change nothing here, and why. */
export const RETIRED_SETTINGS: Readonly<Record<string, string>> = {
  max_log_buffer_size: 'logs of runs are kept on disk, up to max_run_log_mb',
  log_buffer_size: 'logs of runs are kept on disk, up to max_run_log_mb',
  artifact_scan_interval_seconds: 'artifacts are known when a run ends',
  artifact_scan_interval: 'artifacts are known when a run ends',
  health_check_interval_seconds: 'health is looked at when asked for',
  health_check_interval: 'health is looked at when asked for',
  metrics_export_interval_seconds: 'metrics are made when asked for',
  temp_directory: 'runs work inside the data folder',
  log_directory: 'the log goes to stderr',
  allow_hardware: 'this version drives no hardware',
};

/** Variables that other programs of CTS read; the service passes them over. */
export const OTHER_VARIABLES: ReadonlySet<string> = new Set(['url', 'out_dir', 'config', 'shared']);

/** Finds a setting by its key or one of its aliases. */
export function findSetting(name: string): SettingKey | undefined {
  return KEYS_BY_NAME.get(name);
}

/** All names that are understood, aliases included. */
export function listSettingNames(): readonly string[] {
  return [...KEYS_BY_NAME.keys()];
}

/** What a setting is, with members that only some have. */
export function getSettingField(key: SettingKey): SettingField {
  return SETTING_FIELDS[key];
}

/** The names of one setting, the one that counts most first. */
export function listNamesOf(key: SettingKey): readonly string[] {
  return [key, ...(getSettingField(key).aliases ?? [])];
}

const KEYS_BY_NAME: ReadonlyMap<string, SettingKey> = new Map(
  (Object.keys(SETTING_FIELDS) as SettingKey[]).flatMap((key) =>
    listNamesOf(key).map((name) => [name, key] as const),
  ),
);
