import { describe, expect, it } from 'vitest';
import { chooseBrowser, startProgram } from '../../../../cli/browser/browser-program.ts';

const ADDRESS = 'http://127.0.0.1:8080/ui/log?path=%2Fa%20b&x=1#token=t';

describe('chooseBrowser', () => {
  it.each([
    { env: {}, platform: 'linux', call: ['xdg-open', ADDRESS] },
    { env: {}, platform: 'darwin', call: ['open', ADDRESS] },
    { env: {}, platform: 'win32', call: ['rundll32', 'url.dll,FileProtocolHandler', ADDRESS] },
    { env: { BROWSER: '' }, platform: 'linux', call: ['xdg-open', ADDRESS] },
    { env: { BROWSER: 'firefox' }, platform: 'linux', call: ['firefox', ADDRESS] },
    { env: { BROWSER: 'w3m -N:lynx' }, platform: 'linux', call: ['w3m', '-N', ADDRESS] },
    {
      env: { BROWSER: 'app --url=%s --new' },
      platform: 'darwin',
      call: ['app', `--url=${ADDRESS}`, '--new'],
    },
  ] as const)('calls $call.0 with $env on $platform', ({ env, platform, call }) => {
    expect(chooseBrowser(ADDRESS, env, platform)).toEqual(call);
  });
});

describe('startProgram', () => {
  it('says whether there is such a program', async () => {
    expect(await startProgram([process.execPath, '--version'])).toBe(true);
    expect(await startProgram(['/no/such/program'])).toBe(false);
  });
});
