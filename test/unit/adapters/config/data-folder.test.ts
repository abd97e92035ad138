import { expect, it } from 'vitest';
import { chooseDataFolder } from '../../../../server/adapters/config/data-folder.ts';

it.each([
  [{ platform: 'linux', home: '/home/me', environment: {} }, '/home/me/.local/share/cts'],
  [{ platform: 'linux', home: '/home/me', environment: { XDG_DATA_HOME: '/big' } }, '/big/cts'],
  [
    { platform: 'linux', home: '/home/me', environment: { XDG_DATA_HOME: 'near' } },
    '/home/me/.local/share/cts',
  ],
  [{ platform: 'darwin', home: '/Users/me', environment: {} }, '/Users/me/Library/Application Support/cts'],
  [{ platform: 'win32', home: 'C:\\Users\\me', environment: {} }, 'C:\\Users\\me\\AppData\\Local\\cts'],
  [
    { platform: 'win32', home: 'C:\\Users\\me', environment: { LOCALAPPDATA: 'D:\\Local' } },
    'D:\\Local\\cts',
  ],
] as const)('%o keeps data in %s', (hints, expected) => {
  expect(chooseDataFolder(hints)).toBe(expected);
});
