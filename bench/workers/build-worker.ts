import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles the worker as the product is bundled, so that memory and start are those of shipped code: Node's own
 * stripping of types alone takes tens of megabytes.
 *
 * @returns Path of the bundle.
 */
export async function buildWorker(outDir: string): Promise<string> {
  const outfile = join(outDir, 'cts-worker.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'cts-worker.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22.15',
    external: ['zstd-napi'],
    logLevel: 'warning',
  });
  return outfile;
}
