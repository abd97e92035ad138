import { describe, expect, it } from 'vitest';
import { defaultDataFolder } from '../../../../server/adapters/data-folder/default-data-folder.ts';

describe('defaultDataFolder', () => {
  it.each([
    { platform: 'linux', env: {}, expected: '/home/ann/.local/share/cts' },
    { platform: 'linux', env: { XDG_DATA_HOME: '/data/ann' }, expected: '/data/ann/cts' },
    { platform: 'linux', env: { XDG_DATA_HOME: '' }, expected: '/home/ann/.local/share/cts' },
    { platform: 'linux', env: { XDG_DATA_HOME: 'relative' }, expected: '/home/ann/.local/share/cts' },
    { platform: 'freebsd', env: {}, expected: '/home/ann/.local/share/cts' },
    {
      platform: 'darwin',
      env: { XDG_DATA_HOME: '/x' },
      expected: '/home/ann/Library/Application Support/cts',
    },
  ] as const)('$expected on $platform with $env', ({ platform, env, expected }) => {
    expect(defaultDataFolder(env, platform, '/home/ann')).toBe(expected);
  });

  it.each([
    { env: { LOCALAPPDATA: 'D:\\Local' }, expected: 'D:\\Local\\cts' },
    { env: {}, expected: 'C:\\Users\\ann\\AppData\\Local\\cts' },
    { env: { LOCALAPPDATA: '' }, expected: 'C:\\Users\\ann\\AppData\\Local\\cts' },
  ])('$expected on Windows with $env', ({ env, expected }) => {
    expect(defaultDataFolder(env, 'win32', 'C:\\Users\\ann')).toBe(expected);
  });
});
