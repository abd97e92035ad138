import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withNodeFirst } from '../../../tools/process.mjs';

const PROCESS_MODULE = new URL('../../../tools/process.mjs', import.meta.url).href;

/** Starts a Node that runs `script` in a Node of its own, as a task runs its steps. */
function startParent(script: string) {
  const parent = `
    import { runProcess } from ${JSON.stringify(PROCESS_MODULE)};
    process.exitCode = await runProcess(process.execPath, ['-e', ${JSON.stringify(script)}], { cwd: '.' });`;
  return spawn(process.execPath, ['--input-type=module', '-e', parent], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

describe('runProcess', () => {
  it.each([0, 3, 124])('hands on exit code %i', async (exitCode) => {
    const [code] = (await once(startParent(`process.exit(${exitCode})`), 'exit')) as [number | null];
    expect(code).toBe(exitCode);
  });

  it.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)(
    'hands %s to the child and ends the same way',
    async (signal) => {
      const parent = startParent("console.log('ready'); setInterval(() => {}, 1000)");
      await once(parent.stdout, 'data');
      parent.kill(signal);
      const [code, endedBy] = (await once(parent, 'exit')) as [number | null, string | null];
      expect({ code, endedBy }).toEqual({ code: null, endedBy: signal });
    },
  );

  it('lets the child decide what a signal means', async () => {
    const parent = startParent(
      "process.on('SIGTERM', () => process.exit(7)); console.log('ready'); setInterval(() => {}, 1000)",
    );
    await once(parent.stdout, 'data');
    parent.kill('SIGTERM');
    const [code] = (await once(parent, 'exit')) as [number | null];
    expect(code).toBe(7);
  });
});

describe('withNodeFirst', () => {
  it('puts the folder of Node before the rest of the PATH', () => {
    const node = '/opt/node/bin/node';
    expect(withNodeFirst(node, { PATH: '/usr/bin', HOME: '/home/me' })).toEqual({
      PATH: `${dirname(node)}${delimiter}/usr/bin`,
      HOME: '/home/me',
    });
    expect(withNodeFirst(node, { Path: 'C' })).toEqual({ Path: `${dirname(node)}${delimiter}C` });
    expect(withNodeFirst(node, {})).toEqual({ PATH: dirname(node) });
  });
});
