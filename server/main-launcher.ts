import { realpathSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';

/** What `engines` in package.json says. */
const LEAST_NODE = [22, 15] as const;

/**
 * `cts`, `cts-lite` and the backend of editors as they are called: starts the program of that name with what was compiled
 * of it the last time, which halves the time to its first answer.
 */
function launch(): void {
  refuseOldNode();
  const launcher = realpathSync(process.argv[1] ?? '.');
  // In the user's own folder: who could write to it could have anything executed.
  module.enableCompileCache(join(findCacheFolder(), 'cts', 'compiled'));
  module.createRequire(launcher)(join(dirname(launcher), 'programs', basename(launcher)));
}

/** Older ones lack what the programs are made of, and would say so in words for developers. */
function refuseOldNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  const name = basename(process.argv[1] ?? 'cts').replace(/\.\w+$/, '');
  process.stderr.write(
    `${name} needs Node ${LEAST_NODE.join('.')} or later, and this is ${process.versions.node}: start it with a newer one.\n`,
  );
  process.exit(2);
}

function findCacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === 'win32' && LOCALAPPDATA !== undefined) return LOCALAPPDATA;
  return XDG_CACHE_HOME !== undefined && XDG_CACHE_HOME.startsWith('/')
    ? XDG_CACHE_HOME
    : join(homedir(), '.cache');
}

launch();
