import { describe, expect, it } from 'vitest';
import { LITE_HELP, parseLiteFlags } from '../../../../server/adapters/config/lite-flags.ts';
import { failureOf } from '../../../support/failure.ts';

describe('parseLiteFlags', () => {
  it('asks for nothing when nothing is typed', () => {
    expect(parseLiteFlags([])).toEqual({
      settings: {},
      isStartedByClient: false,
      wantsHelp: false,
      wantsVersion: false,
    });
  });

  it('reads every option', () => {
    const argv = ['--host=::1', '-p', '0', '--data-dir', 'd', '-c', 'f.toml', '--environment', 'staging'];
    expect(parseLiteFlags([...argv, '--auto', '--idle-timeout', '60', '-h', '-V'])).toEqual({
      settings: { host: '::1', port: '0', data_dir: 'd', environment: 'staging', idle_timeout_seconds: '60' },
      configPath: 'f.toml',
      isStartedByClient: true,
      wantsHelp: true,
      wantsVersion: true,
    });
  });

  it.each([
    [['--prot', '1'], "cts-lite: Unknown option '--prot'. Did you mean --port?"],
    [
      ['--port'],
      "cts-lite: Option '-p, --port <value>' argument missing. cts-lite --help lists the options.",
    ],
    [['serve'], "cts-lite: Unexpected argument 'serve'. cts-lite --help lists the options."],
    [['--auto=1'], "cts-lite: Option '--auto' does not take an argument. cts-lite --help lists the options."],
  ])('refuses %o', (argv, message) => {
    expect(failureOf(() => parseLiteFlags(argv))).toMatchObject({ code: 'INVALID_PARAMETER', message });
  });
});

describe('the help', () => {
  it.each(['host', 'port', 'data-dir', 'config', 'environment', 'idle-timeout', 'auto', 'help', 'version'])(
    'tells of --%s',
    (name) => {
      expect(LITE_HELP).toMatch(new RegExp(`^  (-\\w, )?--${name}\\b`, 'm'));
    },
  );
});
