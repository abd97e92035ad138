import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { CommandContext } from '../context.ts';
import { readConfigFile } from '../settings/config-file.ts';
import type { CheckResult } from './check.ts';

/** Whether the configuration can be read, and by nobody else. */
export async function checkConfiguration({ configPath }: CommandContext): Promise<readonly CheckResult[]> {
  const name = 'configuration';
  if (!existsSync(configPath)) return [{ level: 'ok', name, found: `none; it would be ${configPath}` }];
  const { warning } = await readConfigFile(configPath);
  if (warning !== undefined) {
    return [{ level: 'warn', name, found: warning, advice: 'Mend or remove the file.' }];
  }
  const { mode } = await stat(configPath);
  const isPrivate = process.platform === 'win32' || (mode & 0o077) === 0;
  if (isPrivate) return [{ level: 'ok', name, found: configPath }];
  return [
    { level: 'warn', name, found: `others may read ${configPath}`, advice: `chmod 600 '${configPath}'` },
  ];
}
