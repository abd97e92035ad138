import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CtsOutcome, runFakeCts } from '../../../support/fake-engine.ts';
import { json, useFakeService } from '../../../support/fake-service.ts';
import { HEALTH, QUEUED_RUN } from '../../../support/service-bodies.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const service = useFakeService();
const folder = useTemporaryFolder();

function cts(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CtsOutcome> {
  return runFakeCts(args, { env: { HOME: folder.path, ...env } });
}

function configPath(): string {
  return join(folder.path, '.config/cts/config.toml');
}

function writeConfig(text: string): void {
  mkdirSync(dirname(configPath()), { recursive: true });
  writeFileSync(configPath(), text, { mode: 0o600 });
}

describe('cts config', () => {
  it('keeps settings where only their owner reads them', async () => {
    expect(await cts(['config', 'set', 'url', 'http://h:1'])).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: `Saved ${configPath()}.\n`,
    });
    await cts(['config', 'set', 'api-key', 'secret']);
    await cts(['config', 'set', 'out_dir', '~/o "x"']);
    expect(statSync(configPath()).mode & 0o777).toBe(0o600);
    expect(readFileSync(configPath(), 'utf8')).toBe(
      'url = "http://h:1"\napi_key = "secret"\nout_dir = "~/o \\"x\\""\n',
    );
    expect((await cts(['config', 'get', 'url'])).stdout).toBe('http://h:1\n');
    expect((await cts(['config', 'list'])).stdout).toBe(
      'url      http://h:1\napi_key  ********\nout_dir  ~/o "x"\n',
    );
    await cts(['config', 'set', 'url', '']);
    expect(await cts(['config', 'get', 'url'])).toMatchObject({ stdout: '', stderr: 'url is not set.\n' });
    expect(JSON.parse((await cts(['config', 'get', 'url', '--json'])).stdout)).toEqual({ url: null });
  });

  it('tells where they are', async () => {
    expect((await cts(['config', 'path'])).stdout).toBe(`${configPath()}\n`);
    expect((await cts(['config', 'path'], { XDG_CONFIG_HOME: '/x' })).stdout).toBe('/x/cts/config.toml\n');
  });

  it.each([
    {
      args: ['set', 'colour', 'red'],
      stderr: /^error INVALID_PARAMETER: There is no setting "colour"; there are: url/,
    },
    { args: ['get', 'colour'], stderr: /There is no setting "colour"/ },
    {
      args: ['set', 'url', 'ftp://x'],
      stderr: /^error INVALID_PARAMETER: The address "ftp:\/\/x" is none of a service/,
    },
    {
      args: ['save-profile', 'a/b', 'x=1'],
      stderr: /^error INVALID_PARAMETER: "a\/b" is no name for a profile/,
    },
    { args: ['save-profile', 'a', 'x'], stderr: /^error INVALID_PARAMETER: -p x: expected name=value/ },
    {
      args: ['delete-profile', 'a'],
      stderr: /^error PROFILE_NOT_FOUND: There is no profile "a"\n {2}Make one/,
    },
  ])('refuses $args', async ({ args, stderr }) => {
    const outcome = await cts(['config', ...args]);
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toMatch(stderr);
  });

  it('ignores a broken file, with a warning', async () => {
    writeConfig('url = broken');
    const { exitCode, stderr } = await cts(['config', 'list']);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^warning: The configuration .*config\.toml is ignored: Invalid TOML/);
    expect(stderr).toMatch(/\nNothing is set\.\n$/);
  });

  it('does not overwrite what it cannot read', async () => {
    writeConfig('url = broken');
    const { exitCode, stderr } = await cts(['config', 'set', 'out_dir', '/x']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^error INVALID_CONFIGURATION: Nothing was changed\. The configuration .* is ignored: /,
    );
    expect(readFileSync(configPath(), 'utf8')).toBe('url = broken');
  });

  it('keeps what others have written there', async () => {
    writeConfig('theme = "dark"\n[editor]\nx = 1\n');
    await cts(['config', 'set', 'out_dir', '/x']);
    expect(readFileSync(configPath(), 'utf8')).toBe('out_dir = "/x"\ntheme = "dark"\n\n[editor]\nx = 1\n');
  });

  it('is no sandbox for prototypes', async () => {
    writeConfig('[profiles.__proto__]\nx = 1\n');
    expect(await cts(['run', 't', '--profile', 'constructor'])).toMatchObject({ exitCode: 2 });
  });
});

