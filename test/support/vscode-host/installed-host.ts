import { join } from 'node:path';
import { chromiumPath } from '../browser.ts';
import { repository } from '../repository.ts';
import {
  type HostName,
  HOSTS,
  isHostInstalled,
  locateHost,
  nodePackageOf,
} from '../../../tools/host-versions.mjs';

/** A VS Code server on this machine. */
export interface InstalledHost {
  readonly name: HostName;
  /** The Node to run it with. */
  readonly node: string;
  /** The server's script. */
  readonly server: string;
}

/** The host of a name, or undefined where it is not installed. */
function findHost(name: HostName): InstalledHost | undefined {
  const folder = locateHost(repository, HOSTS[name], process.env);
  if (!isHostInstalled(folder, HOSTS[name])) return undefined;
  const packages = join(folder, 'node_modules');
  return {
    name,
    node: join(packages, nodePackageOf(process.arch), 'bin/node'),
    server: join(packages, 'code-server/lib/vscode/out/server-main.js'),
  };
}

/** The host of a name. */
export function requireHost(name: HostName): InstalledHost {
  const host = findHost(name);
  if (host === undefined) throw new Error(`the ${name} host is not installed: npm run host:install`);
  return host;
}

/** Reads which hosts a command line names first: none stands for all of them. */
export function readHostNames(commandLine: readonly string[]): {
  readonly hosts: readonly HostName[];
  readonly others: readonly string[];
} {
  const [first, ...rest] = commandLine;
  if (first === 'newest' || first === 'oldest') return { hosts: [first], others: rest };
  return { hosts: ['newest', 'oldest'], others: commandLine };
}

/** What the workbench's tests lack on this machine and how to get it; undefined when nothing is missing. */
export function describeMissingParts(...names: readonly HostName[]): string | undefined {
  const hosts = names.filter((name) => findHost(name) === undefined);
  const missing = [
    ...hosts.map((name) => `the ${name} VS Code host ("npm run host:install" installs it)`),
    ...(chromiumPath === undefined
      ? ['Chromium ("apt-get install chromium" installs it, CTS_CHROMIUM names one elsewhere)']
      : []),
  ];
  return missing.length === 0 ? undefined : `not on this machine: ${missing.join('; ')}`;
}
