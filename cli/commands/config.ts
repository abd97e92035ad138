import { CtsError } from '#protocol';
import type { CommandContext } from '../context.ts';
import { EXIT_DONE } from '../exit-codes.ts';
import { layOutTable } from '../render/text-table.ts';
import { splitAssignment, splitAssignments } from '../runs/parameters.ts';
import {
  type ConfigFile,
  findProfile,
  readConfigFile,
  readConfigKey,
  writeConfigFile,
} from '../settings/config-file.ts';
import { readServiceUrl } from '../settings/settings.ts';

/** `cts config list`: the settings that are kept; a key is not shown. */
export async function listConfig(context: CommandContext): Promise<number> {
  const { output } = context;
  const { values, profiles } = await context.loadConfig();
  const shown = { ...values, ...(values.api_key !== undefined && { api_key: '********' }) };
  if (output.options.json === true) await output.printJson({ ...shown, profiles });
  else if (Object.keys(shown).length === 0) output.note('Nothing is set.');
  else await output.print(layOutRows(Object.entries(shown)));
  return EXIT_DONE;
}

/** `cts config get KEY` */
export async function getConfig(context: CommandContext, name: string): Promise<number> {
  const { output } = context;
  const key = readConfigKey(name);
  const value = (await context.loadConfig()).values[key];
  if (output.options.json === true) await output.printJson({ [key]: value ?? null });
  else if (value === undefined) output.note(`${key} is not set.`);
  else await output.print(value);
  return EXIT_DONE;
}

/** `cts config set KEY VALUE`; an empty value takes the setting away. */
export async function setConfig(
  context: CommandContext,
  { name, value }: { readonly name: string; readonly value: string },
): Promise<number> {
  const key = readConfigKey(name);
  if (key === 'url' && value !== '') readServiceUrl(value);
  return changeConfig(context, (config) => {
    const values = omit(config.values, key);
    return { ...config, values: value === '' ? values : { ...values, [key]: value } };
  });
}

/** `cts config path`: where the configuration is. */
export async function showConfigPath({ output, configPath }: CommandContext): Promise<number> {
  if (output.options.json === true) await output.printJson({ path: configPath });
  else await output.print(configPath);
  return EXIT_DONE;
}

/** `cts config save-profile NAME k=v,…`: keeps parameters for `cts run --profile NAME`. */
export async function saveProfile(
  context: CommandContext,
  { name, assignments }: { readonly name: string; readonly assignments: readonly string[] },
): Promise<number> {
  if (!/^[\w.-]{1,64}$/.test(name)) {
    throw new CtsError(
      'INVALID_PARAMETER',
      `"${name}" is no name for a profile: letters, digits, . _ - are`,
      {
        details: { profile: name },
      },
    );
  }
  const profile = Object.fromEntries(assignments.flatMap(splitAssignments).map(splitAssignment));
  return changeConfig(context, (config) => ({
    ...config,
    profiles: { ...config.profiles, [name]: profile },
  }));
}

/** `cts config list-profiles` */
export async function listProfiles(context: CommandContext): Promise<number> {
  const { output } = context;
  const { profiles } = await context.loadConfig();
  const names = Object.keys(profiles);
  if (output.options.json === true) await output.printJson(profiles);
  else if (names.length === 0) output.note('There are no profiles.');
  else {
    const rows = Object.entries(profiles).map(([name, profile]) => [
      name,
      Object.entries(profile)
        .map(([key, value]) => `${key}=${value}`)
        .join(','),
    ]);
    await output.print(layOutRows(rows));
  }
  return EXIT_DONE;
}

/** `cts config delete-profile NAME` */
export async function deleteProfile(context: CommandContext, name: string): Promise<number> {
  findProfile(await context.loadConfig(), name);
  return changeConfig(context, (config) => ({ ...config, profiles: omit(config.profiles, name) }));
}

function omit<Value>(table: Readonly<Record<string, Value>>, key: string): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(table).filter(([name]) => name !== key));
}

async function changeConfig(
  context: CommandContext,
  change: (config: ConfigFile) => ConfigFile,
): Promise<number> {
  const { config, warning } = await readConfigFile(context.configPath);
  if (warning !== undefined) {
    throw new CtsError('INVALID_CONFIGURATION', `Nothing was changed. ${warning}`, {
      details: { path: context.configPath },
      actions: ['Mend the file, or remove it and begin anew.'],
    });
  }
  await writeConfigFile(context.configPath, change(config));
  context.output.note(`Saved ${context.configPath}.`);
  return EXIT_DONE;
}

function layOutRows(rows: readonly (readonly string[])[]): string {
  return layOutTable([{ heading: '' }, { heading: '' }], rows)
    .slice(1)
    .join('\n');
}
