import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the configuration of `cts` is. */
export function locateConfigFile(env: Environment): string {
  return join(absolute(env['XDG_CONFIG_HOME']) ?? join(homeOf(env), '.config'), 'cts', 'config.toml');
}

/** Where a service of this user keeps its data, by the platform's convention. */
export function locateDataFolder(env: Environment, platform: NodeJS.Platform): string {
  const home = homeOf(env);
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'cts');
  if (platform === 'win32')
    return join(nonEmpty(env['LOCALAPPDATA']) ?? join(home, 'AppData', 'Local'), 'cts');
  return join(absolute(env['XDG_DATA_HOME']) ?? join(home, '.local', 'share'), 'cts');
}

/** `~` and `~/x` as shells read them. */
export function expandHome(path: string, env: Environment): string {
  return path === '~' || path.startsWith('~/') ? join(homeOf(env), path.slice(1)) : path;
}

function homeOf(env: Environment): string {
  return nonEmpty(env['HOME']) ?? homedir();
}

/** The convention has relative paths ignored. */
function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}

/** Like an unset variable, an empty one says nothing. */
export function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
