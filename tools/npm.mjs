import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { runProcess } from './process.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * Runs npm with a given Node. It prints errors only, and nothing on stdout, which belongs to the task.
 *
 * @param {string} node Path of the Node to run npm with.
 * @param {readonly string[]} npmArguments
 * @param {string} cwd Folder of the package.
 */
export async function runNpm(node, npmArguments, cwd) {
  const npm = findNpm(process.env, process.execPath);
  if (npm === undefined)
    throw new SetupError('npm was not found beside Node or in the PATH; please install npm.');
  const quietly = ['--loglevel=error', '--no-audit', '--no-fund', '--no-progress'];
  const env = { ...process.env, ...findNodeHeaders(process.env, process.execPath) };
  const exitCode = await runProcess(node, [npm, ...npmArguments, ...quietly], { cwd, env, quiet: true });
  if (exitCode !== 0) {
    throw new SetupError(`"npm ${npmArguments.join(' ')}" failed in ${cwd}; its messages are above.`);
  }
}

/**
 * Finds npm's script: the npm that runs us, the one installed with our Node, or the first in the PATH.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} execPath The Node that runs us.
 * @returns {string | undefined}
 */
export function findNpm(env, execPath) {
  const runningNpm = env.npm_execpath;
  if (runningNpm !== undefined && basename(runningNpm) === 'npm-cli.js') return runningNpm;
  const folders = [dirname(execPath), ...(env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':')];
  return folders.flatMap(listNpmScripts).find((script) => existsSync(script));
}

/**
 * @param {string} binFolder A folder that holds `node` or `npm`.
 * @returns {string[]} Where npm's script lies beside it, on Windows and elsewhere.
 */
function listNpmScripts(binFolder) {
  return ['node_modules', '../lib/node_modules', '../share/nodejs'].map((modules) =>
    join(binFolder, modules, 'npm/bin/npm-cli.js'),
  );
}

/**
 * Tells node-gyp to compile native modules against the headers that lie beside the Node at hand, so that it
 * does not download any. Headers of another Node version serve, since our native modules use Node-API only.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} execPath The Node that runs us.
 * @returns {{ npm_config_nodedir?: string }}
 */
export function findNodeHeaders(env, execPath) {
  const prefix = dirname(dirname(execPath));
  const found = existsSync(join(prefix, 'include/node/node_api.h'));
  return found && env.npm_config_nodedir === undefined ? { npm_config_nodedir: prefix } : {};
}
