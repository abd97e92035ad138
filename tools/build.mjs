/**
 * Bundles CTS: in `dist` one file for each program that is called and each part of the editor's face, in
 * `dist/programs` what the programs start, in `dist/pages` script and style of each page.
 */
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import { build } from 'esbuild';

/**
 * @typedef {object} Bundle
 * @property {string} entry
 * @property {string} output
 * @property {number} limitBytes The build fails above this size: what is loaded at every start stays small.
 * @property {'program' | 'editor' | 'page'} [kind] A program unless said: something that Node runs by itself.
 */

/** @type {readonly Bundle[]} */
const BUNDLES = [
  { entry: 'server/main-launcher.ts', output: 'dist/cts.cjs', limitBytes: 5000 },
  { entry: 'server/main-launcher.ts', output: 'dist/cts-lite.cjs', limitBytes: 5000 },
  { entry: 'server/main-cts.ts', output: 'dist/programs/cts.cjs', limitBytes: 900_000 },
  { entry: 'server/main-lite.ts', output: 'dist/programs/cts-lite.cjs', limitBytes: 3_300_000 },
  { entry: 'server/main-launcher.ts', output: 'dist/server.cjs', limitBytes: 5000 },
  { entry: 'server/main-server.ts', output: 'dist/programs/server.cjs', limitBytes: 3_600_000 },
  { entry: 'server/main-mcp.ts', output: 'dist/programs/mcp.cjs', limitBytes: 1_500_000 },
  { entry: 'server/main-worker.ts', output: 'dist/worker.cjs', limitBytes: 1_000_000 },
  { entry: 'client/extension.ts', output: 'dist/extension.cjs', limitBytes: 20_000, kind: 'editor' },
  { entry: 'client/face.ts', output: 'dist/face.cjs', limitBytes: 900_000, kind: 'editor' },
  { entry: 'webviews/log/log-page.ts', output: 'dist/pages/log.js', limitBytes: 600_000, kind: 'page' },
  { entry: 'webviews/form/form-page.ts', output: 'dist/pages/form.js', limitBytes: 400_000, kind: 'page' },
  { entry: 'webviews/runs/runs-page.ts', output: 'dist/pages/runs.js', limitBytes: 300_000, kind: 'page' },
];

/** What all bundles have in common. @satisfies {import('esbuild').BuildOptions} */
const SHARED = {
  bundle: true,
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
};

/** @satisfies {import('esbuild').BuildOptions} */
const FOR_NODE = { platform: 'node', format: 'cjs', target: 'node22.15' };

/** How each kind is bundled. @type {Readonly<Record<string, import('esbuild').BuildOptions>>} */
const KINDS = {
  program: {
    ...FOR_NODE,
    // Native; zstd-napi is absent where it could not be built.
    external: ['zstd-napi', 'better-sqlite3'],
    // CommonJS knows its place by another name.
    define: { 'import.meta.url': 'bundleUrl' },
    banner: {
      js: `#!/usr/bin/env node\nconst bundleUrl = require('node:url').pathToFileURL(__filename).href;`,
    },
  },
  // What is loaded later stands beside: the editor's start costs what it needs, and no more.
  editor: {
    ...FOR_NODE,
    external: ['vscode'],
    plugins: [{ name: 'face', setup: leaveFaceBeside }],
    supported: { 'dynamic-import': false },
  },
  // One script without modules, since a page admits only what carries its nonce.
  page: { platform: 'browser', format: 'iife', target: 'chrome128' },
};

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
for (const bundle of BUNDLES) await writeBundle(bundle);

/** @param {Bundle} bundle */
async function writeBundle({ entry, output, limitBytes, kind = 'program' }) {
  if (!existsSync(entry)) {
    fail(`${entry}, the entry of ${output}, is missing`);
    return;
  }
  const options = KINDS[kind];
  const { metafile } = await build({
    ...SHARED,
    ...options,
    entryPoints: [entry],
    outfile: output,
    metafile: true,
  });
  if (kind === 'program') chmodSync(output, 0o755);
  writeFileSync(`${output}.meta.json`, JSON.stringify(metafile));

  const sizeBytes = metafile.outputs[output]?.bytes ?? 0;
  process.stderr.write(`cts: ${output} ${formatKilobytes(sizeBytes)}\n`);
  if (sizeBytes > limitBytes) {
    fail(
      `${output} is over its limit of ${formatKilobytes(limitBytes)}; ${output}.meta.json tells what is in it`,
    );
  }
}

/**
 * The extension's first file loads the second when something is asked of it.
 *
 * @param {import('esbuild').PluginBuild} bundling
 */
function leaveFaceBeside(bundling) {
  bundling.onResolve({ filter: /^\.\/face\.ts$/ }, () => ({ path: './face.cjs', external: true }));
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
