import { describe, expect, it } from 'vitest';
import { describeTerminals } from '../../../../client/service/terminal-environment.ts';

function collect(serviceUrl: string | undefined): readonly (readonly string[])[] {
  const said: (readonly string[])[] = [];
  const variables = {
    description: undefined,
    prepend: (name: string, value: string) => said.push(['prepend', name, value]),
    replace: (name: string, value: string) => said.push(['replace', name, value]),
    delete: (name: string) => said.push(['delete', name]),
  };
  describeTerminals(variables, {
    launcherFolder: '/x/bin',
    node: '/node',
    dataFolder: '/data',
    serviceUrl,
    pathSeparator: ':',
  });
  return said;
}

describe('describeTerminals', () => {
  it('finds cts, and the backend by its data folder', () => {
    expect(collect(undefined)).toEqual([
      ['prepend', 'PATH', '/x/bin:'],
      ['replace', 'CTS_NODE', '/node'],
      ['replace', 'CTS_DATA_DIR', '/data'],
      ['delete', 'CTS_URL'],
    ]);
  });

  it('names the service that a setting names', () => {
    expect(collect('http://host:8080')).toContainEqual(['replace', 'CTS_URL', 'http://host:8080']);
  });
});
