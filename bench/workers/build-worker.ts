import { join } from 'node:path';
import { build } from 'esbuild';
import { PRODUCT_BUNDLE } from '../product-bundle.ts';

/**
 * Bundles the worker as the product is bundled, so that memory and start are those of shipped code: Node's own
 * stripping of types alone takes tens of megabytes.
 *
 * @returns Path of the bundle.
 */
export async function buildWorker(outDir: string): Promise<string> {
  const outfile = join(outDir, 'cts-worker.mjs');
  await build({
    ...PRODUCT_BUNDLE,
    entryPoints: [join(import.meta.dirname, 'cts-worker.ts')],
    outfile,
    format: 'esm',
  });
  return outfile;
}
