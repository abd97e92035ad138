import { describe, expect, it } from 'vitest';
import { resolveDatabaseSettings } from '../../../../server/services/service/resolve-settings.ts';

describe('resolveDatabaseSettings', () => {
  it('reads where databases are, and leaves all other settings alone', () => {
    const sources = {
      file: {
        path: '/etc/cts.toml',
        values: { dbc_paths: ['/cars'], dbc_files: ['0=a.dbc'], port: 'no port' },
      },
      environment: { CTS_OPENDBC: 'opendbc', CTS_HOST: '0.0.0.0', CTS_ENVIRONMENT: 'production' },
      resolvePath: (path: string) => (path.startsWith('/') ? path : `/here/${path}`),
    };
    expect(resolveDatabaseSettings(sources)).toEqual({ dbcPaths: ['/here/opendbc'], dbcFiles: ['0=a.dbc'] });
    expect(resolveDatabaseSettings({ environment: {}, resolvePath: String })).toEqual({
      dbcPaths: [],
      dbcFiles: [],
    });
  });
});
