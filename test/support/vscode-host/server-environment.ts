import { join } from 'node:path';

/** Names that an editor, npm or a debugger around us may have set, and that would reach the server's children. */
const OF_OTHERS =
  /^(CTS_(?!HOST_GREP$)|VSCODE_(?!TEST_)|ELECTRON_|npm_|NODE_OPTIONS$|NODE_V8_COVERAGE$|VITEST)/;

/** The environment of a server: ours without what belongs to others, with a home folder of its own. */
export function makeServerEnvironment(
  env: NodeJS.ProcessEnv,
  home: string,
  additions: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const ours = Object.entries(env).filter(([name]) => !OF_OTHERS.test(name));
  const homes = {
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local/share'),
    XDG_STATE_HOME: join(home, '.local/state'),
    XDG_CACHE_HOME: join(home, '.cache'),
  };
  return { ...Object.fromEntries(ours), ...homes, ...additions };
}
