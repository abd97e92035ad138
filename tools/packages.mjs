import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { runNpm } from './npm.mjs';

/**
 * @typedef {{ version?: string, optional?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock The part of an npm lock file that is read here.
 */

/**
 * Installs the packages of the lock file, unless they are there.
 *
 * @param {string} root The repository.
 * @param {string} node Path of the Node to install with.
 */
export async function ensurePackages(root, node) {
  const wanted = readLock(join(root, 'package-lock.json'));
  // npm leaves this record when an install has come to its end.
  const installed = readLock(join(root, 'node_modules/.package-lock.json'));
  if (wanted === undefined || isInstalled(wanted, installed)) return;

  const reason = installed === undefined ? 'first run only' : 'package-lock.json has changed';
  process.stderr.write(`cts: installing packages (${reason}) …\n`);
  await runNpm(node, ['ci'], root);
  if (!existsSync(join(root, 'node_modules/zstd-napi'))) {
    process.stderr.write('cts: zstd-napi could not be built (no C++ compiler?); Node decompresses instead\n');
  }
}

/**
 * Whether every package of the lock is there in its version. Optional ones may be absent: they belong to
 * another platform, or could not be built here.
 *
 * @param {Lock} wanted
 * @param {Lock | undefined} installed
 * @returns {boolean}
 */
export function isInstalled(wanted, installed) {
  if (installed === undefined) return false;
  return Object.entries(wanted.packages).every(([path, locked]) => {
    const found = installed.packages[path];
    const isRoot = path === '';
    return isRoot || (found === undefined ? locked.optional === true : found.version === locked.version);
  });
}

/**
 * @param {string} path
 * @returns {Lock | undefined} Nothing when there is no such file.
 */
function readLock(path) {
  return existsSync(path) ? /** @type {Lock} */ (JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}
