import { realpathSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';

/**
 * `cts` and `cts-lite` as they are called: starts the program of that name with what was compiled of it the last time,
 * which halves the time to its first answer.
 */
function launch(): void {
  const launcher = realpathSync(process.argv[1] ?? '.');
  // In the user's own folder: who could write to it could have anything executed.
  module.enableCompileCache(join(findCacheFolder(), 'cts', 'compiled'));
  module.createRequire(launcher)(join(dirname(launcher), 'programs', basename(launcher)));
}

function findCacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === 'win32' && LOCALAPPDATA !== undefined) return LOCALAPPDATA;
  return XDG_CACHE_HOME !== undefined && XDG_CACHE_HOME.startsWith('/')
    ? XDG_CACHE_HOME
    : join(homedir(), '.cache');
}

launch();
