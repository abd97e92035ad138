import { describe, expect, it } from 'vitest';
import { describeSettings } from '../../../../server/services/service/service-configuration.ts';
import { chooseInputRoots, isLoopbackHost } from '../../../../server/services/service/service-settings.ts';
import { resolveSettings } from '../../../../server/services/service/resolve-settings.ts';

const { settings } = resolveSettings({
  environment: {
    CTS_API_KEY: 'key-that-nobody-may-see',
    CTS_JWT_SECRET: 'secret-that-nobody-may-see-at-all',
  },
  flags: {},
  isStartedByClient: false,
  defaultDataFolder: '/data',
  resolvePath: (path) => path,
});

describe('isLoopbackHost', () => {
  it.each(['127.0.0.1', '127.8.9.1', '::1', '[::1]', 'localhost'])('knows %s', (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  });

  it.each(['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example.org', 'localhost.example.org', '1127.0.0.1', ''])(
    'does not take %s for it',
    (host) => {
      expect(isLoopbackHost(host)).toBe(false);
    },
  );
});

describe('chooseInputRoots', () => {
  it('lets inputs come from anywhere on loopback only', () => {
    expect(chooseInputRoots(settings)).toBe('anywhere');
    expect(chooseInputRoots({ ...settings, inputRoots: ['/logs'] })).toEqual(['/logs']);
    expect(chooseInputRoots({ ...settings, host: '0.0.0.0' })).toEqual([]);
  });
});

describe('describeSettings', () => {
  it('tells the settings without a secret', () => {
    expect(describeSettings(settings)).toEqual({
      environment: 'development',
      debug: false,
      logLevel: 'INFO',
      host: '127.0.0.1',
      port: 8080,
      maxConcurrentRuns: 3,
      toolTimeoutSeconds: 300,
      retentionDays: 7,
      isAuthenticationRequired: true,
      isRateLimited: false,
      isMetricsEnabled: true,
      areHealthChecksEnabled: true,
      dataFolder: '/data',
      inputRoots: [],
    });
  });
});
