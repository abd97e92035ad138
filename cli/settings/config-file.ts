import { readFile } from 'node:fs/promises';
import { CtsError } from '#protocol';
import { writeWholeFile } from '../transfer/whole-file.ts';

/** Parameters of a tool by name, as they are given to `-p`. */
export type Profile = Readonly<Record<string, string>>;

/** Settings that one may keep. */
export const CONFIG_KEYS = ['url', 'api_key', 'out_dir'] as const;

/** Name of a setting that one may keep. */
export type ConfigKey = (typeof CONFIG_KEYS)[number];

/** What stands in the configuration file. */
export interface ConfigFile {
  readonly values: Readonly<Partial<Record<ConfigKey, string>>>;
  readonly profiles: Readonly<Record<string, Profile>>;
  /** What stands there besides, which is kept. */
  readonly others: Readonly<Record<string, unknown>>;
}

/** What reading the configuration came to. A broken file counts as empty. */
export interface ConfigReading {
  readonly config: ConfigFile;
  /** Why the file is not used. */
  readonly warning?: string;
}

const EMPTY: ConfigFile = { values: {}, profiles: {}, others: {} };

/** Reads the configuration. The parser is loaded only where there is something to parse. */
export async function readConfigFile(path: string): Promise<ConfigReading> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing ? { config: EMPTY } : ignoreFile(path, error);
  }
  try {
    const { parse } = await import('smol-toml');
    return { config: interpret(parse(text)) };
  } catch (error) {
    return ignoreFile(path, error);
  }
}

function ignoreFile(path: string, error: unknown): ConfigReading {
  const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return { config: EMPTY, warning: `The configuration ${path} is ignored: ${reason}` };
}

function interpret(table: Readonly<Record<string, unknown>>): ConfigFile {
  const values: Partial<Record<ConfigKey, string>> = {};
  for (const key of CONFIG_KEYS) {
    const value = table[key];
    if (value === undefined) continue;
    if (typeof value !== 'string') throw new Error(`${key} is no text`);
    values[key] = value;
  }
  const known = new Set<string>([...CONFIG_KEYS, 'profiles']);
  const others = Object.fromEntries(Object.entries(table).filter(([name]) => !known.has(name)));
  return { values, profiles: interpretProfiles(table['profiles'] ?? {}), others };
}

function interpretProfiles(profiles: unknown): Readonly<Record<string, Profile>> {
  if (!isTable(profiles)) throw new Error('profiles is no table');
  return Object.fromEntries(
    Object.entries(profiles).map(([name, profile]) => {
      if (!isTable(profile)) throw new Error(`profiles.${name} is no table`);
      return [name, Object.fromEntries(Object.entries(profile).map(([key, value]) => [key, String(value)]))];
    }),
  );
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Replaces the configuration, for its owner's eyes only: a key may stand in it. */
export async function writeConfigFile(path: string, config: ConfigFile): Promise<void> {
  const { stringify } = await import('smol-toml');
  const { values, profiles, others } = config;
  const text = stringify({ ...values, ...others, ...(Object.keys(profiles).length > 0 && { profiles }) });
  await writeWholeFile(path, `${text.trimEnd()}\n`);
}

/** Reads the name of a setting. @throws {CtsError} INVALID_PARAMETER */
export function readConfigKey(text: string): ConfigKey {
  const key = CONFIG_KEYS.find((known) => known === text.replaceAll('-', '_'));
  if (key !== undefined) return key;
  throw new CtsError(
    'INVALID_PARAMETER',
    `There is no setting "${text}"; there are: ${CONFIG_KEYS.join(', ')}`,
    { details: { setting: text } },
  );
}

/** Finds a profile. @throws {CtsError} PROFILE_NOT_FOUND */
export function findProfile({ profiles }: ConfigFile, name: string): Profile {
  if (Object.hasOwn(profiles, name)) return profiles[name] ?? {};
  const names = Object.keys(profiles).join(', ');
  throw new CtsError('PROFILE_NOT_FOUND', `There is no profile "${name}"`, {
    details: { profile: name },
    actions: [names === '' ? 'Make one: cts config save-profile NAME name=value,…' : `There are: ${names}.`],
  });
}
