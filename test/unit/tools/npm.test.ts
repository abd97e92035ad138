import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findNodeHeaders, findNpm } from '../../../tools/npm.mjs';

let machine: string;

beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'cts-npm-'));
});
afterEach(() => {
  rmSync(machine, { recursive: true });
});

describe('findNpm', () => {
  it('prefers the npm that runs us', () => {
    const npm = install('opt/npm/bin/npm-cli.js');
    expect(findNpm({ npm_execpath: npm }, join(machine, 'bin/node'))).toBe(npm);
  });

  it('takes the npm of the Node at hand when something else runs us', () => {
    const npm = install('lib/node_modules/npm/bin/npm-cli.js');
    const env = { npm_execpath: join(machine, 'opt/yarn.js') };
    expect(findNpm(env, join(machine, 'bin/node'))).toBe(npm);
  });

  it('looks through the PATH', () => {
    const npm = install('usr/share/nodejs/npm/bin/npm-cli.js');
    const env = {
      PATH: [join(machine, 'empty'), join(machine, 'usr/bin')].join(process.platform === 'win32' ? ';' : ':'),
    };
    expect(findNpm(env, join(machine, 'elsewhere/bin/node'))).toBe(npm);
  });

  it('finds nothing where there is none', () => {
    expect(findNpm({ PATH: machine }, join(machine, 'bin/node'))).toBeUndefined();
  });
});

describe('findNodeHeaders', () => {
  it('points at the headers beside the Node at hand', () => {
    install('include/node/node_api.h');
    expect(findNodeHeaders({}, join(machine, 'bin/node'))).toEqual({ npm_config_nodedir: machine });
  });

  it('leaves a setting of the user alone', () => {
    install('include/node/node_api.h');
    expect(findNodeHeaders({ npm_config_nodedir: '/opt/node' }, join(machine, 'bin/node'))).toEqual({});
  });

  it('says nothing where there are no headers', () => {
    expect(findNodeHeaders({}, join(machine, 'bin/node'))).toEqual({});
  });
});

function install(path: string): string {
  const file = join(machine, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  return file;
}
