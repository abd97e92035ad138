import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildWorker } from '../workers/build-worker.ts';

/** What is run: bundled, as the product is. */
export interface AnalyzerPrograms {
  /** Reads frames to columns, see `workers/cts-worker.ts`. */
  readonly reader: string;
  /** Runs a tool, see `workers/analyzer-worker.ts`. */
  readonly worker: string;
}

/** Bundles both into a folder. */
export async function prepareAnalyzerPrograms(outDir: string): Promise<AnalyzerPrograms> {
  mkdirSync(outDir, { recursive: true });
  const worker = join(outDir, 'analyzer-worker.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, '../workers/analyzer-worker.ts')],
    outfile: worker,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22.15',
    external: ['zstd-napi'],
    logLevel: 'warning',
  });
  return { reader: await buildWorker(outDir), worker };
}
