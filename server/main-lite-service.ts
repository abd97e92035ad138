import process from 'node:process';
import type { LiteFlags } from './adapters/config/lite-flags.ts';
import { readSettingsSources } from './adapters/config/settings-sources.ts';
import { openStores } from './adapters/data-folder/stores.ts';
import { createLogger } from './adapters/logger/pino-logger.ts';
import { joinReading } from './main-reading.ts';
import type { Programs } from './main-programs.ts';
import { type RunningService, startService } from './main-running-service.ts';
import type { Logger } from './services/service/logger.ts';
import { resolveSettings } from './services/service/resolve-settings.ts';
import type { ServiceSettings } from './services/service/service-settings.ts';
import type { Analyzer } from './tools/tool.ts';

/** What a service is started with. */
export interface LiteSurroundings extends Programs {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Those of CTS when left out. */
  readonly tools?: readonly Analyzer[];
}

/**
 * Starts the service: stores, workers, HTTP.
 *
 * @throws {CtsError} INVALID_CONFIGURATION, STORE_IN_USE, ADDRESS_IN_USE and others, before anything has been answered.
 */
export async function startLite(flags: LiteFlags, surroundings: LiteSurroundings): Promise<RunningService> {
  const read = await readSettingsSources(flags, surroundings.environment);
  const { settings, warnings } = resolveSettings(read.sources);
  const stores = await openStores(settings.dataFolder);
  try {
    const logger = openLogger(settings, stores.token);
    for (const warning of [...read.warnings, ...warnings]) logger.warning(warning);
    const token = flags.isStartedByClient ? stores.token : undefined;
    const reading = joinReading(settings, logger);
    const service = await startService({ ...surroundings, settings, stores, reading, logger, token });
    void service.stopping.then(() => {
      reading.close();
    });
    return service;
  } catch (error) {
    await stores.close();
    throw error;
  }
}

function openLogger(settings: ServiceSettings, token: string): Logger {
  const { logLevel, apiKeys, jwtSecret } = settings;
  const secrets = [...apiKeys, token, ...(jwtSecret === undefined ? [] : [jwtSecret])];
  return createLogger({ level: logLevel, format: process.stderr.isTTY ? 'pretty' : 'json', secrets });
}
