/**
 * Packages the extension: `npm run package -- --target linux-x64` writes `out/cts-linux-x64.vsix`. Without a target
 * the one of this machine and the universal one are made.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import {
  listContents,
  listNativeFiles,
  NATIVE_FOLDERS,
  stripManifest,
  TARGETS,
} from './package-contents.mjs';
import { checkPackage } from './package-check.mjs';
import { SetupError } from './setup-error.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

try {
  for (const target of readTargets()) await writePackage(target);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`cts: ${error.message}\n`);
  process.exitCode = 1;
}

/** @returns {string[]} */
function readTargets() {
  const { values } = parseArgs({ options: { target: { type: 'string', multiple: true } } });
  const wanted = values.target ?? [`${process.platform}-${process.arch}`, 'universal'];
  const unknown = wanted.find((target) => !Object.hasOwn(TARGETS, target));
  if (unknown === undefined) return wanted;
  throw new SetupError(`there is no target "${unknown}"; there are: ${Object.keys(TARGETS).join(', ')}`);
}

/** @param {string} target */
async function writePackage(target) {
  const staging = join(root, 'out/stage', target);
  const packagePath = join(root, `out/cts-${target}.vsix`);
  stageFiles(target, staging);
  await createVSIX({
    cwd: staging,
    packagePath,
    dependencies: false,
    // Links of the README lead into the package.
    rewriteRelativeLinks: false,
    allowMissingRepository: true,
    ...(target === 'universal' ? {} : { target }),
  });
  const problems = checkPackage(packagePath, target);
  if (problems.length > 0) throw new SetupError(`${relative(root, packagePath)}: ${problems.join('; ')}`);
  process.stderr.write(
    `cts: ${relative(root, packagePath)} ${formatMegabytes(statSync(packagePath).size)}\n`,
  );
}

/**
 * @param {string} target
 * @param {string} staging
 */
function stageFiles(target, staging) {
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  const manifest = /** @type {Record<string, unknown>} */ (JSON.parse(readText('package.json')));
  writeFileSync(join(staging, 'package.json'), `${JSON.stringify(stripManifest(manifest), null, 2)}\n`);
  // What is staged is what is shipped.
  writeFileSync(join(staging, '.vscodeignore'), '.vscodeignore\n');
  const ours = [
    ...readdirSync(root).filter((name) => statSync(join(root, name)).isFile()),
    ...['dist', 'media', 'l10n', 'docs'].flatMap(listFolder),
  ];
  const native = [...new Set(NATIVE_FOLDERS.flatMap(listFolder))];
  for (const { from, to } of [...listContents(ours, readText), ...listNativeFiles(target, native)]) {
    mkdirSync(dirname(join(staging, to)), { recursive: true });
    cpSync(join(root, from), join(staging, to));
  }
}

/**
 * @param {string} folder Relative to the repository.
 * @returns {string[]} Its files, relative to the repository, with `/`; none where there is no such folder.
 */
function listFolder(folder) {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/** @param {string} path Relative to the repository. */
function readText(path) {
  return readFileSync(join(root, path), 'utf8');
}

/** @param {number} bytes */
function formatMegabytes(bytes) {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}
