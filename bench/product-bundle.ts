import type { BuildOptions } from 'esbuild';

/** How `tools/build.mjs` bundles the product: what is measured is then compiled from the code that is shipped. */
export const PRODUCT_BUNDLE = {
  bundle: true,
  platform: 'node',
  target: 'node22.15',
  external: ['zstd-napi', 'better-sqlite3'],
  minify: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;
