import { describe, expect, it } from 'vitest';
import { selectEnvironment } from '../../../../server/adapters/workers/worker-environment.ts';

describe('the environment of a worker', () => {
  it('has what programs need, and no secret', () => {
    const needed = {
      PATH: '/bin',
      HOME: '/h',
      LANG: 'C',
      LC_ALL: 'C',
      LC_TIME: 'C',
      TZ: 'UTC',
      TMPDIR: '/t',
    };
    const secret = {
      CTS_API_KEY: 'k',
      COMMA_JWT: 'j',
      NODE_OPTIONS: '--inspect',
      NODE_EXTRA_CA_CERTS: 'x',
      LD_PRELOAD: 'x',
      MY_PATH: 'x',
      PATHS: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      SSH_AUTH_SOCK: 'x',
    };
    expect(selectEnvironment({ ...needed, ...secret })).toEqual(needed);
  });
});
