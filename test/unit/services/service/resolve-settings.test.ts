import { describe, expect, it } from 'vitest';
import {
  resolveSettings,
  type SettingsSources,
} from '../../../../server/services/service/resolve-settings.ts';
import { failureOf } from '../../../support/failure.ts';

const KEY = 'a-key-of-24-characters-x';
const SECRET = 'a secret of at least 32 bytes, or more';

function resolveFrom(sources: Partial<SettingsSources> = {}) {
  return resolveSettings({
    environment: {},
    flags: {},
    isStartedByClient: false,
    defaultDataFolder: '/home/me/.local/share/cts',
    resolvePath: (path) => (path.startsWith('/') ? path : `/here/${path}`),
    ...sources,
  });
}

function settingsFrom(sources: Partial<SettingsSources> = {}) {
  return resolveFrom(sources).settings;
}

function fileOf(values: Readonly<Record<string, unknown>>): Partial<SettingsSources> {
  return { file: { path: '/etc/cts.toml', values } };
}

describe('resolveSettings without any configuration', () => {
  it('has the defaults of CTS-Lite, on loopback, open, with its data where the platform keeps data', () => {
    expect(resolveFrom()).toEqual({
      settings: {
        environment: 'development',
        debug: false,
        logLevel: 'INFO',
        host: '127.0.0.1',
        port: 8080,
        dataFolder: '/home/me/.local/share/cts',
        downloadFolder: '/home/me/.local/share/cts/downloads',
        inputRoots: [],
        dbcPaths: [],
        dbcFiles: [],
        maxConcurrentRuns: 3,
        maxQueuedRuns: 1000,
        toolTimeoutSeconds: 300,
        maxRunLogBytes: 16_777_216,
        workerHeapMegabytes: 1024,
        workerResidentMegabytes: 2048,
        interruptedRuns: 'fail',
        maxArtifactBytes: 4_294_967_296,
        maxUploadBytes: 1_073_741_824,
        uploadExtensions: ['.zst', '.bz2', '.rlog', '.qlog', '.csv', ''],
        retentionDays: 7,
        retentionBytes: 0,
        cleanupIntervalMinutes: 60,
        isRateLimited: false,
        maxRequestsPerMinute: 60,
        isAuthenticationRequired: false,
        apiKeys: [],
        jwtSecret: undefined,
        jwtIssuer: 'cts',
        jwtAudience: 'cts',
        allowedOrigins: [],
        allowedHosts: [],
        isMetricsEnabled: true,
        areHealthChecksEnabled: true,
        idleSeconds: 0,
      },
      warnings: [],
    });
  });
});

describe('presets', () => {
  it.each([
    ['development', { debug: true, logLevel: 'DEBUG', maxConcurrentRuns: 1, isRateLimited: false }],
    ['staging', { debug: true, logLevel: 'INFO', maxConcurrentRuns: 2, isRateLimited: true }],
    ['production', { debug: false, logLevel: 'WARNING', maxConcurrentRuns: 5, isRateLimited: true }],
  ])('%s changes what comma-tools changed', (environment, expected) => {
    const settings = settingsFrom({ environment: { CTS_ENVIRONMENT: environment, CTS_API_KEY: KEY } });
    expect(settings).toMatchObject({ environment, ...expected });
  });

  it('takes an unknown environment for development and says so', () => {
    const { settings, warnings } = resolveFrom({ environment: { CTS_ENVIRONMENT: 'prod' } });
    expect(settings).toMatchObject({ environment: 'development', logLevel: 'DEBUG', maxConcurrentRuns: 1 });
    expect(warnings).toEqual([
      'CTS_ENVIRONMENT is "prod"; expected one of development, staging, production. It is not used.',
    ]);
  });

  it('can be chosen by file and by flag as well', () => {
    expect(settingsFrom(fileOf({ environment: 'staging' })).maxConcurrentRuns).toBe(2);
    expect(settingsFrom({ flags: { environment: 'staging' } }).maxConcurrentRuns).toBe(2);
  });
});

