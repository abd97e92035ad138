import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * @typedef {object} Host A VS Code server with its workbench, and the Node that it runs on, in a folder of its own.
 * @property {string} folder Where it is installed, below the repository.
 * @property {string} variable Names another folder, in the environment.
 * @property {string} codeServer Version of the npm package that carries the server; 4.x.y is VS Code 1.x.y.
 * @property {string} node Version of Node that this server is made for.
 *
 * @typedef {'newest' | 'oldest'} HostName
 */

/**
 * The newest VS Code there is, and the oldest whose server can be had: the extension's own lower bound, 1.101, exists
 * as a desktop only. @type {Readonly<Record<HostName, Host>>}
 */
export const HOSTS = {
  newest: { folder: '.vscode-host', variable: 'CTS_HOST_DIR', codeServer: '4.139.1', node: '24.21.0' },
  oldest: {
    folder: '.vscode-host-min',
    variable: 'CTS_HOST_MIN_DIR',
    codeServer: '4.103.2',
    node: '22.22.3',
  },
};

/** Servers before 1.12x look for ripgrep where only a download from GitHub would put it. */
export const RIPGREP = { package: '@vscode/ripgrep-universal', version: '1.18.0' };

/** The file that a finished installation leaves. */
export const STAMP = 'cts-host.json';

/**
 * @param {string} root The repository.
 * @param {Host} host
 * @param {NodeJS.ProcessEnv} env
 * @returns {string} The folder that this machine has the host in, or would have.
 */
export function locateHost(root, host, env) {
  return resolve(root, env[host.variable] ?? host.folder);
}

/**
 * Whether a host lies in a folder, in its version and whole.
 *
 * @param {string} folder
 * @param {Host} host
 * @returns {boolean}
 */
export function isHostInstalled(folder, host) {
  const { codeServer, node } = readStamp(folder);
  return codeServer === host.codeServer && node === host.node;
}

/**
 * Lists the packages of a host in their versions, as its package.json and its stamp hold them.
 *
 * @param {Host} host
 * @param {string} architecture As in `process.arch`.
 * @returns {Record<string, string>}
 */
export function listHostPackages(host, architecture) {
  return { 'code-server': host.codeServer, [nodePackageOf(architecture)]: host.node };
}

/** @param {string} architecture As in `process.arch`. */
export function nodePackageOf(architecture) {
  return `node-linux-${architecture}`;
}

/**
 * @param {string} folder
 * @returns {{ codeServer?: unknown, node?: unknown }} Nothing in it where there is no stamp, or one cut off.
 */
function readStamp(folder) {
  const path = join(folder, STAMP);
  try {
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  } catch {
    return {};
  }
}
