import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';
import { repository } from '../support/repository.ts';

/** Has a program believe that it runs on another Node. */
function pretend(version: string): string {
  const script = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`;
  return `data:text/javascript,${encodeURIComponent(script)}`;
}

it.each([
  ['cts', '20.20.2'],
  ['cts', '22.14.9'],
  ['cts-lite', '18.0.0'],
])('%s says which Node it needs, on Node %s', (name, version) => {
  const program = join(repository, `dist/${name}.cjs`);
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', pretend(version), program, '--version'],
    {
      encoding: 'utf8',
    },
  );
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: `${name} needs Node 22.15 or later, and this is ${version}: start it with a newer one.\n`,
  });
});

it.each(['22.15.0', '24.1.0'])('cts starts on Node %s', (version) => {
  const program = join(repository, 'dist/cts.cjs');
  const { status } = spawnSync(process.execPath, ['--import', pretend(version), program, '--version']);
  expect(status).toBe(0);
});