describe('profiles', () => {
  it('keep parameters for runs, and -p counts more', async () => {
    service.current.answer('POST /v1/runs', json(QUEUED_RUN));
    await cts(['config', 'save-profile', 'noon', 'window_start=3,watch=a,b', 'label=7']);
    expect((await cts(['config', 'list-profiles'])).stdout).toBe('noon  window_start=3,watch=a,b,label=7\n');
    const args = ['--url', service.current.url, 'run', 'rlog-to-csv', '--profile', 'noon', '-p', 'label=x'];
    expect(await cts(args)).toMatchObject({ exitCode: 0 });
    expect(service.current.bodiesAt('POST /v1/runs')).toMatchObject([
      { params: { window_start: 3, watch: ['a', 'b'], label: 'x' } },
    ]);
    await cts(['config', 'delete-profile', 'noon']);
    expect(await cts(['config', 'list-profiles'])).toMatchObject({ stderr: 'There are no profiles.\n' });
    expect(await cts(args)).toMatchObject({ exitCode: 2 });
  });
});

describe('which service is used', () => {
  it.each([
    { what: 'the option', option: true, env: 'http://127.0.0.1:9', file: 'http://127.0.0.1:9' },
    { what: 'the environment', option: false, env: 'service', file: 'http://127.0.0.1:9' },
    { what: 'the file, when the environment is empty', option: false, env: '', file: 'service' },
  ])('$what decides', async ({ option, env, file }) => {
    const place = (text: string): string => (text === 'service' ? service.current.url : text);
    writeConfig(`url = "${place(file)}"\napi_key = "fk"\n`);
    const args = option ? ['--url', service.current.url] : [];
    const outcome = await cts([...args, 'ping', '--json'], { CTS_URL: place(env) });
    expect(JSON.parse(outcome.stdout)).toEqual(HEALTH);
  });

  it.each([
    { args: ['-k', 'ok'], env: { CTS_API_KEY: 'ek' }, key: 'Bearer ok' },
    { args: [], env: { CTS_API_KEY: 'ek' }, key: 'Bearer ek' },
    { args: [], env: {}, key: 'Bearer fk' },
  ])('with $key', async ({ args, env, key }) => {
    writeConfig('api_key = "fk"\n');
    await cts(['--url', service.current.url, ...args, 'ping'], env);
    expect(service.current.heardAt('GET /v1/health')[0]?.headers['authorization']).toBe(key);
  });

  it.each([['a b'], ['x\ny'], ['ü']])('refuses a key that cannot travel: %j', async (key) => {
    expect(await cts(['--url', service.current.url, '-k', key, 'ping'])).toMatchObject({
      exitCode: 2,
      stderr: 'error INVALID_PARAMETER: The key holds characters that no key has, such as blanks\n',
    });
  });
});

describe('cts completion', () => {
  async function complete(...words: readonly string[]): Promise<readonly string[]> {
    const { stdout } = await cts(['completion', 'bash']);
    const list = words.map((word) => `'${word}'`).join(' ');
    const script = `${stdout}\nCOMP_WORDS=(${list}); COMP_CWORD=${String(words.length - 1)}; _cts; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', script], { encoding: 'utf8', cwd: folder.path }).trim().split('\n');
  }

  it.each([
    { words: ['cts', 'ru'], found: ['run', 'runs'] },
    { words: ['cts', 'runs', 'c'], found: ['cancel', 'clean'] },
    { words: ['cts', '--json', 'art', ''], found: ['list', 'get'] },
    { words: ['cts', 'run', 'rlog-to-csv', '--wait-'], found: ['--wait-timeout'] },
    { words: ['cts', 'capabilities', '--js'], found: ['--json'] },
  ])('bash: $words', async ({ words, found }) => {
    expect(await complete(...words)).toEqual(expect.arrayContaining([...found]));
    expect((await complete(...words)).every((word) => word.startsWith(words.at(-1) ?? ''))).toBe(true);
  });

  it('bash: files where no word fits', async () => {
    writeFileSync(join(folder.path, 'drive.rlog.zst'), '');
    expect(await complete('cts', 'info', 'dri')).toEqual(['drive.rlog.zst']);
  });

  it('is a script of each shell', async () => {
    const { stdout: zsh } = await cts(['completion', 'zsh']);
    expect(zsh).toMatch(/^#compdef cts\nautoload -U \+X bashcompinit && bashcompinit\n/);
    const { stdout: fish } = await cts(['completion', 'fish']);
    expect(fish).toContain(
      `complete -c cts -n "__cts_is_at ''" -f -a runs -d 'runs that the service knows'\n`,
    );
    expect(fish).toContain(`complete -c cts -n "__cts_is_at 'runs list'" -l active\n`);
  });
});
