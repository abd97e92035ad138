import { homedir } from 'node:os';
import { isAbsolute, posix, win32 } from 'node:path';
import process from 'node:process';

/** What decides where data lies. */
export interface DataFolderHints {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Where data lies when nobody says anything, by the convention of the platform. */
export function chooseDataFolder({ platform, home, environment }: DataFolderHints): string {
  if (platform === 'win32')
    return win32.join(environment['LOCALAPPDATA'] ?? win32.join(home, 'AppData', 'Local'), 'cts');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'cts');
  const shared = environment['XDG_DATA_HOME'];
  // The convention has relative paths ignored.
  const base = shared !== undefined && isAbsolute(shared) ? shared : posix.join(home, '.local', 'share');
  return posix.join(base, 'cts');
}

/** The same for this process. */
export function findDefaultDataFolder(environment: Readonly<Record<string, string | undefined>>): string {
  return chooseDataFolder({ platform: process.platform, home: homedir(), environment });
}