describe('order of sources', () => {
  const environment = { CTS_ENVIRONMENT: 'staging', CTS_PORT: '3', CTS_MAX_CONCURRENT_RUNS: '30' };

  it('is preset < file < environment < flags', () => {
    const file = fileOf({ log_level: 'error', max_concurrent_runs: 20, port: 2 });
    expect(settingsFrom({ ...file, environment, flags: { port: '4' } })).toMatchObject({
      debug: true,
      logLevel: 'ERROR',
      maxConcurrentRuns: 30,
      port: 4,
    });
  });

  it.each([
    [{ CTS_API_HOST: '127.0.0.2' }, { host: '127.0.0.2' }],
    [{ CTS_API_PORT: '81' }, { port: 81 }],
    [{ CTS_DATA_ROOT: '/d' }, { dataFolder: '/d', downloadFolder: '/d/downloads' }],
    [{ CTS_BASE_STORAGE_PATH: '/var/lib/cts' }, { dataFolder: '/var/lib/cts' }],
    [{ CTS_STORAGE_DIR: 'data' }, { dataFolder: '/here/data' }],
    [{ CTS_DOWNLOAD_BASE_PATH: '/w' }, { downloadFolder: '/w' }],
    [{ CTS_RETENTION_DAYS: '0.5' }, { retentionDays: 0.5 }],
    [{ CTS_MAX_WORKERS: '2' }, { maxConcurrentRuns: 2 }],
    [{ CTS_MAX_ARTIFACT_SIZE_MB: '200' }, { maxArtifactBytes: 209_715_200 }],
    [{ CTS_CORS_ORIGINS: 'https://A.example/' }, { allowedOrigins: ['https://a.example'] }],
    [{ CTS_UPLOAD_EXTENSIONS: 'ZST,.csv,none' }, { uploadExtensions: ['.zst', '.csv', ''] }],
    [{ CTS_INPUT_ROOTS: '["/logs", "more"]' }, { inputRoots: ['/logs', '/here/more'] }],
    [{ CTS_ENABLE_METRICS: 'Off' }, { isMetricsEnabled: false }],
  ])('understands %o', (variables, expected) => {
    expect(settingsFrom({ environment: variables })).toMatchObject(expected);
  });

  it('takes the better name of two and tells of the other', () => {
    const { settings, warnings } = resolveFrom({
      environment: { CTS_DATA_DIR: '/a', CTS_STORAGE_DIR: '/b' },
    });
    expect(settings.dataFolder).toBe('/a');
    expect(warnings).toEqual([
      'CTS_STORAGE_DIR is not used, because CTS_DATA_DIR says the same thing first.',
    ]);
  });

  it('adds up the keys of both names', () => {
    const other = `${KEY}-2`;
    const variables = { CTS_API_KEYS: `${KEY},${other}`, CTS_API_KEY: `${KEY}-3` };
    expect(settingsFrom({ environment: variables }).apiKeys).toEqual([KEY, other, `${KEY}-3`]);
  });

  it('passes over empty variables, and those of other programs', () => {
    const variables = { CTS_PORT: '', CTS_JWT_SECRET: ' ', CTS_URL: 'http://x', HOME: '/h' };
    expect(resolveFrom({ environment: variables })).toEqual(resolveFrom());
  });
});

describe('values that cannot be read', () => {
  it('are passed over with a warning where a variable gave them', () => {
    const { settings, warnings } = resolveFrom({ environment: { CTS_MAX_QUEUED_RUNS: '0x10' } });
    expect(settings.maxQueuedRuns).toBe(1000);
    expect(warnings).toEqual([
      'CTS_MAX_QUEUED_RUNS is "0x10"; expected a whole number, 1 or more. It is not used.',
    ]);
  });

  it.each([
    ['warnings are off', { environment: { CTS_CONFIG_WARN_ON_BAD_ENV: 'no', CTS_DEBUG: 'maybe' } }, 'debug'],
    [
      'they guard the service',
      { environment: { CTS_REQUIRE_AUTHENTICATION: 'ture' } },
      'require_authentication',
    ],
    ['they are lists of another type', { environment: { CTS_API_KEYS: '{"a":1}' } }, 'api_keys'],
    ['they are too small', { environment: { CTS_MAX_CONCURRENT_RUNS: '0' } }, 'max_concurrent_runs'],
    [
      'a run would have no time',
      { environment: { CTS_TOOL_TIMEOUT_SECONDS: '0.5' } },
      'tool_timeout_seconds',
    ],
    ['no port has such a number', { flags: { port: '65536' } }, 'port'],
    ['a file has them', fileOf({ max_concurrent_runs: '5' }), 'max_concurrent_runs'],
    ['a file has a table in their place', fileOf({ host: { name: 'x' } }), 'host'],
  ])('are refused when %s', (_, sources, key) => {
    const failure = failureOf(() => resolveFrom(sources));
    expect(failure).toMatchObject({ code: 'INVALID_CONFIGURATION', details: { key } });
  });

  it('names key, value, source and what is expected', () => {
    expect(failureOf(() => resolveFrom(fileOf({ max_concurrent_runs: 0 })))).toMatchObject({
      code: 'INVALID_CONFIGURATION',
      message: 'max_concurrent_runs in /etc/cts.toml is 0; expected a whole number from 1 to 256.',
      details: {
        key: 'max_concurrent_runs',
        value: '0',
        source: 'max_concurrent_runs in /etc/cts.toml',
        expected: 'a whole number from 1 to 256',
      },
    });
  });
});

