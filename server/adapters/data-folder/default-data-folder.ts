import { posix, win32 } from 'node:path';

/** Where a user's data goes by the convention of the platform. */
export function defaultDataFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string,
): string {
  if (platform === 'win32') {
    const { LOCALAPPDATA } = env;
    return win32.join(LOCALAPPDATA ? LOCALAPPDATA : win32.join(home, 'AppData', 'Local'), 'cts');
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'cts');
  const { XDG_DATA_HOME } = env;
  // The specification: a relative path is invalid and to be ignored.
  const isUsable = XDG_DATA_HOME !== undefined && posix.isAbsolute(XDG_DATA_HOME);
  return posix.join(isUsable ? XDG_DATA_HOME : posix.join(home, '.local', 'share'), 'cts');
}
