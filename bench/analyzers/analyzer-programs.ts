import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { PRODUCT_BUNDLE } from '../product-bundle.ts';
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
    ...PRODUCT_BUNDLE,
    entryPoints: [join(import.meta.dirname, '../workers/analyzer-worker.ts')],
    outfile: worker,
    format: 'esm',
  });
  return { reader: await buildWorker(outDir), worker };
}
