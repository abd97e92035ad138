import { describe, expect, it } from 'vitest';
import { readCodeArguments } from '../../../support/vscode-host/code-arguments.ts';

describe('readCodeArguments', () => {
  it('reads what test-electron says to desktop VS Code', () => {
    const commandLine = [
      ...[
        '/drives/one',
        '--disable-extensions',
        '--no-sandbox',
        '--disable-gpu-sandbox',
        '--disable-workspace-trust',
      ],
      ...[
        '--extensionTestsPath=/out/index.cjs',
        '--extensionDevelopmentPath=/a=b',
        '--extensionDevelopmentPath=/c',
      ],
      ...['--extensions-dir=/x', '--user-data-dir=/y'],
    ];
    expect(readCodeArguments(commandLine)).toEqual({
      extensions: ['/a=b', '/c'],
      tests: '/out/index.cjs',
      opened: '/drives/one',
      disableOtherExtensions: true,
    });
  });

  it('says when there is nothing to run', () => {
    expect(() => readCodeArguments(['/drives/one'])).toThrow('--extensionTestsPath');
  });
});
