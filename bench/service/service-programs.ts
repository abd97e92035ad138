import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { PRODUCT_BUNDLE } from '../product-bundle.ts';

/** Paths of the programs that are measured, or help to. */
export interface ServicePrograms {
  /** The service, as it is shipped. */
  readonly lite: string;
  readonly cli: string;
  /** The same service with one more tool, which only talks. */
  readonly chatterService: string;
  /** Reads logs of runs as many clients do. */
  readonly readers: string;
}

/** Finds what is built, and bundles what only the bench needs as the product is bundled. */
export async function prepareServicePrograms(root: string, outDir: string): Promise<ServicePrograms> {
  const names = ['chatter-service', 'chatter-worker', 'log-readers'];
  await build({
    ...PRODUCT_BUNDLE,
    entryPoints: names.map((name) => join(import.meta.dirname, 'programs', `${name}.ts`)),
    outdir: outDir,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
  });
  return {
    lite: requireBuilt(join(root, 'dist/cts-lite.cjs')),
    cli: requireBuilt(join(root, 'dist/cts.cjs')),
    chatterService: join(outDir, 'chatter-service.cjs'),
    readers: join(outDir, 'log-readers.cjs'),
  };
}

function requireBuilt(path: string): string {
  if (!existsSync(path)) throw new Error(`${path} is missing: npm run build`);
  return path;
}
