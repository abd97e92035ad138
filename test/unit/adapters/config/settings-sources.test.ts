import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CtsError } from '#protocol';
import { parseLiteFlags } from '../../../../server/adapters/config/lite-flags.ts';
import { readSettingsSources } from '../../../../server/adapters/config/settings-sources.ts';
import { resolveSettings } from '../../../../server/services/service/resolve-settings.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const SECRET = 'a secret of at least 32 bytes, or more';
const KEY = 'a-key-of-24-characters-x';

function writeFile(name: string, text: string, mode = 0o600): string {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

async function readAll(argv: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const { sources, warnings } = await readSettingsSources(parseLiteFlags(argv), environment);
  const resolved = resolveSettings(sources);
  return { settings: resolved.settings, warnings: [...warnings, ...resolved.warnings] };
}

async function messageOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((failure: unknown) => failure);
  if (!(error instanceof CtsError)) throw new Error('Did not fail as expected', { cause: error });
  expect(error.code).toBe('INVALID_CONFIGURATION');
  return error.message;
}

describe('a configuration file', () => {
  const TOML = '# limits\nport = 81\nallowed_hosts = ["a.example"]\n';

  it.each([
    ['cts.toml', TOML],
    ['cts.conf', TOML],
    ['cts.json', '{"port": 81, "allowed_hosts": ["a.example"]}'],
    ['cts', '\uFEFF{"port": 81, "allowed_hosts": "a.example"}'],
  ])('named %s is read', async (name, text) => {
    const { settings, warnings } = await readAll(['--config', writeFile(name, text)]);
    expect(settings).toMatchObject({ port: 81, allowedHosts: ['a.example'] });
    expect(warnings).toEqual([]);
  });

  it('may be named by CTS_CONFIG, and counts less than the rest', async () => {
    const path = writeFile('cts.toml', 'port = 81\nhost = "127.0.0.3"');
    const { settings } = await readAll([], { CTS_CONFIG: path, CTS_PORT: '82' });
    expect(settings).toMatchObject({ host: '127.0.0.3', port: 82 });
  });

  it.each([
    ['cts.json', 'port = 81', 'it is no valid JSON'],
    ['cts.toml', '{"port": 81}', 'it is no valid TOML'],
    ['cts.conf', '= 81', 'it is neither JSON nor TOML.'],
    ['cts.json', '[81]', 'expected settings by name: a JSON object, or TOML.'],
    ['cts.toml', `# ${'x'.repeat(1_048_576)}`, 'it is larger than 1048576 bytes.'],
  ])('named %s is refused when it is something else', async (name, text, reason) => {
    const path = writeFile(name, text);
    expect(await messageOf(readAll(['--config', path]))).toContain(
      `Could not read ${path}, named by --config: ${reason}`,
    );
  });

  it('is refused without telling what stands in it', async () => {
    for (const name of ['cts.json', 'cts.toml']) {
      const path = writeFile(name, `jwt_secret = hush hush\n`);
      expect(await messageOf(readAll(['--config', path]))).not.toContain('hush');
    }
  });

  it('is refused when it is not there, or a folder', async () => {
    expect(await messageOf(readAll(['--config', join(folder.path, 'none')]))).toContain(
      'there is no such file.',
    );
    mkdirSync(join(folder.path, 'folder'));
    expect(await messageOf(readAll(['--config', join(folder.path, 'folder')]))).toContain('it is a folder');
  });

  it('should not be readable by others when it holds a secret', async () => {
    const path = writeFile('cts.toml', `api_key = "${KEY}"`, 0o644);
    expect((await readAll(['--config', path])).warnings).toEqual([
      `Others may read the secrets in ${path}: chmod 600 keeps them.`,
    ]);
  });
});

describe('files of secrets', () => {
  it('stand in for the value, in variables and in the configuration file', async () => {
    const environment = { CTS_JWT_SECRET_FILE: writeFile('jwt', `${SECRET}\n`) };
    const keys = writeFile('keys', `${KEY}-1\n${KEY}-2\n`);
    const config = writeFile('cts.toml', `api_keys_file = "${keys}"`);
    const { settings, warnings } = await readAll(['--config', config], environment);
    expect(settings).toMatchObject({ jwtSecret: SECRET, apiKeys: [`${KEY}-1`, `${KEY}-2`] });
    expect(warnings).toEqual([]);
  });

  it('should not be readable by others', async () => {
    const path = writeFile('key', KEY, 0o640);
    const { settings, warnings } = await readAll([], { CTS_API_KEY_FILE: path });
    expect(settings.apiKeys).toEqual([KEY]);
    expect(warnings).toEqual([
      `Others may read the secret in ${path}, named by CTS_API_KEY_FILE: chmod 600 keeps it.`,
    ]);
  });

  it('are refused beside the value, when empty, and when not there', async () => {
    const path = writeFile('key', '\n');
    const both = readAll([], { CTS_API_KEY: KEY, CTS_API_KEY_FILE: path });
    expect(await messageOf(both)).toBe(
      'Both CTS_API_KEY and CTS_API_KEY_FILE are set; expected one of them.',
    );
    expect(await messageOf(readAll([], { CTS_API_KEY_FILE: path }))).toContain(
      'is empty; expected a secret.',
    );
    expect(await messageOf(readAll([], { CTS_API_KEY_FILE: `${path}x` }))).toContain(
      'there is no such file.',
    );
  });

  it('are not looked for when the variable is empty', async () => {
    expect((await readAll([], { CTS_API_KEY_FILE: '' })).warnings).toEqual([]);
  });
});

describe('paths', () => {
  it('are made absolute, with the home of the user', async () => {
    const { settings } = await readAll(['--data-dir', '~/data'], { CTS_INPUT_ROOTS: 'logs' });
    expect(settings).toMatchObject({
      dataFolder: join(homedir(), 'data'),
      inputRoots: [join(process.cwd(), 'logs')],
    });
  });
});
