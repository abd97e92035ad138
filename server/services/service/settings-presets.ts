import type { SettingKey } from './setting-fields.ts';
import type { FoundSetting, SettingLayer } from './setting-layers.ts';
import type { SettingValue } from './setting-values.ts';

type Preset = { readonly [Key in SettingKey]?: SettingValue<Key> };

/** What each environment changes of the defaults, as in comma-tools. */
const PRESETS: Readonly<Record<SettingValue<'environment'>, Preset>> = {
  development: { debug: true, log_level: 'DEBUG', max_concurrent_runs: 1 },
  staging: { debug: true, log_level: 'INFO', max_concurrent_runs: 2, enable_rate_limiting: true },
  production: {
    log_level: 'WARNING',
    max_concurrent_runs: 5,
    enable_rate_limiting: true,
    require_authentication: true,
  },
};

/** The settings that an environment brings when it is chosen; without a choice the defaults stand. */
export function readPresetLayer(environment: SettingValue<'environment'>): SettingLayer {
  const source = `the ${environment} preset`;
  return new Map(
    Object.entries(PRESETS[environment]).map(([key, value]): [SettingKey, FoundSetting] => [
      key as SettingKey,
      { value, source },
    ]),
  );
}
