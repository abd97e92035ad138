import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { repository } from '../support/repository.ts';

const SOURCES = join(repository, 'test/host/suite');
/** Below the repository, so that mocha is found. */
const OUTPUT = join(repository, 'out/host-suite');

/**
 * Bundles the suites for an extension host, which loads CommonJS.
 *
 * @returns The module whose `run` is the suite.
 */
export async function bundleSuite(): Promise<string> {
  rmSync(OUTPUT, { recursive: true, force: true });
  const suites = readdirSync(SOURCES).filter((name) => name.endsWith('.test.ts'));
  await build({
    entryPoints: ['index.ts', ...suites].map((name) => join(SOURCES, name)),
    outdir: OUTPUT,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22.15',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(OUTPUT, 'index.cjs');
}
