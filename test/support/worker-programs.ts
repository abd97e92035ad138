import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';
import { repository } from './repository.ts';

/** Paths of programs that were bundled as the product's are. */
export interface WorkerPrograms {
  /** Those of the product, by entry, e.g. `server/main-worker.ts`, and those of `test/support/workers`. */
  pathOf(entry: string): string;
}

/** Bundles programs once for a file of tests. */
export function useWorkerPrograms(...entries: readonly string[]): WorkerPrograms {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cts-programs-'));
    for (const entry of entries) bundle(entry, join(folder, toFileName(entry)));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  });
  return { pathOf: (entry) => join(folder, toFileName(entry)) };
}

/** Whether this Node executes TypeScript as it is. */
export const canRunTypeScript = Boolean(process.features.typescript);

function toFileName(entry: string): string {
  return entry.replaceAll('/', '_').replace(/\.ts$/, '.cjs');
}

function bundle(entry: string, outfile: string): void {
  buildSync({
    entryPoints: [join(repository, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22.15',
    external: ['zstd-napi'],
    minify: true,
    logLevel: 'error',
  });
}
