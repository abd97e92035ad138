import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import type { SettingsSources } from '../../services/service/resolve-settings.ts';
import { defaultDataFolder } from '../data-folder/default-data-folder.ts';
import type { LiteFlags } from './lite-flags.ts';
import { readSecretFiles } from './secret-files.ts';
import { readSettingsFile } from './settings-file.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What settings are made of, and what the operator should hear about it. */
export interface ReadSources {
  readonly sources: SettingsSources;
  readonly warnings: readonly string[];
}

/**
 * Reads everything that settings are made of: configuration file, environment, files of secrets.
 *
 * @throws {CtsError} INVALID_CONFIGURATION when a file that is named cannot be read.
 */
export async function readSettingsSources(flags: LiteFlags, environment: Environment): Promise<ReadSources> {
  const warnings: string[] = [];
  const warn = (warning: string): void => void warnings.push(warning);
  const file = await readConfiguredFile(flags, environment, warn);
  const spell = (name: string): string => `CTS_${name.toUpperCase()}`;
  const sources: SettingsSources = {
    ...(file !== undefined && { file }),
    environment: await readSecretFiles(environment, { spell, resolvePath, warn }),
    flags: flags.settings,
    isStartedByClient: flags.isStartedByClient,
    defaultDataFolder: defaultDataFolder(environment, process.platform, homedir()),
    resolvePath,
  };
  return { sources, warnings };
}

async function readConfiguredFile(
  flags: LiteFlags,
  environment: Environment,
  warn: (warning: string) => void,
) {
  const path = flags.configPath ?? environment['CTS_CONFIG'];
  if (path === undefined || path === '') return undefined;
  const key = flags.configPath === undefined ? 'CTS_CONFIG' : '--config';
  const { values, isReadableByOthers, ...file } = await readSettingsFile(resolvePath(path), key);
  if (isReadableByOthers && Object.keys(values).some((name) => /^(api_keys?|jwt_secret)$/.test(name)))
    warn(`Others may read the secrets in ${file.path}: chmod 600 keeps them.`);
  return { ...file, values: await readSecretFiles(values, { spell: (name) => name, resolvePath, warn }) };
}

/** Absolute, counted from the current folder; `~` is the home of the user. */
function resolvePath(path: string): string {
  const isAtHome = path === '~' || /^~[/\\]/.test(path);
  return isAtHome ? join(homedir(), path.slice(1)) : resolve(path);
}
