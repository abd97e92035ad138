import { CtsError } from '#protocol';
import { findNearestNames, offerNames } from '../../core/text/nearest-names.ts';
import {
  findSetting,
  getSettingField,
  listNamesOf,
  listSettingNames,
  OTHER_VARIABLES,
  RETIRED_SETTINGS,
  type SettingKey,
} from './setting-fields.ts';
import {
  type AnySettingValue,
  readSettingText,
  readSettingValue,
  type ReadSetting,
} from './setting-values.ts';

/** A value and where it stands. */
export interface FoundSetting {
  readonly value: AnySettingValue;
  /** For people: `CTS_PORT`, `port in /etc/cts.toml`, `--port`, `the production preset`. */
  readonly source: string;
}

/** What one source says. */
export type SettingLayer = ReadonlyMap<SettingKey, FoundSetting>;

/** A configuration file that was read. */
export interface SettingsFile {
  readonly path: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** How the values of one source are found, named and read. */
interface LayerReading {
  /** By name of setting: keys and aliases. */
  readonly values: ReadonlyMap<string, unknown>;
  readonly nameSource: (name: string) => string;
  readonly read: (key: SettingKey, value: unknown) => ReadSetting;
  /** Whether a value that cannot be read is passed over with a warning, unless it guards the service. */
  readonly isLenient: boolean;
}

const PREFIX = 'CTS_';

/**
 * Reads a configuration file.
 *
 * @throws {CtsError} INVALID_CONFIGURATION for an unknown key or a value that cannot be read.
 */
export function readFileLayer(file: SettingsFile, warnings: string[]): SettingLayer {
  const values = new Map(Object.entries(file.values));
  for (const name of values.keys()) checkFileKey(name, file.path, warnings);
  return readLayer(
    { values, nameSource: (name) => `${name} in ${file.path}`, read: readSettingValue, isLenient: false },
    warnings,
  );
}

function checkFileKey(name: string, path: string, warnings: string[]): void {
  if (findSetting(name) !== undefined) return;
  const retired = RETIRED_SETTINGS[name];
  if (retired !== undefined) {
    warnings.push(`${name} in ${path} has no effect: ${retired}.`);
    return;
  }
  const nearest = findNearestNames(name, listSettingNames());
  throw new CtsError(
    'INVALID_CONFIGURATION',
    `${path} sets "${name}", which is no setting. ${offerNames(nearest) || 'docs/CONFIGURATION.md lists them.'}`,
    { details: { key: name, source: path, nearest } },
  );
}

/**
 * Reads the variables that begin with `CTS_`; unknown ones become warnings.
 *
 * @throws {CtsError} INVALID_CONFIGURATION for a value that cannot be read and may not be passed over.
 */
export function readEnvironmentLayer(
  environment: Readonly<Record<string, string | undefined>>,
  warnings: string[],
): SettingLayer {
  const values = new Map<string, string>();
  for (const [variable, text] of Object.entries(environment)) {
    if (!variable.startsWith(PREFIX) || text === undefined) continue;
    const name = variable.slice(PREFIX.length).toLowerCase();
    if (findSetting(name) === undefined) warnOfVariable(variable, name, warnings);
    else if (text.trim() !== '' || isListSetting(name)) values.set(name, text);
  }
  return readTextLayer({ values, nameSource: nameVariable, isLenient: isLenient(values) }, warnings);
}

/**
 * Reads the options of the command line.
 *
 * @throws {CtsError} INVALID_CONFIGURATION for a value that cannot be read.
 */
export function readFlagLayer(flags: Readonly<Partial<Record<SettingKey, string>>>): SettingLayer {
  const values = new Map(Object.entries(flags));
  const nameSource = (name: string): string => `--${name.replace(/_seconds$/, '').replaceAll('_', '-')}`;
  return readTextLayer({ values, nameSource, isLenient: false }, []);
}

function readTextLayer(layer: Omit<LayerReading, 'read'>, warnings: string[]): SettingLayer {
  return readLayer({ ...layer, read: (key, text) => readSettingText(key, text as string) }, warnings);
}

/** An empty variable counts as not set, but an empty list is a list. */
function isListSetting(name: string): boolean {
  const key = findSetting(name);
  const kind = key === undefined ? undefined : getSettingField(key).kind;
  return kind === 'list' || kind === 'paths';
}

function isLenient(values: ReadonlyMap<string, string>): boolean {
  const read = readSettingText('config_warn_on_bad_env', values.get('config_warn_on_bad_env') ?? 'true');
  return !('value' in read) || read.value === true;
}

function nameVariable(name: string): string {
  return PREFIX + name.toUpperCase();
}

function warnOfVariable(variable: string, name: string, warnings: string[]): void {
  if (OTHER_VARIABLES.has(name)) return;
  const retired = RETIRED_SETTINGS[name];
  const nearest = findNearestNames(name, listSettingNames()).map(nameVariable);
  warnings.push(
    retired === undefined
      ? `${variable} is no setting and is not used. ${offerNames(nearest)}`.trim()
      : `${variable} has no effect: ${retired}.`,
  );
}

function readLayer(layer: LayerReading, warnings: string[]): SettingLayer {
  const found = new Map<SettingKey, FoundSetting>();
  for (const key of new Set([...layer.values.keys()].map(findSetting))) {
    if (key === undefined) continue;
    const setting = readSetting(key, layer, warnings);
    if (setting !== undefined) found.set(key, setting);
  }
  return found;
}

/** Of several names of a setting the first counts; keys add up. */
function readSetting(key: SettingKey, layer: LayerReading, warnings: string[]): FoundSetting | undefined {
  const read = listNamesOf(key)
    .filter((name) => layer.values.has(name))
    .flatMap((name) => readNamed({ key, name, layer }, warnings) ?? []);
  const [first, ...others] = read;
  if (first === undefined || others.length === 0) return first;
  if (getSettingField(key).kind === 'secrets')
    return { ...first, value: read.flatMap(({ value }) => value as readonly string[]) };
  for (const { value, source } of others)
    if (value !== first.value)
      warnings.push(`${source} is not used, because ${first.source} says the same thing first.`);
  return first;
}

/** One name of a setting in one layer. */
interface NamedSetting {
  readonly key: SettingKey;
  readonly name: string;
  readonly layer: LayerReading;
}

function readNamed({ key, name, layer }: NamedSetting, warnings: string[]): FoundSetting | undefined {
  const given = layer.values.get(name);
  const source = layer.nameSource(name);
  const read = layer.read(key, given);
  if ('value' in read) return { value: read.value, source };
  const failure = refuseSetting({ key, given, source, expected: read.expected });
  if (!layer.isLenient || read.isOutOfRange || getSettingField(key).isGuard === true) throw failure;
  warnings.push(`${failure.message} It is not used.`);
  return undefined;
}

/** What is wrong with a setting. */
export interface RefusedSetting {
  readonly key: SettingKey;
  /** As it was given. */
  readonly given: unknown;
  readonly source: string;
  readonly expected: string;
}

/** Words the refusal of a setting; what a secret was is not told. */
export function refuseSetting({ key, given, source, expected }: RefusedSetting): CtsError {
  const isSecret = key === 'api_keys' || key === 'jwt_secret';
  const value = isSecret ? 'a hidden value' : showValue(given);
  const named = source.toLowerCase().includes(key) ? source : `${key} (${source})`;
  return new CtsError('INVALID_CONFIGURATION', `${named} is ${value}; expected ${expected}.`, {
    details: { key, value, source, expected },
  });
}

function showValue(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
