/** Bundles CTS: in `dist` one file for each program that is called, in `dist/programs` what they start. */
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import { build } from 'esbuild';

/**
 * @typedef {object} Bundle
 * @property {string} entry
 * @property {string} output
 * @property {number} limitBytes The build fails above this size: what is loaded at every start stays small.
 */

/** @type {readonly Bundle[]} */
const BUNDLES = [
  { entry: 'server/main-launcher.ts', output: 'dist/cts.cjs', limitBytes: 5000 },
  { entry: 'server/main-launcher.ts', output: 'dist/cts-lite.cjs', limitBytes: 5000 },
  { entry: 'server/main-cts.ts', output: 'dist/programs/cts.cjs', limitBytes: 900_000 },
  { entry: 'server/main-lite.ts', output: 'dist/programs/cts-lite.cjs', limitBytes: 3_100_000 },
  { entry: 'server/main-worker.ts', output: 'dist/worker.cjs', limitBytes: 1_000_000 },
];

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
for (const bundle of BUNDLES) await buildProgram(bundle);

/** @param {Bundle} bundle */
async function buildProgram({ entry, output, limitBytes }) {
  if (!existsSync(entry)) {
    fail(`${entry}, the entry of ${output}, is missing`);
    return;
  }
  const { metafile } = await build({
    entryPoints: [entry],
    outfile: output,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22.15',
    // Native; zstd-napi is absent where it could not be built.
    external: ['zstd-napi', 'better-sqlite3'],
    banner: { js: '#!/usr/bin/env node' },
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    logLevel: 'warning',
  });
  chmodSync(output, 0o755);
  writeFileSync(`${output}.meta.json`, JSON.stringify(metafile));

  const sizeBytes = metafile.outputs[output]?.bytes ?? 0;
  process.stderr.write(`cts: ${output} ${formatKilobytes(sizeBytes)}\n`);
  if (sizeBytes > limitBytes) {
    fail(
      `${output} is over its limit of ${formatKilobytes(limitBytes)}; ${output}.meta.json tells what is in it`,
    );
  }
}

/** @param {string} message */
function fail(message) {
  process.stderr.write(`cts: build failed: ${message}\n`);
  process.exitCode = 1;
}

/** @param {number} bytes */
function formatKilobytes(bytes) {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
