import process from 'node:process';
import type { RequestHandlers } from '#protocol';
import { readSettingsSources } from './adapters/config/settings-sources.ts';
import { createInputGate } from './adapters/files/input-roots.ts';
import { FileLogLocator } from './adapters/files/log-locator.ts';
import { type DbcMethod, joinDbc } from './main-dbc.ts';
import { createLogHandlers } from './services/logs/log-requests.ts';
import { resolveDatabaseSettings } from './services/service/resolve-settings.ts';

/** What the command line does without a service. */
export type EngineMethod = 'logs/info' | 'logs/readEvents' | DbcMethod;

/**
 * Joins the reading of logs and databases to the files of this machine: what `cts info`, `cts events` and `cts dbc` do
 * without a service. Settings are those of the service, from its file and the environment.
 *
 * @throws {CtsError} INVALID_CONFIGURATION for settings of databases.
 */
export async function createEngine(): Promise<Pick<RequestHandlers, EngineMethod>> {
  const logs = new FileLogLocator();
  const { sources } = await readSettingsSources({ settings: {}, ...NO_FLAGS }, process.env);
  return {
    ...createLogHandlers(logs),
    ...joinDbc({ logs, gate: createInputGate('anywhere'), settings: resolveDatabaseSettings(sources) }),
  };
}

const NO_FLAGS = { isStartedByClient: false, wantsHelp: false, wantsVersion: false };
