import { expect, it } from 'vitest';
import { makeServerEnvironment } from '../../../support/vscode-host/server-environment.ts';

it('leaves out what editors, npm and test runners around us have set', () => {
  const env = {
    PATH: '/usr/bin',
    VSCODE_IPC_HOOK_CLI: '/x',
    VSCODE_TEST_OPTIONS: '{}',
    ELECTRON_RUN_AS_NODE: '1',
    NODE_OPTIONS: '--inspect',
    npm_config_prefix: '/x',
    VITEST_WORKER_ID: '1',
  };
  expect(makeServerEnvironment(env, '/home/u', { CTS_X: '1' })).toEqual({
    PATH: '/usr/bin',
    VSCODE_TEST_OPTIONS: '{}',
    HOME: '/home/u',
    XDG_CACHE_HOME: '/home/u/.cache',
    XDG_CONFIG_HOME: '/home/u/.config',
    XDG_DATA_HOME: '/home/u/.local/share',
    XDG_STATE_HOME: '/home/u/.local/state',
    CTS_X: '1',
  });
});