describe('names that are no setting', () => {
  it('are offered the nearest where a variable has them', () => {
    const { warnings } = resolveFrom({
      environment: { CTS_MAX_CONCURENT_RUNS: '4', CTS_LOG_DIRECTORY: '/l' },
    });
    expect(warnings).toEqual([
      'CTS_MAX_CONCURENT_RUNS is no setting and is not used. Did you mean CTS_MAX_CONCURRENT_RUNS?',
      'CTS_LOG_DIRECTORY has no effect: the log goes to stderr.',
    ]);
  });

  it('are refused in a file', () => {
    const failure = failureOf(() => resolveFrom(fileOf({ require_authentcation: true })));
    expect(failure.message).toBe(
      '/etc/cts.toml sets "require_authentcation", which is no setting. Did you mean require_authentication?',
    );
  });

  it('are told to have no effect in a file of comma-tools', () => {
    expect(resolveFrom(fileOf({ temp_directory: '/tmp' })).warnings).toEqual([
      'temp_directory in /etc/cts.toml has no effect: runs work inside the data folder.',
    ]);
  });
});

describe('access', () => {
  it('is guarded as soon as a key or a secret is there', () => {
    expect(settingsFrom({ environment: { CTS_API_KEY: KEY } }).isAuthenticationRequired).toBe(true);
    expect(settingsFrom({ environment: { CTS_JWT_SECRET: SECRET } }).isAuthenticationRequired).toBe(true);
  });

  it('can be left open on loopback, keys or not', () => {
    const variables = { CTS_API_KEY: KEY, CTS_REQUIRE_AUTHENTICATION: '0' };
    expect(settingsFrom({ environment: variables }).isAuthenticationRequired).toBe(false);
  });

  it('is guarded, and ends when idle, when a client starts the service for itself', () => {
    const started = settingsFrom({
      isStartedByClient: true,
      environment: { CTS_REQUIRE_AUTHENTICATION: '0' },
    });
    expect(started).toMatchObject({ isAuthenticationRequired: true, idleSeconds: 900 });
    expect(settingsFrom({ isStartedByClient: true, flags: { idle_timeout_seconds: '0' } }).idleSeconds).toBe(
      0,
    );
  });

  it('leaves uploads only, and says so, beyond loopback without roots', () => {
    const { settings, warnings } = resolveFrom({ environment: { CTS_HOST: '0.0.0.0', CTS_API_KEY: KEY } });
    expect(settings).toMatchObject({ isAuthenticationRequired: true, inputRoots: [] });
    expect(warnings).toEqual([
      'input_roots is empty and 0.0.0.0 is not a loopback address: runs can read uploads only.',
    ]);
  });

  it.each([
    [{ CTS_HOST: '0.0.0.0' }, 'require_authentication', 'api_keys or jwt_secret'],
    [
      { CTS_HOST: '::', CTS_API_KEY: KEY, CTS_REQUIRE_AUTHENTICATION: 'no' },
      'require_authentication',
      'true to listen',
    ],
    [{ CTS_ENVIRONMENT: 'production' }, 'require_authentication', 'api_keys or jwt_secret'],
    [
      { CTS_ENVIRONMENT: 'production', CTS_API_KEY: KEY, CTS_REQUIRE_AUTHENTICATION: 'off' },
      'require_authentication',
      'true in production',
    ],
    [
      { CTS_ENVIRONMENT: 'production', CTS_API_KEY: KEY, CTS_ENABLE_METRICS: '0' },
      'enable_metrics',
      'production',
    ],
    [{ CTS_REQUIRE_AUTHENTICATION: 'yes' }, 'require_authentication', 'nobody could come in'],
    [{ CTS_API_KEY: 'short' }, 'api_keys', 'at least 16 characters'],
    [{ CTS_JWT_SECRET: 'ä'.repeat(15) }, 'jwt_secret', 'at least 32 bytes'],
    [{ CTS_CORS_ALLOWED_ORIGINS: '*' }, 'cors_allowed_origins', 'each origin by name'],
    [{ CTS_ALLOWED_HOSTS: '*' }, 'allowed_hosts', 'each host by name'],
    [{ CTS_WORKER_HEAP_MB: '4096' }, 'worker_heap_mb', 'worker_memory_mb'],
  ])('refuses to start with %o', (environment, key, expected) => {
    const failure = failureOf(() => resolveFrom({ environment }));
    expect(failure).toMatchObject({ code: 'INVALID_CONFIGURATION', details: { key } });
    expect(failure.message).toContain(expected);
  });

  it('tells no secret when it refuses one', () => {
    const failures = [{ CTS_API_KEY: 'hush' }, { CTS_JWT_SECRET: 'hush' }].map((environment) =>
      failureOf(() => resolveFrom({ environment })),
    );
    expect(JSON.stringify(failures)).not.toContain('hush');
  });
});
